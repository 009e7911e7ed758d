import SignalboxCore
import Testing

struct AvailabilityTests {
  private static let manager = Grant(
    id: GrantID(70), grantee: .person(Scene.cyd.id), role: .queueManager, scope: .queue(Scene.deltaQueue.id),
    grantedBy: Actor(name: "admin"), grantedAt: Scene.now)

  private func set(
    _ presence: Availability.Presence?, of handle: String, by principal: Principal, grants: [Grant] = []
  ) -> Result<Decided<Person>, Rejection> {
    Result { () throws(Rejection) in
      try SetPresence(person: handle, presence: presence)
        .decide(in: Scene(grants: grants).situation(principal))
    }
  }

  @Test func aPresenceIsNotedWithItsTime() throws {
    let decided = try set(.away, of: "ada", by: Scene.agent(Scene.ada)).get()
    #expect(decided.outcome.availability.stated == .away && decided.outcome.availability.since == Scene.now)
    #expect(decided.plan.changes == [.updateAvailability(decided.outcome)])
    #expect(decided.plan.event.kind == .personPresenceChanged && decided.plan.event.subject == "ada")
    #expect(decided.plan.event.changes == [.init("presence", from: nil, to: "away")])
  }

  /// Saying it again changes neither the time nor anything else.
  @Test func theTimeIsThatOfTheChange() throws {
    var ada = Scene.ada
    let before = Timestamp(milliseconds: 5)
    ada.availability = Availability(stated: .away, since: before, capacity: 7, skills: ["gpu"])
    let situation = Scene(people: [ada]).situation(Scene.admin)
    #expect(try SetPresence(person: "ada", presence: .away).decide(in: situation).outcome == ada)
    let back = try SetPresence(person: "ada", presence: .available).decide(in: situation).outcome
    #expect(back.availability == Availability(stated: .available, since: Scene.now, capacity: 7, skills: ["gpu"]))
  }

  @Test func whoMaySayIt() {
    func reason(_ presence: Availability.Presence?, _ handle: String, _ caller: Principal, _ grants: [Grant] = [])
      -> Rejection.Reason?
    {
      switch set(presence, of: handle, by: caller, grants: grants) {
      case .success: nil
      case .failure(let rejection): rejection.reason
      }
    }
    #expect(reason(.away, "ada", Scene.admin) == nil)
    #expect(reason(.away, "ada", Scene.agent(Scene.ben)) == .notPermitted)
    #expect(reason(.away, "ada", Scene.agent(Scene.cyd)) == .notPermitted)
    // Who manages the queue of which ada is an agent, and no further.
    #expect(reason(.away, "ada", Scene.agent(Scene.cyd), [Self.manager]) == nil)
    var stranger = Self.manager
    stranger.scope = .queue(Scene.triage.id)
    #expect(reason(.away, "ada", Scene.agent(Scene.cyd), [stranger]) == .notPermitted)
    #expect(reason(.away, "nobody", Scene.admin) == .personNotFound)
    #expect(reason(nil, "ada", Scene.admin) == .invalidField)
  }

  struct Case: Sendable {
    var capacity: SetCapacity.Capacity?
    var skills: [String]?
    var handle = "ada"
    var caller = Scene.admin
    let expected: Rejection.Reason?
  }

  @Test(
    arguments: [
      Case(capacity: .units(0), expected: nil), Case(capacity: .units(1_000), expected: nil),
      Case(capacity: .units(1_001), expected: .invalidField), Case(capacity: .units(-1), expected: .invalidField),
      Case(capacity: .unlimited, expected: nil), Case(expected: .invalidField),
      Case(skills: ["gpu", "mail"], expected: nil), Case(skills: [], expected: nil),
      Case(skills: ["gpu", "gpu"], expected: .invalidField), Case(skills: ["a\nb"], expected: .invalidField),
      Case(skills: (0...32).map { "s\($0)" }, expected: .invalidField),
      Case(skills: [String(repeating: "x", count: 65)], expected: .invalidField),
      Case(capacity: .units(5), caller: Scene.agent(Scene.ada), expected: nil),
      Case(capacity: .units(5), caller: Scene.agent(Scene.ben), expected: .notPermitted),
      Case(capacity: .units(5), handle: "nobody", expected: .personNotFound),
    ])
  func capacities(_ test: Case) {
    let refused = rejection { () throws(Rejection) in
      _ = try SetCapacity(person: test.handle, capacity: test.capacity, skills: test.skills)
        .decide(in: Scene().situation(test.caller))
    }
    #expect(refused?.reason == test.expected)
  }

  @Test func whatIsNotNamedStays() throws {
    var ada = Scene.ada
    ada.availability = Availability(stated: .away, since: Scene.now, capacity: 7, skills: ["gpu"])
    let situation = Scene(people: [ada]).situation(Scene.admin)
    let skilled = try SetCapacity(person: "ada", capacity: nil, skills: ["mail", "gpu"]).decide(in: situation)
    #expect(
      skilled.outcome.availability
        == Availability(stated: .away, since: Scene.now, capacity: 7, skills: ["mail", "gpu"]))
    #expect(skilled.plan.event.changes == [.init("skills", from: "gpu", to: "mail, gpu")])
    let free = try SetCapacity(person: "ada", capacity: .unlimited, skills: nil).decide(in: situation)
    #expect(free.outcome.availability.capacity == nil && free.outcome.availability.skills == ["gpu"])
    #expect(free.plan.event.changes == [.init("capacity", from: "7", to: nil)])
    // The configuration that others hold says the same as one that is read anew.
    let next = situation.configuration.applying(free.plan.changes, at: Revision(100))
    #expect(next.people[ada.id] == free.outcome && free.plan.changesConfiguration)
  }
}
