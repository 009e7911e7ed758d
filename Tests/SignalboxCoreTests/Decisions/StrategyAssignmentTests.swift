import SignalboxCore
import Testing

/// Delta's agents are ada and ben; cyd is neither there nor may own there.
struct StrategyAssignmentTests {
  private static let hour: Int64 = 3_600_000

  private static func person(_ person: Person, _ availability: Availability) -> Person {
    var person = person
    person.availability = availability
    return person
  }

  private static let away = person(Scene.ada, Availability(stated: .away, since: Scene.now))
  private static let full = person(Scene.ben, Availability(capacity: 1))

  /// What a roster is that costs too much for a command that is refused.
  private struct NotToBeAsked: Error {}

  private func assign(
    _ ticket: Ticket = Scene.ticket(), wait: TicketWait? = nil, people: [Person] = [], loads: [PersonID: Int] = [:],
    by caller: Principal = Scene.admin, rosterFails: NotToBeAsked? = nil,
    _ change: (inout AssignTicket) -> Void = { _ in }
  ) -> Result<Decided<Ticket>, any Error> {
    var command = AssignTicket(number: ticket.number, expectedVersion: ticket.version, order: .leastLoaded)
    change(&command)
    let situation = Scene(people: people).situation(caller)
    return Result {
      try command.decide(in: situation, given: TicketFacts(ticket: ticket, wait: wait)) { _, _ in
        try rosterFails.map { throw $0 } ?? RosterFacts(loads: loads)
      }
    }
  }

