@testable import SignalboxCore
import Testing

struct ApplyConfigurationTests {
  /// A tenant with nothing in it.
  private static var empty: TenantConfiguration {
    TenantConfiguration(
      tenant: Tenant(
        id: TenantID(5), name: "access", displayName: "ACCESS", settings: .init(), createdAt: Scene.now),
      version: Revision(99))
  }

  typealias Fault = (field: String, message: String, change: @Sendable (inout TenantDocument) -> Void)

  static let faults: [Fault] = [
    ("organizations[0].kind", "is required", { $0.organizations?[0].kind = nil }),
    ("organizations[2].name", "`ACO` is there twice", { $0.organizations?.append(.init(name: "ACO", kind: .partner)) }),
    (
      "people[1].organization", "no organization `Detla`; did you mean `Delta`?",
      { $0.people?[1].organization = "Detla" }
    ),
    ("people[0].email", "is not an e-mail address", { $0.people?[0].email = "ada" }),
    ("queues[1].agents", "no person `bne`; did you mean `ben`?", { $0.queues?[1].agents = ["ada", "bne"] }),
    ("queues[1].watchers", "no person `nobody`", { $0.queues?[1].watchers = ["nobody"] }),
    ("queues[1].default_assignee", "must be one of the agents", { $0.queues?[1].defaultAssignee = "cyd" }),
    (
      "queues[2].name", "must have the form `ACCESS-<T>`",
      {
        $0.settings?.awardeeQueuePattern = "ACCESS-<T>"
        $0.queues?.append(.init(name: "Other", kind: .awardee, organization: "ACO"))
      }
    ),
    ("grants[0]", "says not where", { $0.grants = [.init(role: .viewer, grantee: .person("ada"), scope: nil)] }),
    (
      "grants[0].queue", "no queue `Dleta`",
      { $0.grants = [.init(role: .viewer, grantee: .person("ada"), scope: .queue("Dleta"))] }
    ),
    (
      "grants[0].role", "is never granted",
      { $0.grants = [.init(role: .systemAdmin, grantee: .person("ada"), scope: .tenant)] }
    ),
    ("groups[0].members", "names somebody twice", { $0.groups = [.init(name: "g", members: ["ada", "ada"])] }),
    (
      "ticket_types[0].fields[0].options", "is required for a choice",
      {
        $0.ticketTypes = [
          .init(name: "t", displayName: "", fields: [.init(name: "f", kind: .choice)], endsIn: [.solved])
        ]
      }
    ),
    (
      "ticket_types[0].name", "must be of lower-case letters",
      { $0.ticketTypes = [.init(name: "T", displayName: "", fields: [], endsIn: [.solved])] }
    ),
    ("tenant", "is for tenant `other`", { $0.tenant = "other" }),
    (
      "rules", "unknown queue `Detla`; did you mean `Delta`?",
      { $0.rules = Scene.rules.replacing("Delta\"\n", with: "Detla\"\n") }
    ),
  ]

  func outcome(
    _ document: TenantDocument, on configuration: TenantConfiguration, force: Bool = false,
    redirects: [ApplyConfiguration.Redirect] = [], _ facts: ApplyConfiguration.Facts = .init(),
    as principal: Principal = Scene.admin
  ) throws(Rejection) -> ApplyConfiguration.Outcome {
    try ApplyConfiguration(document: document, rulesHash: [7], force: force, redirects: redirects)
      .outcome(in: situation(configuration, principal), given: facts)
  }

  func situation(_ configuration: TenantConfiguration, _ principal: Principal = Scene.admin) -> Situation {
    Situation(
      principal: principal, configuration: configuration, now: Scene.now,
      revision: Revision(configuration.version.value + 1), quotas: .standard)
  }

