// Made by scripts/generate from Protocol/. Do not edit.

/// A method of the protocol: everything about it that is the same for both sides.
package enum Method: UInt32, CaseIterable, Sendable {
  case ping = 0x0101
  case describe = 0x0102
  case createTenant = 0x0201
  case getTenant = 0x0202
  case listTenants = 0x0203
  case updateTenantSettings = 0x0204
  case createOrganization = 0x0301
  case getOrganization = 0x0302
  case listOrganizations = 0x0303
  case createPerson = 0x0401
  case getPerson = 0x0402
  case listPeople = 0x0403
  case setAbsence = 0x0404
  case createToken = 0x0501
  case listTokens = 0x0502
  case revokeToken = 0x0503
  case rotateToken = 0x0504
  case registerQueue = 0x0601
  case approveQueueRegistration = 0x0602
  case declineQueueRegistration = 0x0603
  case getQueue = 0x0604
  case listQueues = 0x0605
  case getQueueRegistration = 0x0606
  case listQueueRegistrations = 0x0607
  case retireQueue = 0x0608
  case updateQueueRegistration = 0x0609
  case submitQueueRegistration = 0x060a
  case requestRegistrationChanges = 0x060b
  case withdrawQueueRegistration = 0x060c
  case commentQueueRegistration = 0x060d
  case getRegistrationHistory = 0x060e
  case lintQueueRegistration = 0x060f
  case planQueueRegistration = 0x0610
  case addWatcher = 0x0611
  case updateWatcher = 0x0612
  case removeWatcher = 0x0613
  case listWatchers = 0x0614
  case confirmWatcher = 0x0615
  case sendWatcherConfirmation = 0x0616
  case optOutWatcher = 0x0617
  case optInWatcher = 0x0618
  case putRules = 0x0701
  case getRules = 0x0702
  case checkRules = 0x0703
  case activateRules = 0x0704
  case listRuleSets = 0x0705
  case listRuleActivations = 0x0706
  case formatRules = 0x0707
  case testRules = 0x0708
  case whyNotRule = 0x0709
  case replayRules = 0x070a
  case setShadowRules = 0x070b
  case getShadowRules = 0x070c
  case listShadowDifferences = 0x070d
  case diffRules = 0x070e
  case createTicket = 0x0801
  case getTicket = 0x0802
  case listTickets = 0x0803
  case takeTicket = 0x0804
  case reassignTicket = 0x0805
  case getTicketHistory = 0x0806
  case watchTickets = 0x0807
  case whyTicket = 0x0808
  case stealTicket = 0x0809
  case releaseTicket = 0x080a
  case updateTicket = 0x080b
  case commentTicket = 0x080c
  case noteTicket = 0x080d
  case listTicketComments = 0x080e
  case grantRole = 0x0901
  case revokeGrant = 0x0902
  case listGrants = 0x0903
  case createGroup = 0x0904
  case updateGroupMembers = 0x0905
  case getGroup = 0x0906
  case listGroups = 0x0907
  case explainAccess = 0x0908
  case planConfiguration = 0x0b01
  case applyConfiguration = 0x0b02
  case exportConfiguration = 0x0b03
  case listConfigurationVersions = 0x0b04
  case getConfigurationVersion = 0x0b05
  case rollbackConfiguration = 0x0b06
  case exportAudit = 0x1001
  case setPresence = 0x1401
  case setCapacity = 0x1402
  case listAgents = 0x1403
  case assignTicket = 0x1404
  case acceptTicket = 0x1405
  case rejectTicket = 0x1406
  case listOffers = 0x1407
}

