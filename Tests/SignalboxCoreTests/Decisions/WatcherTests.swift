import SignalboxCore
import Testing

struct WatcherTests {
  private static let secret = WatcherSecret(text: "sbw1.secret", hash: [1, 2, 3])
  private static let manager = Grant(
    id: GrantID(70), grantee: .person(Scene.ben.id), role: .queueManager, scope: .queue(Scene.deltaQueue.id),
    grantedBy: Actor(name: "admin"), grantedAt: Scene.now)
  private static let systemAdmin = Principal(
    tenant: TenantID(5), role: .systemAdmin, person: nil, handle: nil, tokenTenant: .system, token: TokenID(1),
    tokenName: "root")

  private func watcher(_ who: Watcher.Who, out: Bool = false, confirmed: Bool = true) -> Watcher {
    var watcher = Watcher(who, addedBy: Actor(name: "ada"), addedAt: Scene.now)
    if case .address = who, confirmed { watcher.confirmedAt = Scene.now }
    if out { watcher.optedOutAt = Scene.now }
    return watcher
  }

  private func scene(_ watchers: [Watcher], beside queues: [Queue] = []) -> Scene {
    var delta = Scene.deltaQueue
    delta.watchers = watchers
    return Scene(queues: [delta, Scene.triage] + queues, grants: [Self.manager])
  }

  private func add(
    _ who: String, events: WatcherEvents? = .usual, confirms: Bool = false, as principal: Principal, in scene: Scene
  ) throws(Rejection) -> Decided<QueueWatcher> {
    try AddWatcher(queue: "Delta", who: who, events: events, confirms: confirms)
      .decide(in: scene.situation(principal), secret: Self.secret)
  }

  private func after(_ decided: Decided<QueueWatcher>, in scene: Scene) -> Scene {
    var next = scene
    next.configuration = scene.configuration.applying(decided.plan.changes, at: Revision(101))
    return next
  }

  private func facts(_ address: String, expiresIn: Int64 = 1) -> WatcherTokenFacts {
    WatcherTokenFacts(
      token: WatcherToken(
        queue: Scene.deltaQueue.id, address: address, hash: [1, 2, 3],
        expiresAt: Timestamp(milliseconds: Scene.now.milliseconds + expiresIn)))
  }

  @Test(
    arguments: [
      ("cyd", Scene.agent(Scene.ben), nil), ("ada", Scene.agent(Scene.ada), nil),
      ("desk@example.net", Scene.admin, nil),
      ("desk@example.net", Self.systemAdmin, nil), ("ben", Scene.agent(Scene.ada), .notPermitted),
      ("desk@example.net", Scene.agent(Scene.ada), .notPermitted), ("cyd", Scene.agent(Scene.cyd), .notPermitted),
      ("zoe", Scene.admin, .personNotFound), ("a@b", Scene.admin, .invalidField), ("", Scene.admin, .personNotFound),
      ("W@EXAMPLE.org", Scene.admin, .alreadyExists),
    ] as [(String, Principal, Rejection.Reason?)])
  func whoMayAddWhom(who: String, principal: Principal, expected: Rejection.Reason?) {
    let scene = scene([watcher(.address("w@example.org"))])
    let refused = rejection { () throws(Rejection) in _ = try add(who, as: principal, in: scene) }
    #expect(refused?.reason == expected)
  }

