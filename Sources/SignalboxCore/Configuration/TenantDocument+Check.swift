/// What is wrong with a document, and where.
package struct DocumentProblem: Equatable, Sendable {
  /// `queues[3].agents`, counted from 0; `rules` for the rule set.
  package var field: String
  package var message: String
  /// The value that is wrong, where it is one of a list.
  package var value: String
  /// In the text of the rules.
  package var span: SourceSpan?

  package init(field: String, message: String, value: String = "", span: SourceSpan? = nil) {
    self.field = field
    self.message = message
    self.value = value
    self.span = span
  }
}

extension TenantDocument {
  static let mostProblems = 32

  /// Everything that can be said without applying it: the form of each entry, and whether what it names is there, in the
  /// document where it has the section, else in the tenant as it is. Rules are checked once the rest is right.
  ///
  /// - Parameter current: the tenant, with all sections.
  func problems(against current: TenantDocument, in configuration: TenantConfiguration) -> [DocumentProblem] {
    var found = Findings()
    if !tenant.isEmpty, tenant != configuration.tenant.name {
      found.add(
        "tenant", "the document is for tenant `\(Rejection.shown(tenant))` and this is `\(configuration.tenant.name)`")
    }
    guard entryCount <= Limits.documentEntries else {
      found.add("", "has \(entryCount) entries, at most \(Limits.documentEntries) are allowed; apply it in parts")
      return found.problems
    }
    let known = Known(
      organizations: Set((organizations ?? current.organizations ?? []).map(\.name)),
      people: Set((people ?? current.people ?? []).map(\.handle)),
      groups: Set((groups ?? current.groups ?? []).map(\.name)),
      queues: Set((queues ?? current.queues ?? []).map(\.name)))
    if let settings { found.check("") { settings.check(&$0) } }
    checkOrganizations(&found)
    checkPeople(known, &found)
    checkGroups(known, &found)
    checkQueues(known, current, &found)
    checkGrants(known, &found)
    checkTicketTypes(&found)
    if let rules { found.check("") { $0.text("rules", rules, atMostBytes: Limits.ruleTextBytes) } }
    return found.problems
  }

  /// Names of what will be there.
  private struct Known {
    var organizations: Set<String>
    var people: Set<String>
    var groups: Set<String>
    var queues: Set<String>
  }

  private struct Findings {
    var problems: [DocumentProblem] = []
    /// Names seen within the present section.
    private var seen: Set<String> = []

    mutating func add(_ field: String, _ message: String, value: String = "") {
      guard problems.count < mostProblems else { return }
      problems.append(DocumentProblem(field: field, message: message, value: value))
    }

    mutating func check(_ path: String, _ body: (inout FieldCheck) -> Void) {
      var check = FieldCheck()
      body(&check)
      for violation in check.violations { add(path + violation.field, violation.description) }
    }

    mutating func beginSection() { seen = [] }

    mutating func unique(_ field: String, _ name: String) {
      if !name.isEmpty, !seen.insert(name).inserted { add(field, "`\(Rejection.shown(name))` is there twice") }
    }

    mutating func require(_ name: String, in names: Set<String>, _ field: String, _ noun: String) {
      guard problems.count < mostProblems, !names.contains(name) else { return }
      let meant = Suggestion.nearest(to: name, in: names.sorted()).map { "; did you mean `\($0)`?" } ?? ""
      add(field, "no \(noun) `\(Rejection.shown(name))`\(meant)", value: name)
    }
  }

  private func checkOrganizations(_ found: inout Findings) {
    found.beginSection()
    for (place, organization) in (organizations ?? []).enumerated() {
      let path = "organizations[\(place)]."
      found.check(path) { check in
        check.name("name", organization.name)
        check.line("display_name", organization.displayName, atMost: Limits.displayNameLength, required: false)
        if organization.kind == nil { check.add("kind", "is required") }
      }
      found.unique(path + "name", organization.name)
    }
  }

