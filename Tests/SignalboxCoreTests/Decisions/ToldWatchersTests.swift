import SignalboxCore
import Testing

/// Who of a queue's watchers is told of what, by what they watch and the state they are in.
struct ToldWatchersTests {
  /// What can happen to a ticket, with what the watchers of its queue see of it.
  enum Happening: String, CaseIterable {
    case createdForNobody, createdForAda, taken, reassignedInternally, released, movedAway, movedHere, retiredAway
  }

  static let kinds: [Happening: WatcherEvents] = [
    .createdForNobody: WatcherEvents(.arrivals), .createdForAda: WatcherEvents(.arrivals, .assignments),
    .taken: WatcherEvents(.assignments), .reassignedInternally: WatcherEvents(.assignments),
    .released: WatcherEvents(.assignments), .movedAway: WatcherEvents(.departures),
    .movedHere: WatcherEvents(.arrivals, .assignments), .retiredAway: WatcherEvents(.departures),
  ]

  /// The watched queue is Delta; that of ACO has no watchers.
  private func outbox(of happening: Happening, _ watchers: [Watcher]) throws -> [OutboxRecipient] {
    var (delta, triage) = (Scene.deltaQueue, Scene.triage)
    delta.watchers = watchers
    triage.watchers = []
    if happening == .createdForNobody { delta.defaultAssignee = nil }
    let scene = Scene(queues: [delta, triage])
    let ada = scene.situation(Scene.agent(Scene.ada))
    func given(_ ticket: Ticket) -> TicketFacts { TicketFacts(ticket: ticket) }
    func move(_ target: ReassignTicket.Target) -> ReassignTicket {
      ReassignTicket(number: TicketNumber(50), expectedVersion: 3, reason: "r", target: target)
    }
    switch happening {
    case .createdForNobody, .createdForAda:
      return try CreateTicket(
        subject: "s", body: "slurm", requester: "u@lab.example.edu", channel: "", category: "", resource: "", tags: [],
        priority: .normal
      ).decide(in: scene.situation(Scene.admin)).plan.outbox
    case .taken:
      return try TakeTicket(number: TicketNumber(50), expectedVersion: 3)
        .decide(in: ada, given: given(Scene.ticket())).plan.outbox
    case .reassignedInternally:
      return try move(.person("ben")).decide(in: ada, given: given(Scene.ticket(assignee: Scene.ada))).plan.outbox
    case .released:
      return try ReleaseTicket(number: TicketNumber(50), expectedVersion: 3, reason: "r")
        .decide(in: ada, given: given(Scene.ticket(assignee: Scene.ada))).plan.outbox
    case .movedAway:
      return try move(.queue("ACCESS-ACO-Triage")).decide(in: ada, given: given(Scene.ticket())).plan.outbox
    case .movedHere:
      return try move(.queue("Delta"))
        .decide(in: scene.situation(Scene.agent(Scene.cyd)), given: given(Scene.ticket(in: triage))).plan.outbox
    case .retiredAway:
      return try RetireQueue(name: "Delta", redirectTo: "ACCESS-ACO-Triage")
        .decide(in: scene.situation(Scene.admin), given: .init(activeTickets: [Scene.ticket()])).outcome.moves[0].outbox
    }
  }

  private func watchers(_ events: WatcherEvents) -> [(watcher: Watcher, isTold: Bool)] {
    let person = Watcher(.person(Scene.ben.id), events: events, addedBy: Actor(name: "x"), addedAt: Scene.now)
    let address = Scene.watcher("desk@example.net", events: events)
    var (pending, out, personOut) = (address, address, person)
    pending.confirmedAt = nil
    out.optedOutAt = Scene.now
    personOut.optedOutAt = Scene.now
    return [(person, true), (address, true), (pending, false), (out, false), (personOut, false)]
  }

  @Test(arguments: Happening.allCases, WatcherEvent.allCases)
  func ofWhatTheyWatch(happening: Happening, event: WatcherEvent) throws {
    let happened = try #require(Self.kinds[happening])
    for (watcher, isTold) in watchers(WatcherEvents(event)) {
      let told = try outbox(of: happening, [watcher]).filter { $0.role == .watcher }
      #expect(!told.isEmpty == (isTold && happened.contains(event)), "\(watcher.who), \(watcher.state)")
    }
  }

  @Test func notesAreForThoseWhoAsk() {
    #expect(WatcherEvents.usual.list == [.arrivals, .departures, .assignments, .status, .comments])
    #expect(WatcherEvents(text: "arrivals+notes") == WatcherEvents(.arrivals, .notes))
    for text in ["", "arrivals+", "Arrivals", "sleep"] { #expect(WatcherEvents(text: text) == nil) }
  }

  /// An address that opted out is silent in every form in which the queue has it.
  @Test func noMailGoesToAnAddressThatOptedOut() throws {
    var out = Scene.watcher("BEN@example.org")
    out.optedOutAt = Scene.now
    let ben = Watcher(.person(Scene.ben.id), addedBy: Actor(name: "x"), addedAt: Scene.now)
    let told = try outbox(of: .createdForNobody, [ben, out, Scene.watcher("desk@example.net")])
    #expect(told == [OutboxRecipient(role: .watcher, address: "desk@example.net")])
  }

  @Test func whoWatchesBothQueuesIsToldOnce() throws {
    let moved = try ReassignTicket(
      number: TicketNumber(50), expectedVersion: 3, reason: "r", target: .queue("ACCESS-ACO-Triage")
    ).decide(in: Scene().situation(Scene.agent(Scene.ada)), given: TicketFacts(ticket: Scene.ticket()))
    #expect(moved.plan.outbox == [OutboxRecipient(role: .watcher, address: "watch@example.org")])
  }
}