  /// The configuration after an outcome; checks that each new thing has the revision of its own plan as its id.
  private func committed(
    _ outcome: ApplyConfiguration.Outcome, on configuration: TenantConfiguration
  ) throws -> TenantConfiguration {
    let plans = try #require(outcome.plans)
    var changes: [Change] = []
    for (offset, plan) in ([plans.first] + plans.others).enumerated() {
      let revision = configuration.version.value + 1 + Int64(offset)
      for change in plan.changes {
        switch change {
        case .insertOrganization(let made): #expect(made.id.value == revision)
        case .insertPerson(let made): #expect(made.id.value == revision)
        case .insertGroup(let made): #expect(made.id.value == revision)
        case .insertQueue(let made): #expect(made.id.value == revision)
        case .insertGrant(let made): #expect(made.id.value == revision)
        default: continue
        }
      }
      changes += plan.changes
    }
    // At once, as the server does: rules may name queues that are made after them.
    return configuration.applying(changes, at: Revision(configuration.version.value + 1 + Int64(plans.others.count)))
  }

  /// Whatever a tenant was, it is afterwards as the document says, and applying it again changes nothing.
  @Test func documentsRoundTrip() throws {
    var random = RuleRandom(seed: 0x5eed)
    var applied = 0
    for _ in 0..<300 {
      let (first, second) = (RandomDocument.make(&random), RandomDocument.make(&random))
      var configuration = Self.empty
      for document in [first, second] where document != TenantDocument() {
        let gone = Set((TenantDocument(of: configuration).queues ?? []).map(\.name))
          .subtracting((document.queues ?? []).map(\.name))
        let target = document.queues?.first?.name
        let redirects = target.map { target in
          gone.sorted().map { ApplyConfiguration.Redirect(queue: $0, target: target) }
        }
        // Rules cannot be taken away, so they would go on naming a queue that nothing can take the place of.
        if target == nil, !gone.isEmpty { continue }
        let result = try outcome(document, on: configuration, force: true, redirects: redirects ?? [])
        #expect(result.problems.isEmpty && result.blocked.isEmpty, "\(result.problems) \(result.blocked)")
        if result.plans != nil {
          configuration = try committed(result, on: configuration)
          applied += 1
        }
        var expected = document.canonical(in: configuration.tenant)
        if document.rules == nil { expected.rules = configuration.rules?.record.text }
        #expect(TenantDocument(of: configuration) == expected)
        let again = try outcome(document, on: configuration)
        #expect(again.differences.isEmpty && again.plans == nil)
        #expect(try outcome(TenantDocument(of: configuration), on: configuration).differences.isEmpty)
      }
    }
    #expect(applied >= 400, "of 600 documents")
  }

  var scene: TenantConfiguration { Scene().configuration }

  func exported(_ change: (inout TenantDocument) -> Void) -> TenantDocument {
    var document = TenantDocument(of: scene)
    change(&document)
    return document
  }

  @Test func anAbsentSectionIsLeftAlone() throws {
    var document = TenantDocument()
    document.settings = .init(categories: ["Storage", "Login"])
    let result = try outcome(document, on: scene)
    #expect(result.differences.map(\.noun) == [.settings])
    #expect(result.differences.first?.changes.first?.added == ["Storage", "Login"])
    let after = try committed(result, on: scene)
    #expect(after.people.count == scene.people.count && after.queue(named: "Delta") == Scene.deltaQueue)
  }

  @Test(arguments: ["\n", "\r\n"])
  func rulesAreComparedLineByLine(_ end: String) throws {
    let before = exported { $0.rules = $0.rules.map { $0.replacing("\n", with: end) } }
    let result = try outcome(before, on: scene)
    let configuration = result.plans == nil ? scene : try committed(result, on: scene)
    #expect(configuration.rules?.record.text == before.rules)
    var after = TenantDocument()
    after.rules = configuration.rules?.record.text.replacing("\(end)", with: "\(end)# new\(end)", maxReplacements: 1)
    let lines = try outcome(after, on: configuration).differences.first?.changes.first { $0.field == "lines" }
    #expect(lines?.added == ["# new"] && lines?.removed == [])
  }