extension Method {
  /// Full name, as reflection gives it.
  package var path: String {
    switch self {
    case .ping: "signalbox.v1.System/Ping"
    case .describe: "signalbox.v1.System/Describe"
    case .createTenant: "signalbox.v1.Tenants/CreateTenant"
    case .getTenant: "signalbox.v1.Tenants/GetTenant"
    case .listTenants: "signalbox.v1.Tenants/ListTenants"
    case .updateTenantSettings: "signalbox.v1.Tenants/UpdateTenantSettings"
    case .createOrganization: "signalbox.v1.Organizations/CreateOrganization"
    case .getOrganization: "signalbox.v1.Organizations/GetOrganization"
    case .listOrganizations: "signalbox.v1.Organizations/ListOrganizations"
    case .createPerson: "signalbox.v1.People/CreatePerson"
    case .getPerson: "signalbox.v1.People/GetPerson"
    case .listPeople: "signalbox.v1.People/ListPeople"
    case .setAbsence: "signalbox.v1.People/SetAbsence"
    case .createToken: "signalbox.v1.Tokens/CreateToken"
    case .listTokens: "signalbox.v1.Tokens/ListTokens"
    case .revokeToken: "signalbox.v1.Tokens/RevokeToken"
    case .rotateToken: "signalbox.v1.Tokens/RotateToken"
    case .registerQueue: "signalbox.v1.Queues/RegisterQueue"
    case .approveQueueRegistration: "signalbox.v1.Queues/ApproveQueueRegistration"
    case .declineQueueRegistration: "signalbox.v1.Queues/DeclineQueueRegistration"
    case .getQueue: "signalbox.v1.Queues/GetQueue"
    case .listQueues: "signalbox.v1.Queues/ListQueues"
    case .getQueueRegistration: "signalbox.v1.Queues/GetQueueRegistration"
    case .listQueueRegistrations: "signalbox.v1.Queues/ListQueueRegistrations"
    case .retireQueue: "signalbox.v1.Queues/RetireQueue"
    case .updateQueueRegistration: "signalbox.v1.Queues/UpdateQueueRegistration"
    case .submitQueueRegistration: "signalbox.v1.Queues/SubmitQueueRegistration"
    case .requestRegistrationChanges: "signalbox.v1.Queues/RequestRegistrationChanges"
    case .withdrawQueueRegistration: "signalbox.v1.Queues/WithdrawQueueRegistration"
    case .commentQueueRegistration: "signalbox.v1.Queues/CommentQueueRegistration"
    case .getRegistrationHistory: "signalbox.v1.Queues/GetRegistrationHistory"
    case .lintQueueRegistration: "signalbox.v1.Queues/LintQueueRegistration"
    case .planQueueRegistration: "signalbox.v1.Queues/PlanQueueRegistration"
    case .addWatcher: "signalbox.v1.Queues/AddWatcher"
    case .updateWatcher: "signalbox.v1.Queues/UpdateWatcher"
    case .removeWatcher: "signalbox.v1.Queues/RemoveWatcher"
    case .listWatchers: "signalbox.v1.Queues/ListWatchers"
    case .confirmWatcher: "signalbox.v1.Queues/ConfirmWatcher"
    case .sendWatcherConfirmation: "signalbox.v1.Queues/SendWatcherConfirmation"
    case .optOutWatcher: "signalbox.v1.Queues/OptOutWatcher"
    case .optInWatcher: "signalbox.v1.Queues/OptInWatcher"
    case .putRules: "signalbox.v1.Rules/PutRules"
    case .getRules: "signalbox.v1.Rules/GetRules"
    case .checkRules: "signalbox.v1.Rules/CheckRules"
    case .activateRules: "signalbox.v1.Rules/ActivateRules"
    case .listRuleSets: "signalbox.v1.Rules/ListRuleSets"
    case .listRuleActivations: "signalbox.v1.Rules/ListRuleActivations"
    case .formatRules: "signalbox.v1.Rules/FormatRules"
    case .testRules: "signalbox.v1.Rules/TestRules"
    case .whyNotRule: "signalbox.v1.Rules/WhyNotRule"
    case .replayRules: "signalbox.v1.Rules/ReplayRules"
    case .setShadowRules: "signalbox.v1.Rules/SetShadowRules"
    case .getShadowRules: "signalbox.v1.Rules/GetShadowRules"
    case .listShadowDifferences: "signalbox.v1.Rules/ListShadowDifferences"
    case .diffRules: "signalbox.v1.Rules/DiffRules"
    case .createTicket: "signalbox.v1.Tickets/CreateTicket"
    case .getTicket: "signalbox.v1.Tickets/GetTicket"
    case .listTickets: "signalbox.v1.Tickets/ListTickets"
    case .takeTicket: "signalbox.v1.Tickets/TakeTicket"
    case .reassignTicket: "signalbox.v1.Tickets/ReassignTicket"
    case .getTicketHistory: "signalbox.v1.Tickets/GetTicketHistory"
    case .watchTickets: "signalbox.v1.Tickets/WatchTickets"
    case .whyTicket: "signalbox.v1.Tickets/WhyTicket"
    case .stealTicket: "signalbox.v1.Tickets/StealTicket"
    case .releaseTicket: "signalbox.v1.Tickets/ReleaseTicket"
    case .updateTicket: "signalbox.v1.Tickets/UpdateTicket"
    case .commentTicket: "signalbox.v1.Tickets/CommentTicket"
    case .noteTicket: "signalbox.v1.Tickets/NoteTicket"
    case .listTicketComments: "signalbox.v1.Tickets/ListTicketComments"
    case .grantRole: "signalbox.v1.Access/GrantRole"
    case .revokeGrant: "signalbox.v1.Access/RevokeGrant"
    case .listGrants: "signalbox.v1.Access/ListGrants"
    case .createGroup: "signalbox.v1.Access/CreateGroup"
    case .updateGroupMembers: "signalbox.v1.Access/UpdateGroupMembers"
    case .getGroup: "signalbox.v1.Access/GetGroup"
    case .listGroups: "signalbox.v1.Access/ListGroups"
    case .explainAccess: "signalbox.v1.Access/ExplainAccess"
    case .planConfiguration: "signalbox.v1.Configuration/PlanConfiguration"
    case .applyConfiguration: "signalbox.v1.Configuration/ApplyConfiguration"
    case .exportConfiguration: "signalbox.v1.Configuration/ExportConfiguration"
    case .listConfigurationVersions: "signalbox.v1.Configuration/ListConfigurationVersions"
    case .getConfigurationVersion: "signalbox.v1.Configuration/GetConfigurationVersion"
    case .rollbackConfiguration: "signalbox.v1.Configuration/RollbackConfiguration"
    case .exportAudit: "signalbox.v1.Audit/ExportAudit"
    case .setPresence: "signalbox.v1.Agents/SetPresence"
    case .setCapacity: "signalbox.v1.Agents/SetCapacity"
    case .listAgents: "signalbox.v1.Agents/ListAgents"
    case .assignTicket: "signalbox.v1.Agents/AssignTicket"
    case .acceptTicket: "signalbox.v1.Agents/AcceptTicket"
    case .rejectTicket: "signalbox.v1.Agents/RejectTicket"
    case .listOffers: "signalbox.v1.Agents/ListOffers"
    }
  }