  @Test func somebodyGetsIt() throws {
    let decided = try assign(loads: [Scene.ada.id: 4, Scene.ben.id: 2]).get()
    #expect(decided.outcome.assignee == Scene.ben.id && decided.outcome.version == 4)
    let pick = Pick(Scene.ben.id, in: Scene.deltaQueue.id, at: Scene.now)
    #expect(decided.plan.changes == [.updateTicket(decided.outcome), .notePick(pick)])
    #expect(decided.plan.event.kind == .ticketAssigned)
    #expect(decided.plan.event.changes == [.init("assignee", from: nil, to: "ben")])
    #expect(
      decided.plan.event.reason == "least loaded of the agents of queue `Delta`: `ben` has 2 units")
    #expect(
      decided.plan.outbox == [
        OutboxRecipient(role: .assignee, address: "ben@example.org"),
        OutboxRecipient(role: .watcher, address: "watch@example.org"),
      ])
    #expect(!decided.plan.changesConfiguration)
  }

  @Test func itWaitsAndSaysForWhat() throws {
    let decided = try assign(people: [Self.away, Self.full]).get()
    let reason =
      "nobody of the agents of queue `Delta` can have it: `ada` is away, `ben` has 0 of 1 units and the ticket takes 2"
    #expect(decided.outcome.assignee == nil && decided.outcome.unassignedReason == "waits: \(reason)")
    let wait = TicketWait(
      ticket: TicketNumber(50), queue: Scene.deltaQueue.id, strategy: PoolStrategy(.leastLoaded, of: .agents))
    #expect(decided.plan.changes == [.updateTicket(decided.outcome), .putWait(wait)])
    #expect(decided.plan.event.kind == .ticketWaiting && decided.plan.event.reason == reason)
    #expect(decided.plan.outbox.isEmpty)
  }

  @Test func itIsOffered() throws {
    let decided = try assign { $0.offerFor = Self.hour }.get()
    let until = Timestamp(milliseconds: Scene.now.milliseconds + Self.hour)
    let wait = TicketWait(
      ticket: TicketNumber(50), queue: Scene.deltaQueue.id,
      strategy: PoolStrategy(.leastLoaded, of: .agents, offerFor: Self.hour),
      offer: .init(to: Scene.ada.id, until: until))
    let pick = Pick(Scene.ada.id, in: Scene.deltaQueue.id, at: Scene.now)
    #expect(decided.plan.changes == [.updateTicket(decided.outcome), .putWait(wait), .notePick(pick)])
    #expect(decided.outcome.assignee == nil)
    #expect(decided.outcome.unassignedReason.hasPrefix("offered to `ada` for 1h: least loaded"))
    #expect(decided.plan.event.kind == .ticketOffered)
    #expect(decided.plan.event.changes == [.init("offered_to", from: nil, to: "ada")])
    #expect(decided.plan.outbox == [OutboxRecipient(role: .offered, address: "ada@example.org")])
  }

  @Test func whatIsRefused() {
    func reason(
      _ ticket: Ticket = Scene.ticket(), wait: TicketWait? = nil, by caller: Principal = Scene.admin,
      _ change: (inout AssignTicket) -> Void = { _ in }
    ) -> Rejection.Reason? {
      guard case .failure(let error) = assign(ticket, wait: wait, by: caller, rosterFails: NotToBeAsked(), change)
      else { return nil }
      return (error as? Rejection)?.reason
    }
    #expect(reason() == nil)
    #expect(reason(by: Scene.agent(Scene.ben)) == nil)
    #expect(reason(by: Scene.agent(Scene.cyd)) == .ticketNotFound)
    #expect(reason { $0.expectedVersion = 2 } == .versionMismatch)
    #expect(reason(Scene.ticket(assignee: Scene.ada)) == .alreadyAssigned)
    for status in [Ticket.Status.solved, .closed] {
      var done = Scene.ticket()
      done.status = status
      #expect(reason(done) == .ticketDone)
    }
    let offered = TicketWait(
      ticket: TicketNumber(50), queue: Scene.deltaQueue.id, strategy: PoolStrategy(.roundRobin, of: .agents),
      offer: .init(to: Scene.ada.id, until: Timestamp(milliseconds: Scene.now.milliseconds + 1)))
    #expect(reason(wait: offered) == .alreadyAssigned)
    var over = offered
    over.offer?.until = Scene.now
    #expect(reason(wait: over) == nil)
    #expect(reason { $0.group = "night" } == .groupNotFound)
    for broken: (inout AssignTicket) -> Void in [
      { $0.order = nil }, { $0.skills = ["a\nb"] }, { $0.cap = .init(count: 0, window: 1) },
      { $0.cap = .init(count: 1, window: 0) }, { $0.cap = .init(count: 1_001, window: 1) },
      { $0.cap = .init(count: 1, window: 7 * 86_400_000 + 1) }, { $0.offerFor = 999 }, { $0.offerFor = .max },
      { $0.skillsRelaxedAfter = -1 },
    ] {
      #expect(reason(Scene.ticket(), broken) == .invalidField)
    }
    #expect(reason { $0.skillsRelaxedAfter = .max } == nil)
  }

  @Test(
    arguments: [
      (.defaultAssignee, "ada", ""), (.person("ben"), "ben", ""),
      (.person("cyd"), nil, "`cyd` may not own tickets in queue `Delta`"),
      (.person("eve"), "ben", ""), (.person("nobody"), nil, "nobody has the handle `nobody` any more"),
      (.unassigned, nil, "left to whoever takes it"), (.pool(PoolStrategy(.roundRobin, of: .agents)), "ada", ""),
      (
        .pool(PoolStrategy(.roundRobin, of: .group("night"))), nil, "waits: nobody belongs to group `night`"
      ),
    ] as [(AssignmentStrategy, String?, String)])
  func everyStrategy(_ strategy: AssignmentStrategy, assignee: String?, reason: String) {
    // Who is meant by name gets it whatever the presence, and an absent one's substitute does.
    let ada = Self.person(Scene.ada, Availability(capacity: 1_000))
    let ben = Self.person(Scene.ben, Availability(stated: .offline, since: Scene.now))
    let eve = Person(
      id: PersonID(14), handle: "eve", displayName: "", email: "", organization: nil,
      absence: Absence(
        from: Scene.now, until: Timestamp(milliseconds: Scene.now.milliseconds + 1), substitute: Scene.ben.id))
    let situation = Scene(people: [ada, ben, eve]).situation(Scene.admin)
    var ticket = Scene.ticket()
    let result = ticket.assign(by: strategy, in: situation, given: RosterFacts())
    #expect(situation.configuration.people[ticket.assignee ?? PersonID(0)]?.handle == assignee)
    #expect(ticket.unassignedReason == reason)
    if case .pool = strategy {
      #expect(result.assignment != nil && result.changes.count == 1)
    } else {
      #expect(result == StrategyAssignment())
    }
  }

  /// A wait of it would never end.
  @Test func whatIsDoneWaitsForNobody() {
    var ticket = Scene.ticket(assignee: Scene.ada)
    ticket.status = .closed
    let strategy = PoolStrategy(.roundRobin, of: .agents, offerFor: Self.hour)
    let result = ticket.assign(by: .pool(strategy), in: Scene().situation(Scene.admin), given: RosterFacts())
    #expect(result == StrategyAssignment())
    #expect(ticket.assignee == nil && ticket.unassignedReason == "it is closed, so nobody is looked for")
  }

  @Test func onlyWhoIsThereIsLookedUp() {
    func away(_ person: Person, _ change: (inout Person) -> Void) -> [PersonID] {
      var person = person
      change(&person)
      return Roster.candidates(
        of: .agents, in: Scene.deltaQueue, Scene(people: [person]).configuration, at: Scene.now)
    }
    let absence = Absence(
      from: Scene.now, until: Timestamp(milliseconds: Scene.now.milliseconds + 1), substitute: nil)
    #expect(away(Scene.ada) { _ in } == [Scene.ada.id, Scene.ben.id])
    #expect(away(Scene.ada) { $0.absence = absence } == [Scene.ben.id])
    #expect(away(Scene.ben) { $0.availability.stated = .away } == [Scene.ada.id])
    #expect(away(Scene.ben) { $0.availability.stated = .available } == [Scene.ada.id, Scene.ben.id])
  }

  // MARK: Offers

  private static let offer = TicketWait(
    ticket: TicketNumber(50), queue: Scene.deltaQueue.id,
    strategy: PoolStrategy(.roundRobin, of: .agents, offerFor: hour),
    offer: .init(to: Scene.ada.id, until: Timestamp(milliseconds: Scene.now.milliseconds + 1)))

  @Test func anOfferIsAccepted() throws {
    let decided = try AcceptTicket(number: TicketNumber(50), expectedVersion: 3).decide(
      in: Scene().situation(Scene.agent(Scene.ada)),
      given: TicketFacts(ticket: Scene.ticket(), wait: Self.offer))
    #expect(decided.outcome.assignee == Scene.ada.id)
    #expect(decided.plan.event.kind == .ticketOfferAccepted)
    #expect(decided.plan.changes == [.updateTicket(decided.outcome)])
  }

  @Test func onlyWhoIsOfferedAnswersInTime() {
    func reasons(_ wait: TicketWait?, by person: Person) -> [Rejection.Reason?] {
      let ticket = Scene.ticket()
      let facts = TicketFacts(ticket: ticket, wait: wait)
      let situation = Scene().situation(Scene.agent(person))
      let accepted = rejection { () throws(Rejection) in
        _ = try AcceptTicket(number: ticket.number, expectedVersion: 3).decide(in: situation, given: facts)
      }
      let rejected = Result {
        try RejectTicket(number: ticket.number, expectedVersion: 3, reason: "").decide(in: situation, given: facts) {
          _, _ in throw NotToBeAsked()
        }
      }
      guard case .failure(let error) = rejected else { return [] }
      return [accepted?.reason, (error as? Rejection)?.reason]
    }
    #expect(reasons(Self.offer, by: Scene.ada) == [nil, nil])
    #expect(reasons(Self.offer, by: Scene.ben) == [.notOffered, .notOffered])
    #expect(reasons(nil, by: Scene.ada) == [.notOffered, .notOffered])
    #expect(reasons(Self.offer, by: Scene.cyd) == [.ticketNotFound, .ticketNotFound])
    var late = Self.offer
    late.offer?.until = Scene.now
    #expect(reasons(late, by: Scene.ada) == [.notOffered, .notOffered])
  }

  @Test func aRejectionAsksTheNext() throws {
    func reject(_ wait: TicketWait, by person: Person) throws -> Decided<Ticket> {
      try RejectTicket(number: TicketNumber(50), expectedVersion: 3, reason: "at lunch").decide(
        in: Scene().situation(Scene.agent(person)), given: TicketFacts(ticket: Scene.ticket(), wait: wait)
      ) { strategy, _ in
        #expect(strategy == wait.strategy)
        return RosterFacts()
      }
    }
    let first = try reject(Self.offer, by: Scene.ada)
    #expect(first.plan.event.kind == .ticketOfferRejected)
    #expect(first.plan.event.changes == [.init("offered_to", from: "ada", to: "ben")])
    #expect(first.plan.event.reason.hasPrefix("at lunch; round robin of"))
    guard case .putWait(let wait) = first.plan.changes[1] else {
      Issue.record("no wait: \(first.plan.changes)")
      return
    }
    #expect(wait.declined == [Scene.ada.id] && wait.offer?.person == Scene.ben.id)
    let last = try reject(wait, by: Scene.ben)
    #expect(last.plan.event.changes == [.init("offered_to", from: "ben", to: nil)])
    #expect(
      last.outcome.unassignedReason
        == "waits: nobody of the agents of queue `Delta` can have it: `ada` declined it, `ben` declined it")
  }

  // MARK: The backlog

  private static func waiting(
    _ number: Int64, _ strategy: PoolStrategy, priority: Ticket.Priority = .normal, offer: TicketWait.Offer? = nil
  ) -> WorkOffBacklog.Waiting {
    var ticket = Scene.ticket()
    ticket.number = TicketNumber(number)
    ticket.priority = priority
    return .init(
      TicketWait(ticket: ticket.number, queue: Scene.deltaQueue.id, strategy: strategy, offer: offer), ticket)
  }

  /// One ticket after the other, each decided with what the ones before have made of the roster.
  @Test func theOldestComesFirstAndEachCounts() {
    let people = [
      Self.person(Scene.ada, Availability(capacity: 4)), Self.person(Scene.ben, Availability(capacity: 3)),
    ]
    let strategy = PoolStrategy(.mostCapacity, of: .agents)
    let situation = Scene(people: people).situation(Scene.admin)
    let backlog = WorkOffBacklog(
      [
        Self.waiting(50, strategy, priority: .urgent), Self.waiting(51, strategy, priority: .high),
        Self.waiting(52, strategy, priority: .high), Self.waiting(53, strategy, priority: .low),
        Self.waiting(54, strategy, priority: .low),
      ])
    let plans = backlog.plans(in: situation, given: RosterFacts())
    // The urgent one fills ada; of the high ones ben has room for one, and nobody for anything after that.
    #expect(plans.map(\.event.ticket?.value) == [50, 51])
    #expect(plans.map(\.event.changes.first?.after) == ["ada", "ben"])
    #expect(plans.allSatisfy { $0.event.kind == .ticketAssigned })
    #expect(plans[0].event.reason.hasPrefix("it waited for somebody; most capacity of"))
    #expect(backlog.plans(in: situation, given: RosterFacts(loads: [Scene.ada.id: 4, Scene.ben.id: 3])).isEmpty)
  }

  @Test func turnsGoRoundWithinARound() {
    let strategy = PoolStrategy(.roundRobin, of: .agents, cap: .init(count: 2, window: Self.hour))
    let situation = Scene().situation(Scene.admin)
    let plans = WorkOffBacklog((50..<56).map { Self.waiting($0, strategy) })
      .plans(in: situation, given: RosterFacts(turns: [Scene.ada.id: Revision(90)]))
    // Ben never had a turn. After two each, the cap holds.
    #expect(plans.map(\.event.changes.first?.after) == ["ben", "ada", "ben", "ada"])
  }

  @Test func aRoundIsBounded() {
    let strategy = PoolStrategy(.roundRobin, of: .agents)
    let plans = WorkOffBacklog((50..<150).map { Self.waiting($0, strategy) })
      .plans(in: Scene().situation(Scene.admin), given: RosterFacts())
    #expect(plans.count == Limits.assignmentsPerRound)
  }

  @Test func anOfferThatIsOverGoesOn() {
    let strategy = PoolStrategy(.roundRobin, of: .agents, offerFor: Self.hour)
    func plans(until: Int64) -> [Plan] {
      let offer = TicketWait.Offer(
        to: Scene.ada.id, until: Timestamp(milliseconds: Scene.now.milliseconds + until))
      return WorkOffBacklog([Self.waiting(50, strategy, offer: offer)])
        .plans(in: Scene().situation(Scene.admin), given: RosterFacts(loads: [Scene.ada.id: 2]))
    }
    #expect(plans(until: 1).isEmpty)
    let over = plans(until: 0)
    #expect(over.map(\.event.kind) == [.ticketOfferExpired])
    #expect(over.first?.event.changes == [.init("offered_to", from: "ada", to: "ben")])
  }

  /// What is offered to somebody is no load of theirs any more, for this ticket and those behind it.
  @Test func anOfferThatIsOverFreesWhomItWasFor() {
    let people = [
      Self.person(Scene.ada, Availability(capacity: 2)), Self.person(Scene.ben, Availability(stated: .away)),
    ]
    let strategy = PoolStrategy(.roundRobin, of: .agents)
    let plans = WorkOffBacklog(
      [Self.waiting(50, strategy, offer: .init(to: Scene.ada.id, until: Scene.now)), Self.waiting(51, strategy)]
    ).plans(in: Scene(people: people).situation(Scene.admin), given: RosterFacts(loads: [Scene.ada.id: 2]))
    #expect(plans.map(\.event.kind) == [.ticketOfferExpired, .ticketAssigned])
    #expect(plans.last?.ticket?.assignee == Scene.ada.id)
  }

  /// Who is offered a ticket by their own doing is told as well.
  @Test func whoAssignsIsToldOfTheOffer() throws {
    let outbox = try assign(by: Scene.agent(Scene.ada)) { $0.offerFor = Self.hour }.get().plan.outbox
    #expect(outbox == [OutboxRecipient(role: .offered, address: "ada@example.org")])
  }
}
