import SignalboxCore
import Testing

struct QuotaTests {
  private static let root = Principal(
    tenant: TenantID(5), role: .systemAdmin, person: nil, handle: nil, tokenTenant: .system, token: TokenID(1),
    tokenName: "root")

  /// A situation in which nothing more of anything fits, or one more.
  private func situation(_ quota: Quota, room: Int, own: Bool) -> Situation {
    let crew = Group(id: GroupID(60), name: "crew", displayName: "", members: [])
    let grant = Grant(
      id: GrantID(70), grantee: .group(crew.id), role: .viewer, scope: .tenant, grantedBy: Actor(name: "admin"),
      grantedAt: Scene.now)
    let scene = Scene(groups: [crew], grants: [grant])
    var situation = scene.situation(Scene.admin)
    situation.usage = Usage(tickets: 7, tokens: 7, openRegistrations: 7)
    let count =
      switch quota {
      case .organizations: 2
      case .people: 3
      case .queues: 2
      case .groups, .grants: 1
      case .tokens, .openRegistrations, .tickets: 7
      case .connections, .watches: 0
      }
    var quotas = Quotas()
    quotas[quota] = count + room
    if own {
      situation.quotas[quota] = 1
      situation.configuration = scene.configuration.applying([.updateTenantQuotas(quotas)], at: Revision(99))
    } else {
      situation.quotas = quotas
    }
    return situation
  }

  private func decide(_ quota: Quota, in situation: Situation) throws(Rejection) {
    switch quota {
    case .organizations:
      _ = try CreateOrganization(name: "New", kind: .partner, displayName: "").decide(in: situation)
    case .people:
      _ = try CreatePerson(handle: "new", displayName: "", email: "", organization: "").decide(in: situation)
    case .queues:
      var queue = Scene.deltaQueue
      queue.name = "New"
      let registration = QueueRegistration(
        id: RegistrationID(30), state: .submitted, queue: queue, askedBy: Actor(name: "ada"), askedAt: Scene.now)
      _ = try ApproveQueueRegistration(registration: registration.id, answer: "")
        .decide(in: situation, given: RegistrationFacts(registration: registration))
    case .groups: _ = try CreateGroup(name: "new", displayName: "", members: []).decide(in: situation)
    case .grants:
      _ = try GrantRole(role: .viewer, grantee: .person("ada"), scope: .tenant)
        .decide(in: situation, given: .init(token: nil))
    case .tokens:
      _ = try CreateToken(name: "new", role: .viewer, person: "", secretHash: [1])
        .decide(in: situation, given: .init(nameIsTaken: false))
    case .openRegistrations:
      _ = try RegisterQueue(
        name: "New", kind: .internal, organization: "Delta", description: "", agents: [], watchers: [],
        defaultAssignee: "", keywords: []
      ).decide(in: situation)
    case .tickets:
      let command = CreateTicket(
        subject: "s", body: "", requester: "u@lab.example.edu", channel: "", category: "", resource: "", tags: [],
        priority: .normal)
      let draft = command.draft(for: Scene.admin, in: situation.configuration, at: Scene.now)
      #expect(draft.outcome != nil)
      _ = try draft.decide(in: situation)
      _ = try command.decide(in: situation)
    case .connections, .watches: return
    }
  }