  /// What is wrong, and where it says so.
  @Test(arguments: faults.indices)
  func problemsSayWhereTheyAre(_ index: Int) throws {
    let (field, message, change) = Self.faults[index]
    let result = try outcome(exported(change), on: scene)
    #expect(result.problems.contains { $0.field == field && $0.message.contains(message) }, "\(result.problems)")
    #expect(result.plans == nil && result.differences.isEmpty || field == "rules")
    let refused = rejection { () throws(Rejection) in
      _ = try ApplyConfiguration(document: exported(change), rulesHash: []).decide(
        in: situation(scene), given: .init())
    }
    #expect(refused?.reason == .invalidField)
  }

  @Test func aQueueInUseIsRemovedOnlyWithARedirect() throws {
    let document = exported { $0.queues?.removeAll { $0.name == "Delta" } }
    let waiting = ApplyConfiguration.Facts(ticketsInQueues: [Scene.deltaQueue.id: [Scene.ticket(assignee: Scene.ada)]])
    let refused = try outcome(document, on: scene, force: true, waiting)
    #expect(refused.plans == nil)
    #expect(refused.blocked.first?.contains("rule `storage` on line 4") == true)
    #expect(refused.blocked.first?.contains("#50") == true)

    let result = try outcome(
      document, on: scene, redirects: [.init(queue: "Delta", target: "ACCESS-ACO-Triage")], waiting)
    #expect(result.blocked.isEmpty && result.ticketsMoved == 1)
    let after = try committed(result, on: scene)
    #expect(after.queue(named: "Delta")?.state == .retired)
    #expect(after.queue(named: "Delta")?.redirect == Scene.triage.id)

    // It comes back with its id when a document names it again, as a rollback does.
    let back = try outcome(TenantDocument(of: scene), on: after)
    #expect(back.differences.map(\.name) == ["Delta"])
    #expect(try committed(back, on: after).queue(named: "Delta") == Scene.deltaQueue)

    let astray = try outcome(document, on: scene, redirects: [.init(queue: "Delta", target: "Nowhere")])
    #expect(astray.problems.map(\.field) == ["redirects[0].to"])
    let idle = try outcome(
      TenantDocument(of: scene), on: scene, redirects: [.init(queue: "Delta", target: "ACCESS-ACO-Triage")])
    #expect(idle.problems.map(\.field) == ["redirects[0].queue"])
  }