  private func checkPeople(_ known: Known, _ found: inout Findings) {
    found.beginSection()
    for (place, person) in (people ?? []).enumerated() {
      let path = "people[\(place)]."
      found.check(path) { check in
        check.name("handle", person.handle)
        check.line("display_name", person.displayName, atMost: Limits.displayNameLength, required: false)
        check.address("email", person.email, required: false)
      }
      found.unique(path + "handle", person.handle)
      if !person.organization.isEmpty {
        found.require(person.organization, in: known.organizations, path + "organization", "organization")
      }
    }
  }

  private func checkGroups(_ known: Known, _ found: inout Findings) {
    found.beginSection()
    for (place, group) in (groups ?? []).enumerated() {
      let path = "groups[\(place)]."
      found.check(path) { check in
        check.name("name", group.name)
        check.line("display_name", group.displayName, atMost: Limits.displayNameLength, required: false)
        check.count("members", group.members.count, atMost: Limits.membersPerGroup)
        if Set(group.members).count < group.members.count { check.add("members", "names somebody twice") }
      }
      found.unique(path + "name", group.name)
      for member in group.members.prefix(Limits.membersPerGroup) {
        found.require(member, in: known.people, path + "members", "person")
      }
    }
  }

  private func checkQueues(_ known: Known, _ current: TenantDocument, _ found: inout Findings) {
    found.beginSection()
    let there = Set((current.queues ?? []).map(\.name))
    let settings = settings ?? current.settings ?? Tenant.Settings()
    for (place, queue) in (queues ?? []).enumerated() {
      let path = "queues[\(place)]."
      let wish = RegisterQueue(queue)
      found.check(path) { check in
        wish.checkForm(in: settings, &check)
        // Names from before the pattern stay good.
        if !there.contains(queue.name) { wish.checkPattern(in: settings, &check) }
      }
      found.unique(path + "name", queue.name)
      found.require(queue.organization, in: known.organizations, path + "organization", "organization")
      for agent in queue.agents.prefix(Limits.agentsPerQueue) {
        found.require(agent, in: known.people, path + "agents", "person")
      }
      for watcher in queue.watchers.prefix(Limits.watchersPerQueue).map(NamedWatcher.init) where !watcher.isAddress {
        found.require(watcher.who, in: known.people, path + "watchers", "person")
      }
    }
  }

  private func checkGrants(_ known: Known, _ found: inout Findings) {
    found.beginSection()
    for (place, grant) in (grants ?? []).enumerated() {
      let path = "grants[\(place)]"
      switch grant.role {
      case nil: found.add(path + ".role", "is required")
      case .systemAdmin?: found.add(path + ".role", "is never granted; system admins have tokens of that role")
      default: break
      }
      switch grant.grantee {
      case nil: found.add(path, "says not to whom: give `person` or `group`")
      case .person(let handle): found.require(handle, in: known.people, path + ".person", "person")
      case .group(let name): found.require(name, in: known.groups, path + ".group", "group")
      }
      switch grant.scope {
      case nil: found.add(path, "says not where: give `tenant: true`, `organization` or `queue`")
      case .tenant: break
      case .organization(let name): found.require(name, in: known.organizations, path + ".organization", "organization")
      case .queue(let name): found.require(name, in: known.queues, path + ".queue", "queue")
      }
      if grant.role != nil, grant.grantee != nil, grant.scope != nil { found.unique(path, grant.text) }
    }
  }

  private func checkTicketTypes(_ found: inout Findings) {
    found.beginSection()
    if let ticketTypes, ticketTypes.count > Limits.ticketTypesPerTenant {
      found.add(
        "ticket_types", "has \(ticketTypes.count) entries, at most \(Limits.ticketTypesPerTenant) are allowed")
    }
    for (place, type) in (ticketTypes ?? []).prefix(Limits.ticketTypesPerTenant).enumerated() {
      found.check("ticket_types[\(place)].") { type.check(&$0) }
      found.unique("ticket_types[\(place)].name", type.name)
    }
  }
}

extension RegisterQueue {
  /// A queue that is looked at as if somebody had asked for it.
  fileprivate init(_ queue: TenantDocument.Queue) {
    self.init(
      name: queue.name, kind: queue.kind, organization: queue.organization, description: queue.description,
      agents: queue.agents, watchers: queue.watchers, defaultAssignee: queue.defaultAssignee, keywords: queue.keywords,
      draft: true)
  }
}
