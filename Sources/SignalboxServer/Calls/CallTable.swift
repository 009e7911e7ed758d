import SignalboxProtocol

/// Which call answers which method. Does not compile until each method has its call.
enum CallTable {
  static func start(_ call: Invocation) {
    switch call.method {
    case .ping: call.run(PingCall.self)
    case .describe: call.run(DescribeCall.self)
    case .createTenant: call.run(CreateTenantCall.self)
    case .getTenant: call.run(GetTenantCall.self)
    case .listTenants: call.run(ListTenantsCall.self)
    case .updateTenantSettings: call.run(UpdateTenantSettingsCall.self)
    case .createOrganization: call.run(CreateOrganizationCall.self)
    case .getOrganization: call.run(GetOrganizationCall.self)
    case .listOrganizations: call.run(ListOrganizationsCall.self)
    case .createPerson: call.run(CreatePersonCall.self)
    case .getPerson: call.run(GetPersonCall.self)
    case .listPeople: call.run(ListPeopleCall.self)
    case .createToken: call.run(CreateTokenCall.self)
    case .listTokens: call.run(ListTokensCall.self)
    case .revokeToken: call.run(RevokeTokenCall.self)
    case .rotateToken: call.run(RotateTokenCall.self)
    case .registerQueue: call.run(RegisterQueueCall.self)
    case .approveQueueRegistration: call.run(ApproveQueueRegistrationCall.self)
    case .declineQueueRegistration: call.run(DeclineQueueRegistrationCall.self)
    case .getQueue: call.run(GetQueueCall.self)
    case .listQueues: call.run(ListQueuesCall.self)
    case .getQueueRegistration: call.run(GetQueueRegistrationCall.self)
    case .listQueueRegistrations: call.run(ListQueueRegistrationsCall.self)
    case .retireQueue: call.run(RetireQueueCall.self)
    case .putRules: call.run(PutRulesCall.self)
    case .getRules: call.run(GetRulesCall.self)
    case .checkRules: call.run(CheckRulesCall.self)
    case .createTicket: call.run(CreateTicketCall.self)
    case .getTicket: call.run(GetTicketCall.self)
    case .listTickets: call.run(ListTicketsCall.self)
    case .takeTicket: call.run(TakeTicketCall.self)
    case .reassignTicket: call.run(ReassignTicketCall.self)
    case .getTicketHistory: call.run(GetTicketHistoryCall.self)
    case .watchTickets: WatchTicketsCall.start(call)
    case .whyTicket: call.run(WhyTicketCall.self)
    case .exportAudit: call.run(ExportAuditCall.self)
    }
  }
}