  package var effect: MethodEffect {
    switch self {
    case .ping,
      .describe: .none
    case .getTenant,
      .listTenants,
      .getOrganization,
      .listOrganizations,
      .getPerson,
      .listPeople,
      .listTokens,
      .getQueue,
      .listQueues,
      .getQueueRegistration,
      .listQueueRegistrations,
      .getRegistrationHistory,
      .lintQueueRegistration,
      .planQueueRegistration,
      .listWatchers,
      .getRules,
      .checkRules,
      .listRuleSets,
      .listRuleActivations,
      .formatRules,
      .testRules,
      .whyNotRule,
      .getShadowRules,
      .listShadowDifferences,
      .diffRules,
      .getTicket,
      .listTickets,
      .getTicketHistory,
      .whyTicket,
      .listTicketComments,
      .listGrants,
      .getGroup,
      .listGroups,
      .explainAccess,
      .planConfiguration,
      .exportConfiguration,
      .listConfigurationVersions,
      .getConfigurationVersion,
      .exportAudit,
      .listAgents,
      .listOffers: .read
    case .createTenant,
      .updateTenantSettings,
      .createOrganization,
      .createPerson,
      .setAbsence,
      .createToken,
      .revokeToken,
      .rotateToken,
      .registerQueue,
      .approveQueueRegistration,
      .declineQueueRegistration,
      .retireQueue,
      .updateQueueRegistration,
      .submitQueueRegistration,
      .requestRegistrationChanges,
      .withdrawQueueRegistration,
      .commentQueueRegistration,
      .addWatcher,
      .updateWatcher,
      .removeWatcher,
      .confirmWatcher,
      .sendWatcherConfirmation,
      .optOutWatcher,
      .optInWatcher,
      .putRules,
      .activateRules,
      .setShadowRules,
      .createTicket,
      .takeTicket,
      .reassignTicket,
      .stealTicket,
      .releaseTicket,
      .updateTicket,
      .commentTicket,
      .noteTicket,
      .grantRole,
      .revokeGrant,
      .createGroup,
      .updateGroupMembers,
      .applyConfiguration,
      .rollbackConfiguration,
      .setPresence,
      .setCapacity,
      .assignTicket,
      .acceptTicket,
      .rejectTicket: .write
    case .replayRules,
      .watchTickets: .watch
    }
  }

