import SignalboxCore
import Testing

struct PoolChoiceTests {
  private static let minute: Int64 = 60_000
  private static let now = Scene.now

  private static func agent(
    _ id: Int64, load: Int = 0, capacity: Int? = nil, skills: [String] = [], turn: Int64? = nil,
    presence: Availability.Presence? = nil, isAbsent: Bool = false, mayOwn: Bool = true, picked: [Int64] = []
  ) -> Roster.Agent {
    var person = Person(
      id: PersonID(id), handle: "p\(id)", displayName: "", email: "", organization: nil,
      availability: Availability(stated: presence, since: presence.map { _ in now }, capacity: capacity, skills: skills)
    )
    if isAbsent {
      person.absence = Absence(
        from: now, until: Timestamp(milliseconds: now.milliseconds + 1), substitute: PersonID(99))
    }
    return Roster.Agent(
      person, mayOwn: mayOwn, load: load, lastTurn: turn.map(Revision.init(_:)),
      pickedAt: picked.map { Timestamp(milliseconds: now.milliseconds - $0) })
  }

  private static func ticket(_ priority: Ticket.Priority = .normal, age: Int64 = 0) -> Ticket {
    var ticket = Scene.ticket()
    ticket.priority = priority
    ticket.createdAt = Timestamp(milliseconds: now.milliseconds - age)
    return ticket
  }

  struct Case: Sendable, CustomTestStringConvertible {
    let testDescription: String
    var strategy: PoolStrategy
    let agents: [Roster.Agent]
    var ticket = PoolChoiceTests.ticket()
    let picked: Int64?
    var excluded: [Int64: Assignment.Cause] = [:]
  }

  private static let roundRobin = PoolStrategy(.roundRobin, of: .agents)
  private static let skilled = PoolStrategy(
    .roundRobin, of: .agents, skills: ["gpu", "slurm"], skillsRelaxedAfter: 10 * minute)
  private static let capped = PoolStrategy(.roundRobin, of: .agents, cap: .init(count: 2, window: 60 * minute))