  @Test func anAddressWaitsAndAPersonDoesNot() throws {
    let scene = scene([])
    let person = try add("cyd", events: WatcherEvents(.status), as: Scene.agent(Scene.ben), in: scene)
    #expect(person.outcome.watcher.state == .active)
    #expect(person.plan.outbox.isEmpty)
    #expect(person.plan.event.kind == .watcherAdded && person.plan.event.subject == "cyd of Delta")
    #expect(person.plan.event.queueAfter == Scene.deltaQueue.id)
    #expect(
      person.plan.event.changes == [.init("events", from: nil, to: "status"), .init("state", from: nil, to: "active")])
    let address = try add("desk@example.net", as: Scene.agent(Scene.ben), in: scene)
    #expect(address.outcome.watcher.state == .pending)
    #expect(
      address.plan.outbox == [.init(role: .watcherConfirmation, address: "desk@example.net", payload: "sbw1.secret")])
    let end = Timestamp(milliseconds: Scene.now.milliseconds + Limits.watcherTokenLifetime)
    let token = WatcherToken(
      queue: Scene.deltaQueue.id, address: "desk@example.net", hash: [1, 2, 3], expiresAt: end)
    #expect(address.plan.changes.last == .putWatcherToken(token))
    let next = after(address, in: scene).configuration
    #expect(next.queue(named: "Delta")?.watchers == [address.outcome.watcher])
    #expect(next.version == Revision(101))
  }

  @Test func onlyAdminsAnswerForAnAddress() throws {
    let scene = scene([watcher(.address("desk@example.net"), confirmed: false)])
    let byManager = rejection { () throws(Rejection) in
      _ = try add("w@example.org", confirms: true, as: Scene.agent(Scene.ben), in: scene)
    }
    #expect(byManager?.reason == .notPermitted)
    let confirmed = try add("w@example.org", confirms: true, as: Scene.admin, in: scene).outcome.watcher
    #expect(confirmed.state == .active && confirmed.confirmedBy == Scene.admin.actor)
    let person = rejection { () throws(Rejection) in _ = try add("ada", confirms: true, as: Scene.admin, in: scene) }
    #expect(person?.reason == .invalidField)

    let confirm = ConfirmWatcher(by: .admin(queue: "Delta", who: "Desk@example.net"))
    func decide(_ principal: Principal, in scene: Scene) throws(Rejection) -> Decided<QueueWatcher> {
      try confirm.decide(in: scene.situation(principal), given: WatcherTokenFacts(token: nil))
    }
    #expect(
      rejection { () throws(Rejection) in _ = try decide(Scene.agent(Scene.ben), in: scene) }?.reason == .notPermitted)
    let decided = try decide(Scene.admin, in: scene)
    #expect(decided.outcome.watcher.confirmedBy == Scene.admin.actor)
    #expect(
      decided.plan.event.changes == [
        .init("state", from: "pending", to: "active"), .init("confirmed_by", from: nil, to: "desk-admin"),
      ])
    let again = after(decided, in: scene)
    #expect(rejection { () throws(Rejection) in _ = try decide(Scene.admin, in: again) }?.reason == .watcherState)
  }

  // MARK: Opting out

  /// Everything by which somebody might have a watcher told again that opted out.
  enum Override: CaseIterable {
    case add, addOtherForm, update, remove, confirm, resend, optIn
  }

  @Test(arguments: Override.allCases, [Scene.agent(Scene.ben), Scene.admin, systemAdmin])
  func nobodyElseUndoesIt(override: Override, principal: Principal) {
    let scene = scene([
      watcher(.person(Scene.ada.id), out: true), watcher(.address("desk@example.net"), out: true, confirmed: false),
    ])
    let situation = scene.situation(principal)
    func decide(_ who: String, otherForm: String) throws(Rejection) {
      switch override {
      case .add: _ = try add(who, as: principal, in: scene)
      case .addOtherForm: _ = try add(otherForm, confirms: false, as: principal, in: scene)
      case .update:
        _ = try UpdateWatcher(queue: "Delta", who: who, events: .all).decide(in: situation)
      case .remove: _ = try RemoveWatcher(queue: "Delta", who: who).decide(in: situation)
      case .confirm:
        _ = try ConfirmWatcher(by: .admin(queue: "Delta", who: who)).decide(in: situation, given: .init(token: nil))
      case .resend:
        _ = try SendWatcherConfirmation(queue: "Delta", who: who).decide(in: situation, secret: Self.secret)
      case .optIn: _ = try OptInWatcher(by: .caller(queue: "Delta")).decide(in: situation, given: .init(token: nil))
      }
    }
    for (who, form) in [("ada", "ADA@example.org"), ("desk@example.net", "Desk@Example.net")] {
      let reason = rejection { () throws(Rejection) in try decide(who, otherForm: form) }?.reason
      switch override {
      // Confirming is for admins anyway, and for addresses.
      case .confirm where principal == Scene.agent(Scene.ben): #expect(reason == .notPermitted)
      case .confirm where who == "ada", .resend where who == "ada": #expect(reason == .watcherState)
      // Opting in is for whoever calls, and these are no watchers.
      case .optIn: #expect(reason == .watcherNotFound || reason == .notPermitted)
      default: #expect(reason == .watcherOptedOut, "\(override) of \(who)")
      }
    }
  }

  @Test func thePersonAloneOptsInAgain() throws {
    let scene = scene([watcher(.person(Scene.ada.id))])
    let ada = Scene.agent(Scene.ada)
    let none = WatcherTokenFacts(token: nil)
    let out = try OptOutWatcher(by: .caller(queue: "Delta")).decide(in: scene.situation(ada), given: none)
    #expect(out.outcome.watcher.state == .optedOut)
    #expect(out.plan.event.kind == .watcherOptedOut)
    #expect(out.plan.event.changes == [.init("state", from: "active", to: "opted_out")])
    let without = after(out, in: scene)
    let twice = rejection { () throws(Rejection) in
      _ = try OptOutWatcher(by: .caller(queue: "Delta")).decide(in: without.situation(ada), given: none)
    }
    #expect(twice?.reason == .watcherState)
    // What it wants to be told of it may still say.
    _ = try UpdateWatcher(queue: "Delta", who: "ada", events: WatcherEvents(.status)).decide(in: without.situation(ada))
    let back = try OptInWatcher(by: .caller(queue: "Delta")).decide(in: without.situation(ada), given: none)
    #expect(back.outcome.watcher == scene.configuration.queue(named: "Delta")?.watchers[0])
    let early = rejection { () throws(Rejection) in
      _ = try OptInWatcher(by: .caller(queue: "Delta")).decide(in: scene.situation(ada), given: none)
    }
    #expect(early?.reason == .watcherState)
    // A token that is limited to other queues does not reach this one.
    var elsewhere = ada
    elsewhere.queueScope = [Scene.triage.id]
    let limited = rejection { () throws(Rejection) in
      _ = try OptOutWatcher(by: .caller(queue: "Delta")).decide(in: scene.situation(elsewhere), given: none)
    }
    #expect(limited?.reason == .watcherNotFound)
  }

  @Test func registeringAnewIsNoWayAround() throws {
    var retired = Scene.deltaQueue
    (retired.id, retired.name, retired.state) = (QueueID(24), "Delta-Old", .retired)
    retired.watchers = [
      watcher(.person(Scene.ada.id), out: true), watcher(.address("desk@example.net"), out: true),
      watcher(.address("w@example.org")),
    ]
    let scene = scene([], beside: [retired])
    let wish = RegisterQueue(
      name: "Delta-New", kind: .resourceProvider, organization: "Delta", description: "", agents: [],
      watchers: ["ada", "Desk@example.net", "w@example.org:arrivals+notes"], defaultAssignee: "", keywords: [],
      additional: true)
    let findings = LintQueueRegistration(wish).findings(
      in: scene.configuration, given: LintQueueRegistration(wish).evidence(in: scene.configuration))
    #expect(findings.filter { $0.kind == .watcherOptedOut }.map(\.value) == ["ada", "Desk@example.net"])
    #expect(findings.filter { $0.kind == .addressUnconfirmed }.map(\.value) == ["w@example.org"])
    let asked = try wish.decide(in: scene.situation(Scene.agent(Scene.ada))).outcome
    for confirms in [false, true] {
      let approved = try ApproveQueueRegistration(registration: asked.id, answer: "", confirmsAddresses: confirms)
        .decide(
          in: scene.situation(Scene.admin),
          given: RegistrationFacts(
            registration: asked, watcherSecrets: Array(repeating: Self.secret, count: 3)))
      let watchers = approved.outcome.queue.watchers
      #expect(watchers.map(\.state) == [.optedOut, .optedOut, confirms ? .active : .pending])
      #expect(watchers[2].events == WatcherEvents(.arrivals, .notes))
      #expect(watchers.map(\.confirmedBy) == [nil, nil, confirms ? Scene.admin.actor : nil])
      let mails = approved.plan.outbox.filter { $0.role == .watcherConfirmation }
      #expect(mails.map(\.address) == ["w@example.org"])
      #expect(
        approved.plan.event.changes.filter { $0.field == "confirmed" }.map(\.after)
          == (confirms ? ["w@example.org"] : []))
    }
    // Nor is adding afterwards.
    for who in ["ada", "DESK@example.net"] {
      let refused = rejection { () throws(Rejection) in _ = try add(who, as: Scene.admin, in: scene) }
      #expect(refused?.reason == .watcherOptedOut)
    }
    _ = try add("ada", as: Scene.agent(Scene.ada), in: scene)
  }

  @Test func removingIsForManagersAndTheWatcher() throws {
    let scene = scene([watcher(.person(Scene.cyd.id)), watcher(.address("w@example.org"))])
    func remove(_ who: String, as principal: Principal) throws(Rejection) -> Decided<QueueWatcher> {
      try RemoveWatcher(queue: "Delta", who: who).decide(in: scene.situation(principal))
    }
    let removed = try remove("cyd", as: Scene.agent(Scene.cyd))
    #expect(
      after(removed, in: scene).configuration.queue(named: "Delta")?.watchers.map(\.who) == [
        .address("w@example.org")
      ])
    _ = try remove("W@example.org", as: Scene.agent(Scene.ben))
    // Who may not manage them learns nothing of who watches.
    for who in ["w@example.org", "nobody@example.org"] {
      let refused = rejection { () throws(Rejection) in _ = try remove(who, as: Scene.agent(Scene.ada)) }
      #expect(refused?.reason == .notPermitted)
    }
    #expect(rejection { () throws(Rejection) in _ = try remove("ada", as: Scene.admin) }?.reason == .watcherNotFound)
  }

  // MARK: Tokens

  @Test(
    arguments: [
      (false, false, 1, nil), (false, false, 0, .watcherTokenNotFound), (true, false, 1, .watcherTokenNotFound),
      (false, true, 1, .watcherTokenNotFound),
    ] as [(Bool, Bool, Int64, Rejection.Reason?)])
  func aTokenConfirmsOnceAndInTime(confirmed: Bool, out: Bool, expiresIn: Int64, expected: Rejection.Reason?) {
    let scene = scene([watcher(.address("w@example.org"), out: out, confirmed: confirmed)])
    // Whoever of the tenant hands it in.
    let situation = scene.situation(Scene.agent(Scene.cyd))
    func confirm(_ facts: WatcherTokenFacts) -> Rejection? {
      rejection { () throws(Rejection) in
        let watcher = try ConfirmWatcher(by: .token).decide(in: situation, given: facts).outcome.watcher
        #expect(watcher.state == .active && watcher.confirmedBy == nil)
      }
    }
    let refused = confirm(facts("w@example.org", expiresIn: expiresIn))
    #expect(refused?.reason == expected)
    // What is not known is answered no differently.
    let unknown = confirm(WatcherTokenFacts(token: nil))
    #expect(unknown == confirm(facts("gone@example.org")))
    if refused != nil { #expect(refused == unknown) }
  }

  @Test func anAddressOptsOutAndInByItsTokenForEver() throws {
    let scene = scene([watcher(.address("w@example.org"), confirmed: false)])
    let situation = scene.situation(Scene.agent(Scene.cyd))
    let old = facts("w@example.org", expiresIn: -1)
    let out = try OptOutWatcher(by: .token).decide(in: situation, given: old)
    #expect(out.outcome.watcher.state == .optedOut)
    #expect(out.plan.event.reason == "by the token of its mail")
    // An expired token does not become a confirmation by this way round.
    let back = try OptInWatcher(by: .token).decide(in: after(out, in: scene).situation(Scene.admin), given: old)
    #expect(back.outcome.watcher.state == .pending)
  }

  @Test func aNewMailHasANewToken() throws {
    let scene = scene([watcher(.address("w@example.org")), watcher(.person(Scene.ada.id))])
    func send(_ who: String, as principal: Principal) throws(Rejection) -> Decided<QueueWatcher> {
      try SendWatcherConfirmation(queue: "Delta", who: who)
        .decide(in: scene.situation(principal), secret: Self.secret)
    }
    let sent = try send("w@example.org", as: Scene.agent(Scene.ben))
    #expect(sent.plan.event.kind == .watcherConfirmationSent)
    #expect(sent.plan.outbox.map(\.payload) == ["sbw1.secret"])
    #expect(sent.plan.changesConfiguration == false)
    #expect(
      rejection { () throws(Rejection) in _ = try send("w@example.org", as: Scene.agent(Scene.ada)) }?.reason
        == .notPermitted)
    #expect(rejection { () throws(Rejection) in _ = try send("ada", as: Scene.admin) }?.reason == .watcherState)
  }

  @Test func aQueueHasSoManyWatchersAtMost() {
    let full = scene((0..<Limits.watchersPerQueue).map { watcher(.address("w\($0)@example.org")) })
    #expect(
      rejection { () throws(Rejection) in _ = try add("one@more.example", as: Scene.admin, in: full) }?.reason
        == .limitReached)
  }

  @Test(arguments: [nil, []] as [WatcherEvents?])
  func eventsAreKnownOnesAndAtLeastOne(events: WatcherEvents?) {
    let scene = scene([watcher(.person(Scene.ada.id))])
    let added = rejection { () throws(Rejection) in _ = try add("cyd", events: events, as: Scene.admin, in: scene) }
    #expect(added?.violations.first?.field == "events")
    let updated = rejection { () throws(Rejection) in
      _ = try UpdateWatcher(queue: "Delta", who: "ada", events: events).decide(in: scene.situation(Scene.admin))
    }
    #expect(updated?.violations.first?.field == "events")
  }
}
