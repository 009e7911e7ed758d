extension TenantDocument {
  /// What the tenant is at present: every section but the rules is there, those where there are any. Entries are sorted by
  /// name, so that two exports differ only where the tenant does.
  package init(of configuration: TenantConfiguration) {
    self.init()
    tenant = configuration.tenant.name
    settings = configuration.tenant.settings
    organizations = configuration.organizations.values.filter { !$0.isRemoved }
      .map { Organization(name: $0.name, kind: $0.kind, displayName: $0.displayName) }.sorted { $0.name < $1.name }
    people = configuration.people.values.filter { !$0.isRemoved }.map { person in
      Person(
        handle: person.handle, displayName: person.displayName, email: person.email,
        organization: person.organization.flatMap { configuration.organizations[$0]?.name } ?? "")
    }.sorted { $0.handle < $1.handle }
    groups = configuration.groups.values.map { group in
      Group(
        name: group.name, displayName: group.displayName,
        members: group.members.compactMap { configuration.people[$0]?.handle })
    }.sorted { $0.name < $1.name }
    queues = configuration.queues.values.filter { $0.state == .active }.map { Queue($0, in: configuration) }
      .sorted { $0.name < $1.name }
    // Their texts are made once each, and not again for each comparison.
    grants = configuration.grants.values.compactMap { Grant($0, in: configuration) }.map { (text: $0.text, grant: $0) }
      .sorted { $0.text < $1.text }.map(\.grant)
    ticketTypes = configuration.ticketTypes
    rules = configuration.rules?.record.text
  }
}

extension TenantDocument.Queue {
  init(_ queue: SignalboxCore.Queue, in configuration: TenantConfiguration) {
    self.init(
      name: queue.name, kind: queue.kind, organization: configuration.organizations[queue.organization]?.name ?? "",
      description: queue.description, agents: queue.agents.compactMap { configuration.people[$0]?.handle },
      watchers: queue.watchers.filter { $0.optedOutAt == nil }.map(configuration.wish),
      defaultAssignee: queue.defaultAssignee.flatMap { configuration.people[$0]?.handle } ?? "",
      keywords: queue.keywords)
  }
}

extension TenantDocument.Grant {
  /// Nil for grants that a document does not speak of: those to tokens and those on retired queues.
  init?(_ grant: SignalboxCore.Grant, in configuration: TenantConfiguration) {
    let grantee: Grantee
    switch grant.grantee {
    case .person(let id): grantee = .person(configuration.people[id]?.handle ?? "")
    case .group(let id): grantee = .group(configuration.groups[id]?.name ?? "")
    case .token: return nil
    }
    let scope: Scope
    switch grant.scope {
    case .tenant: scope = .tenant
    case .organization(let id): scope = .organization(configuration.organizations[id]?.name ?? "")
    case .queue(let id):
      guard let queue = configuration.queues[id], queue.state == .active else { return nil }
      scope = .queue(queue.name)
    }
    self.init(role: grant.role, grantee: grantee, scope: scope)
  }
}