  @Test(arguments: Quota.allCases.filter { $0 != .connections && $0 != .watches }, [false, true])
  func oneMoreThanTheQuotaIsRefused(_ quota: Quota, own: Bool) {
    #expect(
      rejection { () throws(Rejection) in try decide(quota, in: situation(quota, room: 1, own: own)) } == nil)
    let full = situation(quota, room: 0, own: own)
    let refused = rejection { () throws(Rejection) in try decide(quota, in: full) }
    #expect(refused?.reason == .quotaExceeded)
    #expect(refused?.limit == quota.rawValue)
    #expect(
      refused?.message.contains(
        "its quota \(quota.rawValue) is \(full.quotas.limit(quota, own: full.configuration.tenant.quotas));") == true)
  }

  /// Who was removed makes room for somebody else.
  @Test func whatWasRemovedDoesNotCount() throws {
    var (ada, delta) = (Scene.ada, Scene.delta)
    (ada.isRemoved, delta.isRemoved) = (true, true)
    for quota in [Quota.people, .organizations] {
      var full = situation(quota, room: 0, own: false)
      #expect(throws: Rejection.self) { try decide(quota, in: full) }
      full.configuration = full.configuration.applying(
        [.updatePerson(ada), .updateOrganization(delta)], at: Revision(99))
      #expect(throws: Never.self) { try decide(quota, in: full) }
    }
  }

  @Test func theTenantsOwnGoesFirstAndNothingBeyondWhatLoads() {
    var (standard, own) = (Quotas(), Quotas())
    #expect(standard.limit(.people, own: own) == 90_000)
    standard[.people] = 10
    #expect(standard.limit(.people, own: own) == 10)
    own[.people] = 20
    #expect(standard.limit(.people, own: own) == 20)
    own[.people] = 0
    #expect(standard.limit(.people, own: own) == 90_000)
    own[.people] = 100_000
    #expect(standard.limit(.people, own: own) == 90_000)
  }

  @Test(
    arguments: [
      (root, [("people_per_tenant", 5)], nil, nil),
      (root, [("people_per_tenant", 90_001)], .invalidField, "`people_per_tenant` is 90001, at most 90000 can be set"),
      (root, [("people_per_tenat", 5)], .invalidField, "did you mean `people_per_tenant`?"),
      (
        root, [("tickets_per_tenant", 5), ("tickets_per_tenant", 6)], .invalidField, "names `tickets_per_tenant` twice"
      ),
      (root, Array(repeating: ("x", 1), count: 1_000), .invalidField, "`x` is no quota"),
      (Scene.admin, [("people_per_tenant", 5)], .notPermitted, "set by a system admin"),
      (Scene.admin, [], nil, nil), (Scene.admin, nil, nil, nil),
    ] as [(Principal, [(String, UInt64)]?, Rejection.Reason?, String?)])
  func quotasAreSetBySystemAdmins(
    _ principal: Principal, _ quotas: [(String, UInt64)]?, _ reason: Rejection.Reason?, _ message: String?
  ) {
    var decided: Decided<Tenant>?
    let refused = rejection { () throws(Rejection) in
      decided = try UpdateTenantSettings(settings: .init(), quotas: quotas?.map { (name: $0.0, value: $0.1) })
        .decide(in: Scene().situation(principal))
    }
    #expect(refused?.reason == reason)
    if let message { #expect(refused?.message.contains(message) == true, "\(refused?.message ?? "")") }
    guard let decided, principal == Self.root else { return }
    #expect(decided.outcome.quotas[.people] == 5)
    #expect(decided.plan.event.changes == [Event.FieldChange("people_per_tenant", from: nil, to: "5")])
  }

  /// What is not named stays.
  @Test func quotasAreSetWithoutSettings() throws {
    let settings = Tenant.Settings(awardeeQueuePattern: "ACCESS-<TRACK>", categories: ["a", "b"])
    let situation = Scene(settings: settings).situation(Self.root)
    let decided = try UpdateTenantSettings(settings: nil, quotas: [("people_per_tenant", 5)]).decide(in: situation)
    #expect(decided.outcome.settings == settings && decided.outcome.quotas[.people] == 5)
    #expect(decided.plan.changes == [.updateTenantQuotas(decided.outcome.quotas)])
    #expect(decided.plan.event.changes.map(\.field) == ["people_per_tenant"])
  }

  @Test func whatAPlanChangesIsCounted() {
    let ticket = Scene.ticket()
    var registration = QueueRegistration(
      id: RegistrationID(30), state: .draft, queue: Scene.deltaQueue, askedBy: Actor(name: "ada"), askedAt: Scene.now)
    #expect(Usage(of: [.insertTicket(ticket), .insertTicket(ticket), .updateTicket(ticket)]) == Usage(tickets: 2))
    #expect(Usage(of: [.insertRegistration(registration)]) == Usage(openRegistrations: 1))
    #expect(Usage(of: [.updateRegistration(registration)]) == Usage())
    registration.state = .withdrawn
    #expect(Usage(of: [.updateRegistration(registration)]) == Usage(openRegistrations: -1))
    #expect(Usage(of: [.revokeToken(TokenID(1))]) == Usage(tokens: -1))
  }
}
