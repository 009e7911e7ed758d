@testable import SignalboxCore

/// Documents of a few names, so that two of them share some and not others.
enum RandomDocument {
  static func make(_ random: inout RuleRandom) -> TenantDocument {
    var document = TenantDocument()
    document.settings = Tenant.Settings(
      categories: some(["Storage", "Login", "Other"], &random),
      timeZone: Bool.random(using: &random) ? .utc : TenantTimeZone(name: "Some/Where", changes: []))
    let organizations = some(["Delta", "ACO", "Desk"], &random)
    document.organizations = organizations.map {
      .init(name: $0, kind: random.pick(Organization.Kind.allCases), displayName: random.pick(["", "The \($0)"]))
    }
    let people = some(["ada", "ben", "cyd", "dan"], &random)
    document.people = people.map {
      .init(handle: $0, email: random.pick(["", "\($0)@example.org"]), organization: random.pick(organizations + [""]))
    }
    let groups = some(["night", "day"], &random)
    document.groups = groups.map { .init(name: $0, members: some(people, &random)) }
    let queues = organizations.isEmpty ? [] : some(["Delta", "Triage", "Desk"], &random)
    document.queues = queues.map { name in
      let agents = some(people, &random)
      return .init(
        name: name, kind: random.pick(Queue.Kind.allCases), organization: random.pick(organizations),
        description: random.pick(["", "what \(name) does"]), agents: agents,
        watchers: some(people + ["pager@example.org"], &random), defaultAssignee: random.pick(agents + [""]),
        keywords: some(["slurm", "gpu", "quota"], &random))
    }
    document.grants = grants(organizations, people, groups, queues, &random)
    document.ticketTypes = some(["incident", "access_request"], &random).map { name in
      TicketType(
        name: name, displayName: name,
        fields: some(["system", "urgent"], &random).map { .init(name: $0, kind: .text, isRequired: random.chance(50)) },
        endsIn: random.pick([[.solved], [.closed, .solved]]))
    }
    if let queue = queues.first {
      document.rules = """
        ruleset "\(queue)" version \(random.pick([1, 2]))
        phase route first {
          otherwise { queue "\(queue)" }
        }
        """
    }
    return document
  }

  private static func grants(
    _ organizations: [String], _ people: [String], _ groups: [String], _ queues: [String], _ random: inout RuleRandom
  ) -> [TenantDocument.Grant] {
    let grantees = people.map(TenantDocument.Grant.Grantee.person) + groups.map(TenantDocument.Grant.Grantee.group)
    let scopes =
      [.tenant] + organizations.map(TenantDocument.Grant.Scope.organization)
      + queues.map(TenantDocument.Grant.Scope.queue)
    guard !grantees.isEmpty else { return [] }
    let grants = (0..<random.pick([0, 1, 4])).map { _ in
      TenantDocument.Grant(
        role: random.pick(Role.granted), grantee: random.pick(grantees), scope: random.pick(scopes))
    }
    return Array(Set(grants))
  }

  private static func some<Element>(_ all: [Element], _ random: inout RuleRandom) -> [Element] {
    all.filter { _ in random.chance(60) }
  }
}

extension TenantDocument {
  /// Every section there, entries by name, as an export has it.
  func canonical(in tenant: Tenant) -> TenantDocument {
    var document = self
    document.tenant = tenant.name
    document.settings = settings ?? tenant.settings
    document.organizations = (organizations ?? []).sorted { $0.name < $1.name }
    document.people = (people ?? []).sorted { $0.handle < $1.handle }
    document.groups = (groups ?? []).sorted { $0.name < $1.name }
    document.queues = (queues ?? []).sorted { $0.name < $1.name }
    document.grants = (grants ?? []).sorted { $0.text < $1.text }
    document.ticketTypes = ticketTypes ?? []
    return document
  }
}
