import SignalboxCore
import Testing

/// What holds for every roster and strategy, over many random weeks of a help desk. A failure prints its seed.
struct AssignmentPropertyTests {
  /// A help desk that plays: tickets come, are picked for somebody, and end.
  private struct Desk {
    var random: RuleRandom
    var agents: [Roster.Agent]
    var now = Scene.now
    var revision: Int64 = 100
    /// Who has what.
    var held: [(person: PersonID, units: Int)] = []

    static let skills = ["gpu", "slurm", "mail"]

    init(seed: UInt64) {
      var random = RuleRandom(seed: seed)
      agents = (1...Int64.random(in: 1...8, using: &random)).map { id in
        Roster.Agent(
          Person(id: PersonID(id), handle: "p\(id)", displayName: "", email: "", organization: nil),
          mayOwn: random.chance(85))
      }
      self.random = random
    }

    mutating func changePeople() {
      for place in agents.indices where random.chance(20) {
        var person = agents[place].person
        person.availability = Availability(
          stated: random.pick([nil, .available, .available, .away, .offline]), since: now,
          capacity: random.pick([nil, 0, 3, 10, 40]), skills: Self.skills.filter { _ in random.chance(50) })
        person.absence =
          random.chance(25)
          ? Absence(
            from: Timestamp(milliseconds: now.milliseconds - 1_000),
            until: Timestamp(milliseconds: now.milliseconds + random.pick([-1, 0, 1, 90_000])), substitute: nil) : nil
        agents[place].person = person
      }
    }

    mutating func strategy() -> PoolStrategy {
      PoolStrategy(
        random.pick(PoolStrategy.Order.allCases), of: .agents,
        skills: Self.skills.filter { _ in random.chance(20) }, skillsRelaxedAfter: random.pick([nil, 0, 60_000]),
        cap: random.pick([nil, .init(count: 2, window: 120_000)]), offerFor: random.pick([nil, 30_000]))
    }

    mutating func ticket() -> Ticket {
      var ticket = Scene.ticket()
      ticket.priority = random.pick(Ticket.Priority.allCases)
      ticket.createdAt = Timestamp(milliseconds: now.milliseconds - random.pick([0, 59_999, 60_000, 500_000]))
      return ticket
    }

    /// Some tickets end, and time goes on.
    mutating func pass() {
      held.removeAll { _ in random.chance(10) }
      now.milliseconds += Int64.random(in: 0...40_000, using: &random)
    }

    mutating func give(_ ticket: Ticket, to person: PersonID) {
      revision += 1
      held.append((person, ticket.priority.units))
      guard let place = agents.firstIndex(where: { $0.person.id == person }) else { return }
      agents[place].lastTurn = Revision(revision)
      agents[place].pickedAt.append(now)
    }

    mutating func roster() -> Roster {
      for place in agents.indices {
        agents[place].load = held.filter { $0.person == agents[place].person.id }.reduce(0) { $0 + $1.units }
      }
      return Roster("the agents of queue `Delta`", agents.shuffled(using: &random))
    }
  }

  @Test(arguments: 1...60 as ClosedRange<UInt64>)
  func nobodyIsPickedWhoMayNotBe(seed: UInt64) {
    var desk = Desk(seed: seed)
    let cap = PoolStrategy.Cap(count: 2, window: 120_000)
    var picks: [PersonID: [Int64]] = [:]
    for _ in 0..<150 {
      desk.changePeople()
      var strategy = desk.strategy()
      // Caps look at all picks, so only a desk that always caps keeps every window below.
      if seed % 2 == 0 { strategy.cap = cap }
      let ticket = desk.ticket()
      let roster = desk.roster()
      let assignment = strategy.choose(from: roster, for: ticket, at: desk.now)
      #expect(strategy.choose(from: roster, for: ticket, at: desk.now) == assignment)
      #expect(Set(assignment.excluded.map(\.person)).count == assignment.excluded.count)
      guard let picked = assignment.person, let agent = roster.agents.first(where: { $0.person.id == picked }) else {
        #expect(assignment.excluded.count == roster.agents.count && !assignment.reason.isEmpty)
        desk.pass()
        continue
      }
      let availability = agent.person.availability
      #expect(!assignment.excluded.contains { $0.person == picked })
      #expect(agent.mayOwn && availability.presence == .available)
      #expect(agent.person.absence?.covers(desk.now) != true)
      #expect(agent.load + ticket.priority.units <= availability.capacity ?? .max)
      let age = desk.now.milliseconds - ticket.createdAt.milliseconds
      if age < strategy.skillsRelaxedAfter ?? .max {
        #expect(Set(strategy.skills).isSubset(of: availability.skills))
      }
      if strategy.order == .leastLoaded {
        let fit = roster.agents.filter { one in !assignment.excluded.contains { $0.person == one.person.id } }
        #expect(fit.allSatisfy { agent.load <= $0.load })
      }
      desk.give(ticket, to: picked)
      picks[picked, default: []].append(desk.now.milliseconds)
      desk.pass()
    }
    guard seed % 2 == 0 else { return }
    for times in picks.values {
      for (place, time) in times.enumerated() {
        let inWindow = times[place...].prefix { $0 - time < cap.window }.count
        #expect(inWindow <= cap.count)
      }
    }
  }

  @Test(arguments: 1...20 as ClosedRange<UInt64>)
  func sharesOfRoundRobinDifferByAtMostOne(seed: UInt64) {
    var desk = Desk(seed: seed)
    var shares: [PersonID: Int] = [:]
    for agent in desk.agents where agent.mayOwn { shares[agent.person.id] = 0 }
    guard !shares.isEmpty else { return }
    for _ in 0..<100 {
      let ticket = desk.ticket()
      let assignment = PoolStrategy(.roundRobin, of: .agents).choose(from: desk.roster(), for: ticket, at: desk.now)
      guard let picked = assignment.person else {
        Issue.record("nobody was picked: \(assignment.reason)")
        return
      }
      shares[picked, default: 0] += 1
      desk.give(ticket, to: picked)
      desk.pass()
      #expect((shares.values.max() ?? 0) - (shares.values.min() ?? 0) <= 1)
    }
  }
}
