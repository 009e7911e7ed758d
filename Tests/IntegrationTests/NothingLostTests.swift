import Foundation
import SignalboxClient
import SignalboxProtocol
import SignalboxTestKit
import Synchronization
import Testing

/// The server is killed again and again under load from clients that retry: what was acknowledged is there, nothing was
/// done twice, and a watcher that resumes by its cursor has seen every event once.
struct NothingLostTests {
  private static let kills = 30
  private static let writers = 16
  /// Answers between two kills.
  private static let answersPerKill = 40

  /// What clients were told.
  private final class Ledger: Sendable {
    struct State {
      /// Number of the ticket by its subject.
      var created: [String: UInt64] = [:]
      /// Version after the move by the ticket's number.
      var moved: [UInt64: UInt64] = [:]
      var events: [WatchedEvent] = []
      var isOver = false
      /// Made when all else was: who watches and has seen it has seen all.
      var last: UInt64?

      var answers: Int { created.count + moved.count }
    }
    let state = Mutex(State())
  }

  private struct WatchedEvent {
    var revision: UInt64
    var ticket: UInt64
    var kind: String
  }

  @Test func thirtyKillsUnderLoad() async throws {
    let server = try ServerProcess()
    try await server.start()
    let desk = try await open(server)
    let ledger = Ledger()
    try await withThrowingTaskGroup(of: Void.self) { watcher in
      watcher.addTask { try await watch(desk, on: server, into: ledger) }
      try await withThrowingTaskGroup(of: Void.self) { group in
        for writer in 0..<Self.writers {
          group.addTask { try await write(writer, as: desk, on: server, into: ledger) }
        }
        for kill in 1...Self.kills {
          try await waitFor("\(kill * Self.answersPerKill) answers") {
            ledger.state.withLock { $0.answers >= kill * Self.answersPerKill }
          }
          await server.kill(SIGKILL)
          try await server.start()
        }
        ledger.state.withLock { $0.isOver = true }
        try await group.waitForAll()
      }
      try await SignalboxClient.withClient(server.configuration(token: desk)) { client in
        let last = try await client.tickets.create(HelpDesk.ticket("the last one", body: "gpu"))
        ledger.state.withLock {
          $0.created["the last one"] = last.number
          $0.last = last.number
        }
      }
      try await watcher.waitForAll()
    }
    try await compare(ledger, desk, server)
    await server.kill(SIGTERM)
  }

  private func open(_ server: ServerProcess) async throws -> String {
    let root = try server.rootToken()
    try await SignalboxClient.withClient(server.configuration(token: root)) { client in
      var tenant = CreateTenantRequest()
      tenant.name = "desk"
      _ = try await client.tenants.create(tenant)
    }
    return try await SignalboxClient.withClient(server.configuration(token: root, tenant: "desk")) { client in
      try await HelpDesk.furnish(client)
      return try await HelpDesk.token("loader", role: .tenantAdmin, person: "", client: client)
    }
  }

  /// Creates tickets, each under a key of its own that it uses until it has an answer. Every second writer also moves
  /// each to another queue, in the same way.
  private func write(_ writer: Int, as token: String, on server: ServerProcess, into ledger: Ledger) async throws {
    try await SignalboxClient.withClient(server.configuration(token: token)) { client in
      var index = 0
      while !ledger.state.withLock({ $0.isOver }) {
        index += 1
        let subject = "writer \(writer) ticket \(index)"
        let created = try await untilAnswered("create \(writer)-\(index)") {
          try await client.tickets.create(HelpDesk.ticket(subject, body: "gpu"), options: $0)
        }
        ledger.state.withLock { $0.created[subject] = created.number }
        guard writer.isMultiple(of: 2) else { continue }
        var move = ReassignTicketRequest()
        move.number = created.number
        move.expectedVersion = created.version
        move.reason = subject
        move.toQueue = "Triage"
        let moved = try await untilAnswered("move \(writer)-\(index)") {
          try await client.tickets.reassign(move, options: $0)
        }
        #expect(moved.ticket.number == created.number && moved.ticket.queue == "Triage")
        ledger.state.withLock { $0.moved[created.number] = moved.ticket.version }
      }
    }
  }

  /// The same call under the same key until there is an answer. Any other refusal is an error: a move that was done and
  /// is not known by its key is one of a stale version.
  private func untilAnswered<Answer: Sendable>(
    _ key: String, _ call: (CallOptions) async throws -> Answer
  ) async throws -> Answer {
    var options = CallOptions()
    options.idempotencyKey = Array(key.utf8)
    while true {
      do {
        return try await call(options)
      } catch let error as ClientError where error.code == .unavailable || error.code == .deadlineExceeded {
        await Task.yield()
      }
    }
  }

