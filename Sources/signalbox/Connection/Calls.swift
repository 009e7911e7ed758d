import SignalboxClient

/// The calls a command may make. A value, so that a test can answer them without a server.
struct Calls: Sendable {
  typealias Call<Request, Response> = @Sendable (Request, CallOptions) async throws -> Response

  var ping: Call<[UInt8], PingResponse>
  var describe: @Sendable (CallOptions) async throws -> DescribeResponse

  var createTenant: Call<CreateTenantRequest, CreateTenantResponse>
  var getTenant: Call<GetTenantRequest, Tenant>
  var listTenants: Call<ListTenantsRequest, ListTenantsResponse>
  var updateTenantSettings: Call<UpdateTenantSettingsRequest, Tenant>

  var createOrganization: Call<CreateOrganizationRequest, Organization>
  var getOrganization: Call<GetOrganizationRequest, Organization>
  var listOrganizations: Call<ListOrganizationsRequest, ListOrganizationsResponse>

  var createPerson: Call<CreatePersonRequest, Person>
  var getPerson: Call<GetPersonRequest, Person>
  var listPeople: Call<ListPeopleRequest, ListPeopleResponse>

  var setAbsence: Call<SetAbsenceRequest, Person>

  var grantRole: Call<GrantRoleRequest, Grant>
  var revokeGrant: Call<RevokeGrantRequest, Grant>
  var listGrants: Call<ListGrantsRequest, ListGrantsResponse>
  var explainAccess: Call<ExplainAccessRequest, ExplainAccessResponse>
  var createGroup: Call<CreateGroupRequest, Group>
  var updateGroupMembers: Call<UpdateGroupMembersRequest, Group>
  var getGroup: Call<GetGroupRequest, Group>
  var listGroups: Call<ListGroupsRequest, ListGroupsResponse>

  var createToken: Call<CreateTokenRequest, CreateTokenResponse>
  var listTokens: Call<ListTokensRequest, ListTokensResponse>
  var revokeToken: Call<RevokeTokenRequest, RevokeTokenResponse>
  var rotateToken: Call<RotateTokenRequest, RotateTokenResponse>

  var exportAudit: Call<ExportAuditRequest, ExportAuditResponse>

  var planConfiguration: Call<PlanConfigurationRequest, ConfigurationPlan>
  var applyConfiguration: Call<ApplyConfigurationRequest, ApplyConfigurationResponse>
  var exportConfiguration: Call<ExportConfigurationRequest, ExportConfigurationResponse>
  var listConfigurationVersions: Call<ListConfigurationVersionsRequest, ListConfigurationVersionsResponse>
  var getConfigurationVersion: Call<GetConfigurationVersionRequest, GetConfigurationVersionResponse>
  var rollbackConfiguration: Call<RollbackConfigurationRequest, ApplyConfigurationResponse>
  var setPresence: Call<SetPresenceRequest, Person>
  var setCapacity: Call<SetCapacityRequest, Person>
  var listAgents: Call<ListAgentsRequest, ListAgentsResponse>
  var assignTicket: Call<AssignTicketRequest, TicketChangeResponse>
  var acceptTicket: Call<AcceptTicketRequest, TicketChangeResponse>
  var rejectTicket: Call<RejectTicketRequest, TicketChangeResponse>
  var listOffers: Call<ListOffersRequest, ListOffersResponse>

