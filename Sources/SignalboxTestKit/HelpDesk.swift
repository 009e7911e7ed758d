package import SignalboxClient

/// A small help desk made through the protocol: Delta with two agents, Triage with one, and the tokens of all.
package struct HelpDesk: Sendable {
  package let tenant: String
  package let admin: String
  /// By handle.
  package let tokens: [String: String]

  package static let rules = """
    ruleset "desk" version 1

    phase route first {
      rule storage {
        when category == "Storage"
        then queue "Delta"
        because "Delta owns the disks"
      }
      keywords of queues
      otherwise { queue "Triage" }
    }
    """

  /// Makes the tenant and everything in it.
  package static func open(_ tenant: String, on server: TestServer) async throws -> HelpDesk {
    try await server.asRoot { root in
      var request = CreateTenantRequest()
      request.name = tenant
      _ = try await root.tenants.create(request)
    }
    let admin = try await server.asRoot(in: tenant) { root in
      try await token("admin", role: .tenantAdmin, person: "", client: root)
    }
    let tokens = try await server.with(token: admin) { try await furnish($0) }
    return HelpDesk(tenant: tenant, admin: admin, tokens: tokens)
  }

  /// Fills an empty tenant; the client is one of its admins.
  @discardableResult
  package static func furnish(_ client: SignalboxClient) async throws -> [String: String] {
    for (name, kind) in [("Delta", OrganizationKind.resourceProvider), ("Desk", .internal)] {
      var request = CreateOrganizationRequest()
      request.name = name
      request.kind = kind
      _ = try await client.organizations.create(request)
    }
    var tokens: [String: String] = [:]
    for (handle, organization) in [("ada", "Delta"), ("ben", "Delta"), ("cyd", "Desk")] {
      var request = CreatePersonRequest()
      request.handle = handle
      request.email = "\(handle)@example.org"
      request.organization = organization
      _ = try await client.people.create(request)
      tokens[handle] = try await token(handle, role: .agent, person: handle, client: client)
    }
    try await queue("Delta", .resourceProvider, "Delta", ["ada", "ben"], "ada", ["slurm", "gpu"], client)
    try await queue("Triage", .internal, "Desk", ["cyd"], "", [], client)
    var rules = PutRulesRequest()
    rules.text = Self.rules
    _ = try await client.rules.put(rules)
    return tokens
  }

  private static func queue(
    _ name: String, _ kind: QueueKind, _ organization: String, _ agents: [String], _ assignee: String,
    _ keywords: [String], _ client: SignalboxClient
  ) async throws {
    var request = RegisterQueueRequest()
    request.name = name
    request.kind = kind
    request.organization = organization
    request.agents = agents
    request.watchers = ["watch@example.org"]
    request.defaultAssignee = assignee
    request.keywords = keywords
    var approval = ApproveQueueRegistrationRequest()
    approval.confirmAddresses = true
    approval.registration = try await client.queues.register(request).id
    _ = try await client.queues.approve(approval)
  }

  package static func token(
    _ name: String, role: TokenRole, person: String, client: SignalboxClient
  ) async throws -> String {
    var request = CreateTokenRequest()
    request.name = name
    request.role = role
    request.person = person
    return try await client.tokens.create(request).secret
  }

  package static func ticket(_ subject: String, body: String = "", category: String = "") -> CreateTicketRequest {
    var request = CreateTicketRequest()
    request.subject = subject
    request.body = body
    request.category = category
    request.requester = "u@lab.example.edu"
    return request
  }
}
