import SignalboxClient

extension Calls {
  /// The calls as a client makes them.
  init(_ client: SignalboxClient) {
    self.init(
      ping: { try await client.system.ping($0, options: $1) },
      describe: { try await client.system.describe(options: $0) },
      createTenant: { try await client.tenants.create($0, options: $1) },
      getTenant: { try await client.tenants.get($0, options: $1) },
      listTenants: { try await client.tenants.list($0, options: $1) },
      updateTenantSettings: { try await client.tenants.updateSettings($0, options: $1) },
      createOrganization: { try await client.organizations.create($0, options: $1) },
      getOrganization: { try await client.organizations.get($0, options: $1) },
      listOrganizations: { try await client.organizations.list($0, options: $1) },
      createPerson: { try await client.people.create($0, options: $1) },
      getPerson: { try await client.people.get($0, options: $1) },
      listPeople: { try await client.people.list($0, options: $1) },
      setAbsence: { try await client.people.setAbsence($0, options: $1) },
      grantRole: { try await client.access.grant($0, options: $1) },
      revokeGrant: { try await client.access.revoke($0, options: $1) },
      listGrants: { try await client.access.grants($0, options: $1) },
      explainAccess: { try await client.access.explain($0, options: $1) },
      createGroup: { try await client.access.createGroup($0, options: $1) },
      updateGroupMembers: { try await client.access.updateMembers($0, options: $1) },
      getGroup: { try await client.access.group($0, options: $1) },
      listGroups: { try await client.access.groups($0, options: $1) },
      createToken: { try await client.tokens.create($0, options: $1) },
      listTokens: { try await client.tokens.list($0, options: $1) },
      revokeToken: { try await client.tokens.revoke($0, options: $1) },
      rotateToken: { try await client.tokens.rotate($0, options: $1) },
      exportAudit: { try await client.audit.export($0, options: $1) },
      setPresence: { try await client.agents.setPresence($0, options: $1) },
      setCapacity: { try await client.agents.setCapacity($0, options: $1) },
      listAgents: { try await client.agents.list($0, options: $1) },
      registerQueue: { try await client.queues.register($0, options: $1) },
      approveQueue: { try await client.queues.approve($0, options: $1) },
      declineQueue: { try await client.queues.decline($0, options: $1) },
      getQueue: { try await client.queues.get($0, options: $1) },
      listQueues: { try await client.queues.list($0, options: $1) },
      getRegistration: { try await client.queues.registration($0, options: $1) },
      listRegistrations: { try await client.queues.registrations($0, options: $1) },
      retireQueue: { try await client.queues.retire($0, options: $1) },
      updateRegistration: { try await client.queues.updateRegistration($0, options: $1) },
      submitRegistration: { try await client.queues.submitRegistration($0, options: $1) },
      requestChanges: { try await client.queues.requestRegistrationChanges($0, options: $1) },
      withdrawRegistration: { try await client.queues.withdrawRegistration($0, options: $1) },
      commentRegistration: { try await client.queues.commentRegistration($0, options: $1) },
      lintRegistration: { try await client.queues.lintRegistration($0, options: $1) },
      planRegistration: { try await client.queues.planRegistration($0, options: $1) },
      registrationHistory: { try await client.queues.registrationHistory($0, options: $1) },
      putRules: { try await client.rules.put($0, options: $1) },
      getRules: { try await client.rules.get($0, options: $1) },
      checkRules: { try await client.rules.check($0, options: $1) },
      createTicket: { try await client.tickets.create($0, options: $1) },
      getTicket: { try await client.tickets.get($0, options: $1) },
      listTickets: { try await client.tickets.list($0, options: $1) },
      takeTicket: { try await client.tickets.take($0, options: $1) },
      stealTicket: { try await client.tickets.steal($0, options: $1) },
      releaseTicket: { try await client.tickets.release($0, options: $1) },
      reassignTicket: { try await client.tickets.reassign($0, options: $1) },
      ticketHistory: { try await client.tickets.history($0, options: $1) },
      whyTicket: { try await client.tickets.why($0, options: $1) },
      watchTickets: { request, options, receive in
        for try await response in client.tickets.watch(request, options: options) {
          guard try receive(response) else { return }
        }
      }
    )
  }
}