  private func watch(_ token: String, on server: ServerProcess, into ledger: Ledger) async throws {
    try await SignalboxClient.withClient(server.configuration(token: token)) { client in
      var request = WatchTicketsRequest()
      request.queues = ["Delta"]
      request.cursor = "start"
      for try await response in client.tickets.watch(request) {
        let isDone = ledger.state.withLock { state in
          if response.hasEvent {
            let event = response.event
            state.events.append(WatchedEvent(revision: event.revision, ticket: event.ticket, kind: event.kind))
          }
          // Progress marks come too, so that it does not matter whether the event or the answer was first.
          return state.last != nil && state.events.last?.ticket == state.last
        }
        if isDone { break }
      }
    }
  }

  private func compare(_ ledger: Ledger, _ token: String, _ server: ServerProcess) async throws {
    let (stored, histories) = try await SignalboxClient.withClient(server.configuration(token: token)) { client in
      let stored = try await tickets(client)
      var histories: [UInt64: [Event]] = [:]
      for ticket in stored {
        var request = GetTicketHistoryRequest()
        request.number = ticket.number
        histories[ticket.number] = try await client.tickets.history(request).events
      }
      return (stored, histories)
    }
    let state = ledger.state.withLock { $0 }
    #expect(state.answers >= Self.kills * Self.answersPerKill)
    #expect(state.moved.count >= Self.kills * Self.answersPerKill / 5, "few moves: \(state.moved.count)")
    let bySubject = Dictionary(grouping: stored, by: \.subject)
    for (subject, number) in state.created {
      #expect(bySubject[subject]?.map(\.number) == [number], "`\(subject)` was acknowledged as \(number)")
    }
    #expect(bySubject.allSatisfy { $0.value.count == 1 }, "a ticket stands twice")
    #expect(Set(bySubject.keys) == Set(state.created.keys), "a ticket that nobody knows of")
    for ticket in stored {
      compare(ticket, histories[ticket.number] ?? [], movedTo: state.moved[ticket.number])
    }

    let revisions = state.events.map(\.revision)
    #expect(revisions == Array(Set(revisions)).sorted(), "events out of order or doubled")
    let created = state.events.filter { $0.kind == "ticket.created" }.map(\.ticket)
    #expect(created.sorted() == stored.map(\.number).sorted(), "a creation was not seen once")
    let moved = state.events.filter { $0.kind == Self.moveKind }.map(\.ticket)
    #expect(moved.sorted() == state.moved.keys.sorted(), "a move was not seen once")
    print("\(Self.kills) kills, \(stored.count) tickets, \(moved.count) moves, \(state.events.count) events watched")
  }

  private static let moveKind = "ticket.reassigned_externally"

  /// One ticket against what was acknowledged of it: moved once if it was to be moved, else never.
  private func compare(_ ticket: Ticket, _ history: [Event], movedTo version: UInt64?) {
    var expected = [(kind: "ticket.created", version: UInt64(1), reason: "")]
    if version != nil { expected.append((Self.moveKind, 2, ticket.subject)) }
    #expect(version == nil || version == 2, "#\(ticket.number) was acknowledged at version \(version ?? 0)")
    #expect(ticket.version == UInt64(expected.count), "#\(ticket.number)")
    #expect(ticket.queue == (version == nil ? "Delta" : "Triage"), "#\(ticket.number)")
    let seen = history.map { (kind: $0.kind, version: $0.ticketVersion, reason: $0.reason) }
    #expect(seen.elementsEqual(expected, by: ==), "#\(ticket.number): \(seen)")
  }

  private func tickets(_ client: SignalboxClient) async throws -> [Ticket] {
    var tickets: [Ticket] = []
    var request = ListTicketsRequest()
    request.pageSize = 200
    repeat {
      let page = try await client.tickets.list(request)
      tickets += page.tickets
      request.page = page.nextPage
    } while !request.page.isEmpty
    return tickets
  }
}

/// Waits for something that other tasks bring about; fails when it does not come.
func waitFor(_ what: String, _ isThere: () -> Bool) async throws {
  let end = ContinuousClock.now + .seconds(120)
  while !isThere() {
    guard ContinuousClock.now < end else { throw ProgramRun.Failed(description: "\(what) did not come") }
    try await Task.sleep(for: .milliseconds(2))
  }
}