  var registerQueue: Call<RegisterQueueRequest, QueueRegistration>
  var approveQueue: Call<ApproveQueueRegistrationRequest, ApproveQueueRegistrationResponse>
  var declineQueue: Call<DeclineQueueRegistrationRequest, QueueRegistration>
  var getQueue: Call<GetQueueRequest, Queue>
  var listQueues: Call<ListQueuesRequest, ListQueuesResponse>
  var getRegistration: Call<GetQueueRegistrationRequest, QueueRegistration>
  var listRegistrations: Call<ListQueueRegistrationsRequest, ListQueueRegistrationsResponse>
  var retireQueue: Call<RetireQueueRequest, Queue>
  var updateRegistration: Call<UpdateQueueRegistrationRequest, QueueRegistration>
  var submitRegistration: Call<SubmitQueueRegistrationRequest, QueueRegistration>
  var requestChanges: Call<RequestRegistrationChangesRequest, QueueRegistration>
  var withdrawRegistration: Call<WithdrawQueueRegistrationRequest, QueueRegistration>
  var commentRegistration: Call<CommentQueueRegistrationRequest, QueueRegistration>
  var lintRegistration: Call<LintQueueRegistrationRequest, LintQueueRegistrationResponse>
  var planRegistration: Call<PlanQueueRegistrationRequest, PlanQueueRegistrationResponse>
  var registrationHistory: Call<GetRegistrationHistoryRequest, GetRegistrationHistoryResponse>

  var putRules: Call<PutRulesRequest, RuleSet>
  var getRules: Call<GetRulesRequest, RuleSet>
  var checkRules: Call<CheckRulesRequest, CheckRulesResponse>
  var activateRules: Call<ActivateRulesRequest, RuleSet>
  var listRuleSets: Call<ListRuleSetsRequest, ListRuleSetsResponse>
  var listRuleActivations: Call<ListRuleActivationsRequest, ListRuleActivationsResponse>
  var diffRules: Call<DiffRulesRequest, DiffRulesResponse>
  var formatRules: Call<FormatRulesRequest, FormatRulesResponse>
  var testRules: Call<TestRulesRequest, TestRulesResponse>
  var whyNotRule: Call<WhyNotRuleRequest, WhyNotRuleResponse>
  var setShadowRules: Call<SetShadowRulesRequest, ShadowRules>
  var getShadowRules: Call<GetShadowRulesRequest, ShadowRules>
  var listShadowDifferences: Call<ListShadowDifferencesRequest, ListShadowDifferencesResponse>
  /// Gives each response to `receive` in order, to the last or until that throws.
  var replayRules:
    @Sendable (
      ReplayRulesRequest, CallOptions, _ receive: @Sendable (ReplayRulesResponse) throws -> Void
    ) async throws -> Void

  var createTicket: Call<CreateTicketRequest, CreateTicketResponse>
  var getTicket: Call<GetTicketRequest, Ticket>
  var listTickets: Call<ListTicketsRequest, ListTicketsResponse>
  var takeTicket: Call<TakeTicketRequest, TicketChangeResponse>
  var stealTicket: Call<StealTicketRequest, TicketChangeResponse>
  var releaseTicket: Call<ReleaseTicketRequest, TicketChangeResponse>
  var reassignTicket: Call<ReassignTicketRequest, TicketChangeResponse>
  var ticketHistory: Call<GetTicketHistoryRequest, GetTicketHistoryResponse>
  var whyTicket: Call<WhyTicketRequest, WhyTicketResponse>
  var updateTicket: Call<UpdateTicketRequest, TicketChangeResponse>
  var commentTicket: Call<CommentTicketRequest, TicketCommentResponse>
  var noteTicket: Call<NoteTicketRequest, TicketCommentResponse>
  var ticketComments: Call<ListTicketCommentsRequest, ListTicketCommentsResponse>

  var addWatcher: Call<AddWatcherRequest, Watcher>
  var updateWatcher: Call<UpdateWatcherRequest, Watcher>
  var removeWatcher: Call<RemoveWatcherRequest, Watcher>
  var listWatchers: Call<ListWatchersRequest, ListWatchersResponse>
  var confirmWatcher: Call<ConfirmWatcherRequest, Watcher>
  var sendWatcherConfirmation: Call<SendWatcherConfirmationRequest, Watcher>
  var optOutWatcher: Call<OptOutWatcherRequest, Watcher>
  var optInWatcher: Call<OptInWatcherRequest, Watcher>

  /// Gives each response to `receive` in order, until that answers false or throws.
  var watchTickets:
    @Sendable (
      WatchTicketsRequest, CallOptions, _ receive: @Sendable (WatchTicketsResponse) throws -> Bool
    ) async throws -> Void
}