  @Test(
    arguments: [
      Case(
        testDescription: "whoever never had a turn is first, then the longest ago", strategy: roundRobin,
        agents: [agent(1, turn: 7), agent(2, turn: 3), agent(3)], picked: 3),
      Case(
        testDescription: "the longest ago", strategy: roundRobin, agents: [agent(1, turn: 7), agent(2, turn: 3)],
        picked: 2),
      Case(testDescription: "ids break ties", strategy: roundRobin, agents: [agent(2), agent(1)], picked: 1),
      Case(
        testDescription: "the smallest load", strategy: PoolStrategy(.leastLoaded, of: .agents),
        agents: [agent(1, load: 4), agent(2, load: 3, turn: 9), agent(3, load: 5)], picked: 2),
      Case(
        testDescription: "the same load: the turn", strategy: PoolStrategy(.leastLoaded, of: .agents),
        agents: [agent(1, load: 3, turn: 9), agent(2, load: 3, turn: 8)], picked: 2),
      Case(
        testDescription: "the most room", strategy: PoolStrategy(.mostCapacity, of: .agents),
        agents: [agent(1, load: 1, capacity: 5), agent(2, load: 10, capacity: 20)], picked: 2),
      Case(
        testDescription: "no limit is more than any", strategy: PoolStrategy(.mostCapacity, of: .agents),
        agents: [agent(1, capacity: 1_000), agent(2, load: 900), agent(3, load: 30)], picked: 3),
      Case(
        testDescription: "an urgent ticket takes four units", strategy: roundRobin,
        agents: [agent(1, load: 7, capacity: 10), agent(2, load: 6, capacity: 10)], ticket: ticket(.urgent), picked: 2,
        excluded: [1: .hasNoCapacity(load: 7, units: 4, capacity: 10)]),
      Case(
        testDescription: "capacity 0 gets nothing", strategy: roundRobin, agents: [agent(1, capacity: 0)],
        ticket: ticket(.low), picked: nil, excluded: [1: .hasNoCapacity(load: 0, units: 1, capacity: 0)]),
      Case(
        testDescription: "the rest are passed over", strategy: roundRobin,
        agents: [
          agent(1, mayOwn: false), agent(2, isAbsent: true), agent(3, presence: .away), agent(4, presence: .offline),
          agent(5, turn: 1, presence: .available),
        ], picked: 5,
        excluded: [1: .mayNotOwn, 2: .isAbsent, 3: .isNotAvailable(.away), 4: .isNotAvailable(.offline)]),
      Case(
        testDescription: "skills are asked for", strategy: skilled,
        agents: [agent(1, skills: ["gpu"]), agent(2, skills: ["slurm", "gpu"], turn: 1)],
        ticket: ticket(age: 10 * minute - 1), picked: 2, excluded: [1: .lacksSkills(["slurm"])]),
      Case(
        testDescription: "skills are relaxed", strategy: skilled,
        agents: [agent(1, skills: ["gpu"]), agent(2, skills: ["slurm", "gpu"], turn: 1)],
        ticket: ticket(age: 10 * minute), picked: 1),
      Case(
        testDescription: "skills without a time are never relaxed",
        strategy: PoolStrategy(.roundRobin, of: .agents, skills: ["gpu"]), agents: [agent(1)],
        ticket: ticket(age: 1_000_000 * minute), picked: nil, excluded: [1: .lacksSkills(["gpu"])]),
      Case(
        testDescription: "a pick leaves the window at its length", strategy: capped,
        agents: [
          agent(1, picked: [0, 60 * minute - 1]), agent(2, turn: 4, picked: [5, 60 * minute, 70 * minute]),
        ], picked: 2, excluded: [1: .metCap(.init(count: 2, window: 60 * minute))]),
      Case(testDescription: "nobody is there", strategy: roundRobin, agents: [], picked: nil),
    ])
  func choice(_ test: Case) {
    let roster = Roster("the agents of queue `Delta`", test.agents)
    let assignment = test.strategy.choose(from: roster, for: test.ticket, at: Self.now)
    #expect(assignment.person?.value == test.picked)
    #expect(
      Dictionary(uniqueKeysWithValues: assignment.excluded.map { ($0.person.value, $0.cause) }) == test.excluded)
  }

  @Test func anOfferGoesRound() {
    let strategy = PoolStrategy(.roundRobin, of: .agents, offerFor: 5 * Self.minute)
    let roster = Roster("the agents of queue `Delta`", [Self.agent(1), Self.agent(2)])
    let until = Timestamp(milliseconds: Self.now.milliseconds + 5 * Self.minute)
    func outcome(_ declined: [Int64]) -> Assignment {
      strategy.choose(from: roster, for: Self.ticket(), at: Self.now, declined: Set(declined.map(PersonID.init(_:))))
    }
    #expect(outcome([]).outcome == .offer(PersonID(1), until: until))
    #expect(outcome([1]).outcome == .offer(PersonID(2), until: until))
    #expect(outcome([1, 2]).outcome == .unassigned)
    #expect(
      outcome([1, 2]).reason
        == "nobody of the agents of queue `Delta` can have it: `p1` declined it, `p2` declined it")
  }

  @Test func reasonsSayWhatCounted() {
    func reason(_ order: PoolStrategy.Order, _ agent: Roster.Agent) -> String {
      PoolStrategy(order, of: .agents).choose(from: Roster("group `night`", [agent]), for: Self.ticket(), at: Self.now)
        .reason
    }
    #expect(reason(.roundRobin, Self.agent(1)) == "round robin of group `night`: the turn of `p1`")
    #expect(reason(.leastLoaded, Self.agent(1, load: 1)) == "least loaded of group `night`: `p1` has 1 unit")
    #expect(
      reason(.mostCapacity, Self.agent(1, load: 1, capacity: 9))
        == "most capacity of group `night`: `p1` has 8 units left")
    #expect(reason(.mostCapacity, Self.agent(1)) == "most capacity of group `night`: `p1` has no limit")
  }

  @Test func aPoolIsMadeOfTheQueueOrAGroup() {
    let scene = Scene(
      groups: [
        Group(id: GroupID(60), name: "night", displayName: "", members: [Scene.cyd.id, Scene.ben.id, Scene.cyd.id])
      ])
    let situation = scene.situation(Scene.admin)
    let facts = RosterFacts(
      loads: [Scene.ben.id: 4], turns: [Scene.ben.id: Revision(9)], picks: [Scene.ben.id: [Scene.now]])
    func roster(_ members: PoolStrategy.Members) -> Roster {
      Roster(of: members, in: Scene.deltaQueue, given: facts, in: situation)
    }
    let ben = Roster.Agent(Scene.ben, mayOwn: true, load: 4, lastTurn: Revision(9), pickedAt: [Scene.now])
    #expect(roster(.agents).agents == [Roster.Agent(Scene.ada, mayOwn: true), ben])
    #expect(roster(.group("night")).agents == [Roster.Agent(Scene.cyd, mayOwn: false), ben])
    #expect(roster(.group("day")).agents.isEmpty)
  }
}