  package var caller: MethodCaller {
    switch self {
    case .ping,
      .describe: .anyone
    case .getTenant,
      .getOrganization,
      .listOrganizations,
      .getPerson,
      .listPeople,
      .setAbsence,
      .registerQueue,
      .getQueue,
      .listQueues,
      .getQueueRegistration,
      .listQueueRegistrations,
      .updateQueueRegistration,
      .submitQueueRegistration,
      .withdrawQueueRegistration,
      .commentQueueRegistration,
      .getRegistrationHistory,
      .lintQueueRegistration,
      .addWatcher,
      .updateWatcher,
      .removeWatcher,
      .listWatchers,
      .confirmWatcher,
      .sendWatcherConfirmation,
      .optOutWatcher,
      .optInWatcher,
      .putRules,
      .getRules,
      .checkRules,
      .activateRules,
      .listRuleSets,
      .listRuleActivations,
      .formatRules,
      .testRules,
      .whyNotRule,
      .replayRules,
      .setShadowRules,
      .getShadowRules,
      .listShadowDifferences,
      .diffRules,
      .createTicket,
      .getTicket,
      .listTickets,
      .takeTicket,
      .reassignTicket,
      .getTicketHistory,
      .watchTickets,
      .whyTicket,
      .stealTicket,
      .releaseTicket,
      .updateTicket,
      .commentTicket,
      .noteTicket,
      .listTicketComments,
      .getGroup,
      .listGroups,
      .explainAccess,
      .exportAudit,
      .setPresence,
      .setCapacity,
      .listAgents,
      .assignTicket,
      .acceptTicket,
      .rejectTicket,
      .listOffers: .tenant
    case .updateTenantSettings,
      .createOrganization,
      .createPerson,
      .createToken,
      .listTokens,
      .revokeToken,
      .rotateToken,
      .approveQueueRegistration,
      .declineQueueRegistration,
      .retireQueue,
      .requestRegistrationChanges,
      .planQueueRegistration,
      .grantRole,
      .revokeGrant,
      .listGrants,
      .createGroup,
      .updateGroupMembers,
      .planConfiguration,
      .applyConfiguration,
      .exportConfiguration,
      .listConfigurationVersions,
      .getConfigurationVersion,
      .rollbackConfiguration: .tenantAdmin
    case .createTenant,
      .listTenants: .systemAdmin
    }
  }
}

