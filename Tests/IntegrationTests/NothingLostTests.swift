import Foundation
import SignalboxClient
import SignalboxProtocol
import SignalboxTestKit
import Synchronization
import Testing

/// The server is killed again and again under load from clients that retry: what was acknowledged is there, nothing is
/// there twice, and a watcher that resumes by its cursor has seen every event once.
struct NothingLostTests {
  private static let kills = 30
  private static let writers = 16
  /// Answers between two kills.
  private static let answersPerKill = 40

  /// What clients were told.
  private final class Ledger: Sendable {
    struct State {
      var acknowledged: [String: UInt64] = [:]
      var attempted: Set<String> = []
      var events: [(revision: UInt64, ticket: UInt64, kind: String)] = []
      var isOver = false
    }
    let state = Mutex(State())

    func acknowledge(_ subject: String, _ number: UInt64) {
      state.withLock { $0.acknowledged[subject] = number }
    }
  }

  @Test func thirtyKillsUnderLoad() async throws {
    let server = try ServerProcess()
    try await server.start()
    let desk = try await open(server)
    let ledger = Ledger()
    try await withThrowingTaskGroup(of: Void.self) { group in
      for writer in 0..<Self.writers {
        group.addTask { try await write(writer, as: desk, on: server, into: ledger) }
      }
      group.addTask { try await watch(desk, on: server, into: ledger) }
      for kill in 1...Self.kills {
        try await waitFor("\(kill * Self.answersPerKill) answers") {
          ledger.state.withLock { $0.acknowledged.count >= kill * Self.answersPerKill }
        }
        await server.kill(SIGKILL)
        try await server.start()
      }
      ledger.state.withLock { $0.isOver = true }
      // The watcher is done when it has seen the last acknowledged ticket; the writers stop by themselves.
      try await group.waitForAll()
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

  /// Creates tickets, each under a key of its own that it uses until it has an answer.
  private func write(_ writer: Int, as token: String, on server: ServerProcess, into ledger: Ledger) async throws {
    try await SignalboxClient.withClient(server.configuration(token: token)) { client in
      var index = 0
      while !ledger.state.withLock({ $0.isOver }) {
        index += 1
        let subject = "writer \(writer) ticket \(index)"
        ledger.state.withLock { _ = $0.attempted.insert(subject) }
        var options = CallOptions()
        options.idempotencyKey = Array("\(writer)-\(index)".utf8)
        while true {
          do {
            let created = try await client.tickets.create(HelpDesk.ticket(subject, body: "gpu"), options: options)
            ledger.acknowledge(subject, created.number)
            break
          } catch let error as ClientError where error.code == .unavailable || error.code == .deadlineExceeded {
            await Task.yield()
          }
        }
      }
    }
  }

  private func watch(_ token: String, on server: ServerProcess, into ledger: Ledger) async throws {
    try await SignalboxClient.withClient(server.configuration(token: token)) { client in
      var request = WatchTicketsRequest()
      request.queues = ["Delta"]
      request.cursor = "start"
      for try await response in client.tickets.watch(request) {
        if response.hasEvent {
          ledger.state.withLock {
            $0.events.append((response.event.revision, response.event.ticket, response.event.kind))
          }
        }
        let isDone = ledger.state.withLock { state in
          guard state.isOver, state.acknowledged.count == state.attempted.count else { return false }
          return (state.events.last?.ticket ?? 0) >= (state.acknowledged.values.max() ?? 0)
        }
        if isDone { break }
      }
    }
  }

  private func compare(_ ledger: Ledger, _ token: String, _ server: ServerProcess) async throws {
    let stored = try await SignalboxClient.withClient(server.configuration(token: token)) { client in
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
    let state = ledger.state.withLock { $0 }
    #expect(state.acknowledged.count >= Self.kills * Self.answersPerKill)
    let bySubject = Dictionary(grouping: stored, by: \.subject)
    for (subject, number) in state.acknowledged {
      #expect(bySubject[subject]?.map(\.number) == [number], "`\(subject)` was acknowledged as \(number)")
    }
    #expect(bySubject.allSatisfy { $0.value.count == 1 }, "a ticket stands twice")
    #expect(Set(bySubject.keys) == Set(state.acknowledged.keys), "a ticket that nobody knows of")

    let revisions = state.events.map(\.revision)
    #expect(revisions == Array(Set(revisions)).sorted(), "events out of order or doubled")
    let created = state.events.filter { $0.kind == "ticket.created" }.map(\.ticket)
    #expect(Set(created) == Set(stored.map(\.number)), "an event is missing")
    #expect(created.count == stored.count)
    print("\(Self.kills) kills, \(stored.count) tickets, \(state.events.count) events watched")
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