  /// A queue that is named again has no redirect any more: A to B and then B to A leads to A, and no further.
  @Test func redirectsNeverComeRound() throws {
    func without(_ name: String, leadingTo other: String, _ configuration: TenantConfiguration) throws
      -> TenantConfiguration
    {
      var document = TenantDocument(of: scene)
      document.queues?.removeAll { $0.name == name }
      document.rules = nil
      return try committed(
        outcome(document, on: configuration, redirects: [.init(queue: name, target: other)]), on: configuration)
    }
    func place(_ configuration: TenantConfiguration, category: String) throws -> String? {
      let ticket = try CreateTicket(
        subject: "s", body: "", requester: "u@lab.example.edu", channel: "", category: category, resource: "", tags: [],
        priority: .normal
      ).decide(in: situation(configuration)).outcome.ticket
      return configuration.queues[ticket.queue]?.name
    }
    let triage = "ACCESS-ACO-Triage"
    let first = try without("Delta", leadingTo: triage, scene)
    #expect(try place(first, category: "Storage") == triage)
    // Delta is named again by the same document that removes what it led to.
    let second = try without(triage, leadingTo: "Delta", first)
    #expect(
      second.queue(named: "Delta")?.redirect == nil && second.queue(named: triage)?.redirect == Scene.deltaQueue.id)
    #expect(try place(second, category: "Storage") == "Delta")
    #expect(try place(second, category: "") == "Delta")
    #expect(second.redirectDepth(of: Scene.deltaQueue.id) == 1)
  }

  /// The rules follow once for all queues that go, with the same result as one by one.
  @Test func queuesThatGoTogetherLeaveTheRulesRight() throws {
    var (chat, mail) = (Scene.deltaQueue, Scene.deltaQueue)
    (chat.id, chat.name, chat.keywords) = (QueueID(23), "Chat", ["chat"])
    (mail.id, mail.name, mail.keywords) = (QueueID(24), "Mail", ["mail"])
    let before = Scene(queues: [Scene.deltaQueue, Scene.triage, chat, mail]).configuration
    var document = TenantDocument()
    document.queues = TenantDocument(of: before).queues?.filter { !["Chat", "Mail"].contains($0.name) }
    let result = try outcome(document, on: before, redirects: [.init(queue: "Mail", target: "Delta")])
    #expect(result.blocked.isEmpty)
    let after = try committed(result, on: before)
    for (subject, queue) in [("chat", Scene.triage.id), ("mail", Scene.triage.id), ("slurm", Scene.deltaQueue.id)] {
      let ticket = try CreateTicket(
        subject: subject, body: "", requester: "u@lab.example.edu", channel: "", category: "", resource: "", tags: [],
        priority: .normal
      ).decide(in: situation(after)).outcome.ticket
      #expect(ticket.queue == queue)
    }
  }

  @Test func aPersonInUseIsRemovedOnlyByForce() throws {
    var document = TenantDocument()
    document.people = TenantDocument(of: scene).people?.filter { $0.handle != "ada" }
    let facts = ApplyConfiguration.Facts(
      ticketsOfPeople: [Scene.ada.id: [Scene.ticket(assignee: Scene.ada)]], tokens: [TokenID(51)])
    let refused = try outcome(document, on: scene, facts)
    #expect(refused.blocked == ["person `ada` is an agent of `Delta`", "person `ada` has open tickets: #50"])

    let result = try outcome(document, on: scene, force: true, facts)
    #expect(result.ticketsUnassigned == 1 && result.tokensRevoked == [TokenID(51)])
    #expect(result.plans?.first.changes.contains(.revokeToken(TokenID(51))) == true)
    let released = result.plans?.others.last
    #expect(released?.event.kind == .ticketReleased)
    #expect(released?.event.reason == "`ada` was removed from the tenant")
    let after = try committed(result, on: scene)
    #expect(after.person(withHandle: "ada") == nil)
    #expect(after.people[Scene.ada.id]?.handle == "ada")
    #expect(after.queue(named: "Delta")?.agents == [Scene.ben.id])
    #expect(after.queue(named: "Delta")?.defaultAssignee == nil)
    #expect(EffectiveAccess(of: Scene.ada.id, in: after).rights(on: Scene.deltaQueue).isEmpty)

    // A registration from before does not bring the person back as an agent.
    var queue = Scene.deltaQueue
    (queue.id, queue.name) = (QueueID(80), "New")
    let registration = QueueRegistration(
      id: RegistrationID(80), state: .submitted, queue: queue, askedBy: Actor(name: "ben"), askedAt: Scene.now)
    let approval = rejection { () throws(Rejection) in
      _ = try ApproveQueueRegistration(registration: RegistrationID(80), answer: "")
        .decide(in: situation(after), given: RegistrationFacts(registration: registration))
    }
    #expect(approval?.reason == .personNotFound)

    // Who is made again is the same person, and nothing of what they held comes with it.
    let made = try CreatePerson(handle: "ada", displayName: "Ada", email: "", organization: "")
      .decide(in: situation(after))
    #expect(made.outcome.id == Scene.ada.id)
    #expect(after.applying(made.plan.changes, at: Revision(500)).person(withHandle: "ada")?.displayName == "Ada")
  }

  /// Coming back is no change of mind.
  @Test func anOptingOutOutlivesARemoval() throws {
    var queue = Scene.deltaQueue
    queue.watchers = [
      Watcher(.person(Scene.ben.id), addedBy: Actor(name: "a"), addedAt: Scene.now, optedOutAt: Scene.now)
    ]
    let before = Scene(queues: [queue, Scene.triage]).configuration
    var without = TenantDocument()
    without.people = TenantDocument(of: before).people?.filter { $0.handle != "ben" }
    let removed = try committed(outcome(without, on: before, force: true), on: before)
    #expect(removed.person(withHandle: "ben") == nil)
    let back = try committed(outcome(TenantDocument(of: before), on: removed), on: removed)
    #expect(back.person(withHandle: "ben") != nil)
    #expect(back.queue(named: "Delta")?.watchers.map(\.state) == [.optedOut])
  }

  @Test func nobodyRemovesThemselves() throws {
    var document = TenantDocument()
    document.people = TenantDocument(of: scene).people?.filter { $0.handle != "cyd" }
    var principal = Scene.agent(Scene.cyd)
    principal.role = .tenantAdmin
    #expect(
      try outcome(document, on: scene, force: true, as: principal).blocked
        == ["person `cyd` is who asks; have another admin apply it"])
  }

  @Test func anOrganizationThatHasQueuesStays() throws {
    var document = TenantDocument()
    document.organizations = TenantDocument(of: scene).organizations?.filter { $0.name != "Delta" }
    #expect(try outcome(document, on: scene).blocked.count == 2)
    #expect(
      try outcome(document, on: scene, force: true).blocked
        == ["organization `Delta` has queues: `Delta`; give them to another one, or remove them too"])
  }

  @Test func thePlanSaysWhoGainsAndLosesWhat() throws {
    let document = exported {
      $0.queues?[1].agents = ["ada", "cyd"]
      $0.grants = [
        .init(role: .viewer, grantee: .person("ben"), scope: .tenant),
        .init(role: .auditor, grantee: .person("cyd"), scope: .organization("ACO")),
      ]
    }
    let changes = try outcome(document, on: scene).access
    #expect(
      changes == [
        .init(person: "ben", queue: nil, gained: [.browse], lost: []),
        .init(
          person: "ben", queue: "Delta", gained: [],
          lost: [.create, .update, .own, .take, .reassignInternally, .reassignExternally, .comment, .note]),
        .init(person: "cyd", queue: "ACCESS-ACO-Triage", gained: [.audit], lost: []),
        .init(person: "cyd", queue: "Delta", gained: Role.agent.rights.list, lost: []),
      ])
  }

  @Test func grantsToTokensAndWatchersThatStayAreLeftAlone() throws {
    let grant = Grant(
      id: GrantID(70), grantee: .token(TokenID(31)), role: .viewer, scope: .tenant, grantedBy: Actor(name: "a"),
      grantedAt: Scene.now)
    let configuration = Scene(grants: [grant]).configuration
    var document = TenantDocument(of: configuration)
    document.grants = []
    #expect(try outcome(document, on: configuration).differences.isEmpty)
  }

  @Test func rulesNeedTheRightToEditThemAndAPlanItsVersion() throws {
    let document = exported { $0.rules = Scene.rules.replacing("version 1", with: "version 2") }
    #expect(try outcome(document, on: scene).differences.map(\.noun) == [.rules])
    let stale = rejection { () throws(Rejection) in
      _ = try ApplyConfiguration(document: document, rulesHash: [], expectedVersion: Revision(1))
        .decide(in: situation(scene), given: .init())
    }
    #expect(stale?.reason == .versionMismatch)
    let agent = rejection { () throws(Rejection) in
      _ = try outcome(document, on: scene, as: Scene.agent(Scene.ada))
    }
    #expect(agent?.reason == .notPermitted)
  }

  @Test func aVersionIsKeptWithHowThingsWereFound() throws {
    let document = exported { $0.people?.append(.init(handle: "dan")) }
    let encode = { (document: TenantDocument) in Array((document.people ?? []).map(\.handle).joined().utf8) }
    func versions(_ newest: ConfigurationVersion?) throws -> [ConfigurationVersion] {
      let result = try outcome(document, on: scene, .init(newest: newest, encode: encode))
      return (result.plans?.first.changes ?? []).compactMap {
        if case .keepConfigurationVersion(let version) = $0 { version } else { nil }
      }
    }
    let first = try versions(nil)
    #expect(first.map(\.version) == [Revision(99), Revision(100)])
    #expect(first.map { String(decoding: $0.document, as: UTF8.self) } == ["adabencyd", "adabencyddan"])
    #expect(first.map(\.appliedBy.name) == ["", "desk-admin"])
    var known = first[0]
    known.version = Revision(98)
    #expect(try versions(known).map(\.version) == [Revision(100)])
  }
}