/// Ties each method to its two message types.
package enum Methods {
  package enum Ping: MethodTypes {
    package typealias Request = ProtoPingRequest
    package typealias Response = ProtoPingResponse
    package static var method: Method { .ping }
  }
  package enum Describe: MethodTypes {
    package typealias Request = ProtoDescribeRequest
    package typealias Response = ProtoDescribeResponse
    package static var method: Method { .describe }
  }
  package enum CreateTenant: MethodTypes {
    package typealias Request = ProtoCreateTenantRequest
    package typealias Response = ProtoCreateTenantResponse
    package static var method: Method { .createTenant }
  }
  package enum GetTenant: MethodTypes {
    package typealias Request = ProtoGetTenantRequest
    package typealias Response = ProtoTenant
    package static var method: Method { .getTenant }
  }
  package enum ListTenants: MethodTypes {
    package typealias Request = ProtoListTenantsRequest
    package typealias Response = ProtoListTenantsResponse
    package static var method: Method { .listTenants }
  }
  package enum UpdateTenantSettings: MethodTypes {
    package typealias Request = ProtoUpdateTenantSettingsRequest
    package typealias Response = ProtoTenant
    package static var method: Method { .updateTenantSettings }
  }
  package enum CreateOrganization: MethodTypes {
    package typealias Request = ProtoCreateOrganizationRequest
    package typealias Response = ProtoOrganization
    package static var method: Method { .createOrganization }
  }
  package enum GetOrganization: MethodTypes {
    package typealias Request = ProtoGetOrganizationRequest
    package typealias Response = ProtoOrganization
    package static var method: Method { .getOrganization }
  }
  package enum ListOrganizations: MethodTypes {
    package typealias Request = ProtoListOrganizationsRequest
    package typealias Response = ProtoListOrganizationsResponse
    package static var method: Method { .listOrganizations }
  }
  package enum CreatePerson: MethodTypes {
    package typealias Request = ProtoCreatePersonRequest
    package typealias Response = ProtoPerson
    package static var method: Method { .createPerson }
  }
  package enum GetPerson: MethodTypes {
    package typealias Request = ProtoGetPersonRequest
    package typealias Response = ProtoPerson
    package static var method: Method { .getPerson }
  }
  package enum ListPeople: MethodTypes {
    package typealias Request = ProtoListPeopleRequest
    package typealias Response = ProtoListPeopleResponse
    package static var method: Method { .listPeople }
  }
  package enum SetAbsence: MethodTypes {
    package typealias Request = ProtoSetAbsenceRequest
    package typealias Response = ProtoPerson
    package static var method: Method { .setAbsence }
  }
  package enum CreateToken: MethodTypes {
    package typealias Request = ProtoCreateTokenRequest
    package typealias Response = ProtoCreateTokenResponse
    package static var method: Method { .createToken }
  }
  package enum ListTokens: MethodTypes {
    package typealias Request = ProtoListTokensRequest
    package typealias Response = ProtoListTokensResponse
    package static var method: Method { .listTokens }
  }
  package enum RevokeToken: MethodTypes {
    package typealias Request = ProtoRevokeTokenRequest
    package typealias Response = ProtoRevokeTokenResponse
    package static var method: Method { .revokeToken }
  }
  package enum RotateToken: MethodTypes {
    package typealias Request = ProtoRotateTokenRequest
    package typealias Response = ProtoRotateTokenResponse
    package static var method: Method { .rotateToken }
  }
  package enum RegisterQueue: MethodTypes {
    package typealias Request = ProtoRegisterQueueRequest
    package typealias Response = ProtoQueueRegistration
    package static var method: Method { .registerQueue }
  }
  package enum ApproveQueueRegistration: MethodTypes {
    package typealias Request = ProtoApproveQueueRegistrationRequest
    package typealias Response = ProtoApproveQueueRegistrationResponse
    package static var method: Method { .approveQueueRegistration }
  }
  package enum DeclineQueueRegistration: MethodTypes {
    package typealias Request = ProtoDeclineQueueRegistrationRequest
    package typealias Response = ProtoQueueRegistration
    package static var method: Method { .declineQueueRegistration }
  }
  package enum GetQueue: MethodTypes {
    package typealias Request = ProtoGetQueueRequest
    package typealias Response = ProtoQueue
    package static var method: Method { .getQueue }
  }
  package enum ListQueues: MethodTypes {
    package typealias Request = ProtoListQueuesRequest
    package typealias Response = ProtoListQueuesResponse
    package static var method: Method { .listQueues }
  }
  package enum GetQueueRegistration: MethodTypes {
    package typealias Request = ProtoGetQueueRegistrationRequest
    package typealias Response = ProtoQueueRegistration
    package static var method: Method { .getQueueRegistration }
  }
  package enum ListQueueRegistrations: MethodTypes {
    package typealias Request = ProtoListQueueRegistrationsRequest
    package typealias Response = ProtoListQueueRegistrationsResponse
    package static var method: Method { .listQueueRegistrations }
  }
  package enum RetireQueue: MethodTypes {
    package typealias Request = ProtoRetireQueueRequest
    package typealias Response = ProtoQueue
    package static var method: Method { .retireQueue }
  }
  package enum UpdateQueueRegistration: MethodTypes {
    package typealias Request = ProtoUpdateQueueRegistrationRequest
    package typealias Response = ProtoQueueRegistration
    package static var method: Method { .updateQueueRegistration }
  }
  package enum SubmitQueueRegistration: MethodTypes {
    package typealias Request = ProtoSubmitQueueRegistrationRequest
    package typealias Response = ProtoQueueRegistration
    package static var method: Method { .submitQueueRegistration }
  }
  package enum RequestRegistrationChanges: MethodTypes {
    package typealias Request = ProtoRequestRegistrationChangesRequest
    package typealias Response = ProtoQueueRegistration
    package static var method: Method { .requestRegistrationChanges }
  }
  package enum WithdrawQueueRegistration: MethodTypes {
    package typealias Request = ProtoWithdrawQueueRegistrationRequest
    package typealias Response = ProtoQueueRegistration
    package static var method: Method { .withdrawQueueRegistration }
  }
  package enum CommentQueueRegistration: MethodTypes {
    package typealias Request = ProtoCommentQueueRegistrationRequest
    package typealias Response = ProtoQueueRegistration
    package static var method: Method { .commentQueueRegistration }
  }
  package enum GetRegistrationHistory: MethodTypes {
    package typealias Request = ProtoGetRegistrationHistoryRequest
    package typealias Response = ProtoGetRegistrationHistoryResponse
    package static var method: Method { .getRegistrationHistory }
  }
  package enum LintQueueRegistration: MethodTypes {
    package typealias Request = ProtoLintQueueRegistrationRequest
    package typealias Response = ProtoLintQueueRegistrationResponse
    package static var method: Method { .lintQueueRegistration }
  }
  package enum PlanQueueRegistration: MethodTypes {
    package typealias Request = ProtoPlanQueueRegistrationRequest
    package typealias Response = ProtoPlanQueueRegistrationResponse
    package static var method: Method { .planQueueRegistration }
  }
  package enum AddWatcher: MethodTypes {
    package typealias Request = ProtoAddWatcherRequest
    package typealias Response = ProtoWatcher
    package static var method: Method { .addWatcher }
  }
  package enum UpdateWatcher: MethodTypes {
    package typealias Request = ProtoUpdateWatcherRequest
    package typealias Response = ProtoWatcher
    package static var method: Method { .updateWatcher }
  }
  package enum RemoveWatcher: MethodTypes {
    package typealias Request = ProtoRemoveWatcherRequest
    package typealias Response = ProtoWatcher
    package static var method: Method { .removeWatcher }
  }
  package enum ListWatchers: MethodTypes {
    package typealias Request = ProtoListWatchersRequest
    package typealias Response = ProtoListWatchersResponse
    package static var method: Method { .listWatchers }
  }
  package enum ConfirmWatcher: MethodTypes {
    package typealias Request = ProtoConfirmWatcherRequest
    package typealias Response = ProtoWatcher
    package static var method: Method { .confirmWatcher }
  }
  package enum SendWatcherConfirmation: MethodTypes {
    package typealias Request = ProtoSendWatcherConfirmationRequest
    package typealias Response = ProtoWatcher
    package static var method: Method { .sendWatcherConfirmation }
  }
  package enum OptOutWatcher: MethodTypes {
    package typealias Request = ProtoOptOutWatcherRequest
    package typealias Response = ProtoWatcher
    package static var method: Method { .optOutWatcher }
  }
  package enum OptInWatcher: MethodTypes {
    package typealias Request = ProtoOptInWatcherRequest
    package typealias Response = ProtoWatcher
    package static var method: Method { .optInWatcher }
  }
  package enum PutRules: MethodTypes {
    package typealias Request = ProtoPutRulesRequest
    package typealias Response = ProtoRuleSet
    package static var method: Method { .putRules }
  }
  package enum GetRules: MethodTypes {
    package typealias Request = ProtoGetRulesRequest
    package typealias Response = ProtoRuleSet
    package static var method: Method { .getRules }
  }
  package enum CheckRules: MethodTypes {
    package typealias Request = ProtoCheckRulesRequest
    package typealias Response = ProtoCheckRulesResponse
    package static var method: Method { .checkRules }
  }
  package enum ActivateRules: MethodTypes {
    package typealias Request = ProtoActivateRulesRequest
    package typealias Response = ProtoRuleSet
    package static var method: Method { .activateRules }
  }
  package enum ListRuleSets: MethodTypes {
    package typealias Request = ProtoListRuleSetsRequest
    package typealias Response = ProtoListRuleSetsResponse
    package static var method: Method { .listRuleSets }
  }
  package enum ListRuleActivations: MethodTypes {
    package typealias Request = ProtoListRuleActivationsRequest
    package typealias Response = ProtoListRuleActivationsResponse
    package static var method: Method { .listRuleActivations }
  }
  package enum FormatRules: MethodTypes {
    package typealias Request = ProtoFormatRulesRequest
    package typealias Response = ProtoFormatRulesResponse
    package static var method: Method { .formatRules }
  }
  package enum TestRules: MethodTypes {
    package typealias Request = ProtoTestRulesRequest
    package typealias Response = ProtoTestRulesResponse
    package static var method: Method { .testRules }
  }
  package enum WhyNotRule: MethodTypes {
    package typealias Request = ProtoWhyNotRuleRequest
    package typealias Response = ProtoWhyNotRuleResponse
    package static var method: Method { .whyNotRule }
  }
  package enum ReplayRules: MethodTypes {
    package typealias Request = ProtoReplayRulesRequest
    package typealias Response = ProtoReplayRulesResponse
    package static var method: Method { .replayRules }
  }
  package enum SetShadowRules: MethodTypes {
    package typealias Request = ProtoSetShadowRulesRequest
    package typealias Response = ProtoShadowRules
    package static var method: Method { .setShadowRules }
  }
  package enum GetShadowRules: MethodTypes {
    package typealias Request = ProtoGetShadowRulesRequest
    package typealias Response = ProtoShadowRules
    package static var method: Method { .getShadowRules }
  }
  package enum ListShadowDifferences: MethodTypes {
    package typealias Request = ProtoListShadowDifferencesRequest
    package typealias Response = ProtoListShadowDifferencesResponse
    package static var method: Method { .listShadowDifferences }
  }
  package enum DiffRules: MethodTypes {
    package typealias Request = ProtoDiffRulesRequest
    package typealias Response = ProtoDiffRulesResponse
    package static var method: Method { .diffRules }
  }
  package enum CreateTicket: MethodTypes {
    package typealias Request = ProtoCreateTicketRequest
    package typealias Response = ProtoCreateTicketResponse
    package static var method: Method { .createTicket }
  }
  package enum GetTicket: MethodTypes {
    package typealias Request = ProtoGetTicketRequest
    package typealias Response = ProtoTicket
    package static var method: Method { .getTicket }
  }
  package enum ListTickets: MethodTypes {
    package typealias Request = ProtoListTicketsRequest
    package typealias Response = ProtoListTicketsResponse
    package static var method: Method { .listTickets }
  }
  package enum TakeTicket: MethodTypes {
    package typealias Request = ProtoTakeTicketRequest
    package typealias Response = ProtoTicketChangeResponse
    package static var method: Method { .takeTicket }
  }
  package enum ReassignTicket: MethodTypes {
    package typealias Request = ProtoReassignTicketRequest
    package typealias Response = ProtoTicketChangeResponse
    package static var method: Method { .reassignTicket }
  }
  package enum GetTicketHistory: MethodTypes {
    package typealias Request = ProtoGetTicketHistoryRequest
    package typealias Response = ProtoGetTicketHistoryResponse
    package static var method: Method { .getTicketHistory }
  }
  package enum WatchTickets: MethodTypes {
    package typealias Request = ProtoWatchTicketsRequest
    package typealias Response = ProtoWatchTicketsResponse
    package static var method: Method { .watchTickets }
  }
  package enum WhyTicket: MethodTypes {
    package typealias Request = ProtoWhyTicketRequest
    package typealias Response = ProtoWhyTicketResponse
    package static var method: Method { .whyTicket }
  }
  package enum StealTicket: MethodTypes {
    package typealias Request = ProtoStealTicketRequest
    package typealias Response = ProtoTicketChangeResponse
    package static var method: Method { .stealTicket }
  }
  package enum ReleaseTicket: MethodTypes {
    package typealias Request = ProtoReleaseTicketRequest
    package typealias Response = ProtoTicketChangeResponse
    package static var method: Method { .releaseTicket }
  }
  package enum UpdateTicket: MethodTypes {
    package typealias Request = ProtoUpdateTicketRequest
    package typealias Response = ProtoTicketChangeResponse
    package static var method: Method { .updateTicket }
  }
  package enum CommentTicket: MethodTypes {
    package typealias Request = ProtoCommentTicketRequest
    package typealias Response = ProtoTicketCommentResponse
    package static var method: Method { .commentTicket }
  }
  package enum NoteTicket: MethodTypes {
    package typealias Request = ProtoNoteTicketRequest
    package typealias Response = ProtoTicketCommentResponse
    package static var method: Method { .noteTicket }
  }
  package enum ListTicketComments: MethodTypes {
    package typealias Request = ProtoListTicketCommentsRequest
    package typealias Response = ProtoListTicketCommentsResponse
    package static var method: Method { .listTicketComments }
  }
  package enum GrantRole: MethodTypes {
    package typealias Request = ProtoGrantRoleRequest
    package typealias Response = ProtoGrant
    package static var method: Method { .grantRole }
  }
  package enum RevokeGrant: MethodTypes {
    package typealias Request = ProtoRevokeGrantRequest
    package typealias Response = ProtoGrant
    package static var method: Method { .revokeGrant }
  }
  package enum ListGrants: MethodTypes {
    package typealias Request = ProtoListGrantsRequest
    package typealias Response = ProtoListGrantsResponse
    package static var method: Method { .listGrants }
  }
  package enum CreateGroup: MethodTypes {
    package typealias Request = ProtoCreateGroupRequest
    package typealias Response = ProtoGroup
    package static var method: Method { .createGroup }
  }
  package enum UpdateGroupMembers: MethodTypes {
    package typealias Request = ProtoUpdateGroupMembersRequest
    package typealias Response = ProtoGroup
    package static var method: Method { .updateGroupMembers }
  }
  package enum GetGroup: MethodTypes {
    package typealias Request = ProtoGetGroupRequest
    package typealias Response = ProtoGroup
    package static var method: Method { .getGroup }
  }
  package enum ListGroups: MethodTypes {
    package typealias Request = ProtoListGroupsRequest
    package typealias Response = ProtoListGroupsResponse
    package static var method: Method { .listGroups }
  }
  package enum ExplainAccess: MethodTypes {
    package typealias Request = ProtoExplainAccessRequest
    package typealias Response = ProtoExplainAccessResponse
    package static var method: Method { .explainAccess }
  }
  package enum PlanConfiguration: MethodTypes {
    package typealias Request = ProtoPlanConfigurationRequest
    package typealias Response = ProtoConfigurationPlan
    package static var method: Method { .planConfiguration }
  }
  package enum ApplyConfiguration: MethodTypes {
    package typealias Request = ProtoApplyConfigurationRequest
    package typealias Response = ProtoApplyConfigurationResponse
    package static var method: Method { .applyConfiguration }
  }
  package enum ExportConfiguration: MethodTypes {
    package typealias Request = ProtoExportConfigurationRequest
    package typealias Response = ProtoExportConfigurationResponse
    package static var method: Method { .exportConfiguration }
  }
  package enum ListConfigurationVersions: MethodTypes {
    package typealias Request = ProtoListConfigurationVersionsRequest
    package typealias Response = ProtoListConfigurationVersionsResponse
    package static var method: Method { .listConfigurationVersions }
  }
  package enum GetConfigurationVersion: MethodTypes {
    package typealias Request = ProtoGetConfigurationVersionRequest
    package typealias Response = ProtoGetConfigurationVersionResponse
    package static var method: Method { .getConfigurationVersion }
  }
  package enum RollbackConfiguration: MethodTypes {
    package typealias Request = ProtoRollbackConfigurationRequest
    package typealias Response = ProtoApplyConfigurationResponse
    package static var method: Method { .rollbackConfiguration }
  }
  package enum ExportAudit: MethodTypes {
    package typealias Request = ProtoExportAuditRequest
    package typealias Response = ProtoExportAuditResponse
    package static var method: Method { .exportAudit }
  }
  package enum SetPresence: MethodTypes {
    package typealias Request = ProtoSetPresenceRequest
    package typealias Response = ProtoPerson
    package static var method: Method { .setPresence }
  }
  package enum SetCapacity: MethodTypes {
    package typealias Request = ProtoSetCapacityRequest
    package typealias Response = ProtoPerson
    package static var method: Method { .setCapacity }
  }
  package enum ListAgents: MethodTypes {
    package typealias Request = ProtoListAgentsRequest
    package typealias Response = ProtoListAgentsResponse
    package static var method: Method { .listAgents }
  }
  package enum AssignTicket: MethodTypes {
    package typealias Request = ProtoAssignTicketRequest
    package typealias Response = ProtoTicketChangeResponse
    package static var method: Method { .assignTicket }
  }
  package enum AcceptTicket: MethodTypes {
    package typealias Request = ProtoAcceptTicketRequest
    package typealias Response = ProtoTicketChangeResponse
    package static var method: Method { .acceptTicket }
  }
  package enum RejectTicket: MethodTypes {
    package typealias Request = ProtoRejectTicketRequest
    package typealias Response = ProtoTicketChangeResponse
    package static var method: Method { .rejectTicket }
  }
  package enum ListOffers: MethodTypes {
    package typealias Request = ProtoListOffersRequest
    package typealias Response = ProtoListOffersResponse
    package static var method: Method { .listOffers }
  }
}
