import SignalboxClient
import SignalboxServer
import SignalboxStore
import SignalboxTestKit
import SwiftProtobuf
import Synchronization
import Testing

/// What timers do for many tenants and queues. The test follows a queue and waits for the event.
@Suite(.timeLimit(.minutes(1))) struct TimerTests {
  private static let rules = """
    ruleset "desk" version 2
    phase route first { otherwise { queue "Delta" } }
    phase escalate timers {
      rule late { when status == new and age > 4h then raise priority to urgent }
    }
    """

  private static func event(
    _ kind: String, in queue: String, after cursor: String, _ client: SignalboxClient
  ) async throws -> Event? {
    for try await response in client.tickets.watch(.with { ($0.queues, $0.cursor) = ([queue], cursor) })
    where response.event.kind == kind { return response.event }
    return nil
  }

  /// Two desks and their database.
  private func run(
    _ body: @Sendable (TestServer, any Database, _ desks: [HelpDesk]) async throws -> Void
  ) async throws {
    let opened = Mutex<(any Database)?>(nil)
    try await TestServer.run(
      wrapping: { database in
        opened.withLock { $0 = database }
        return database
      },
      adjusting: {
        ($0.limits.backlogMilliseconds, $0.limits.escalationMilliseconds) = (10, 10)
        $0.limits.waitsPerRound = 2
      }
    ) { server in
      let database = try #require(opened.withLock { $0 })
      try await body(
        server, database, [try await HelpDesk.open("one", on: server), try await HelpDesk.open("two", on: server)])
    }
  }

  private static func waiting(_ client: SignalboxClient, skills: [String] = []) async throws -> TicketChangeResponse {
    let created = try await client.tickets.create(HelpDesk.ticket("hello"))
    return try await client.agents.assign(
      .with {
        ($0.number, $0.expectedVersion, $0.order, $0.skills) = (created.number, 1, .leastLoaded, skills)
      })
  }

  /// More tickets than are looked at at a time wait for somebody who is not there; the one behind them has its turn.
  @Test func whatCannotBeAssignedHoldsUpNothingBehindIt() async throws {
    try await run { server, _, desks in
      try await server.with(token: desks[0].admin) { admin in
        for _ in 0..<5 { _ = try await Self.waiting(admin, skills: ["nobody's"]) }
        _ = try await admin.agents.setPresence(.with { ($0.person, $0.presence) = ("cyd", .offline) })
        let last = try await Self.waiting(admin)
        _ = try await admin.agents.setPresence(.with { ($0.person, $0.presence) = ("cyd", .available) })
        let event = try await Self.event("ticket.assigned", in: "Triage", after: last.cursor, admin)
        #expect(event?.ticket == last.ticket.number)
      }
    }
  }

  /// What is done waits for nobody, however its wait was left.
  @Test func waitsOfTicketsThatAreDoneGo() async throws {
    try await run { server, database, desks in
      try await server.with(token: desks[0].admin) { admin in
        _ = try await admin.agents.setPresence(.with { ($0.person, $0.presence) = ("cyd", .offline) })
        let done = try await Self.waiting(admin).ticket.number
        let last = try await Self.waiting(admin)
        try await database.write { transaction in
          try transaction.run(
            Query<Void>(
              acrossTenants: "test.spoil", sql: SQL("UPDATE tickets SET status = 4 WHERE number = $1"),
              binds: [.integer(Int64(done))]))
        }
        _ = try await admin.agents.setPresence(.with { ($0.person, $0.presence) = ("cyd", .available) })
        let event = try await Self.event("ticket.assigned", in: "Triage", after: last.cursor, admin)
        #expect(event?.ticket == last.ticket.number)
      }
      let left = try await database.read { snapshot in
        try snapshot.first(
          Query<Int64>(acrossTenants: "test.waits", sql: SQL("SELECT count(*) FROM ticket_waits")) { row in
            try row.integer(0)
          })
      }
      #expect(left == 0)
    }
  }

  /// The first tenant's waits cannot be read.
  @Test func aTenantWhoseWaitsFailStopsNoOther() async throws {
    try await run { server, database, desks in
      for (place, desk) in desks.enumerated() {
        try await server.with(token: desk.admin) { admin in
          _ = try await admin.agents.setPresence(.with { ($0.person, $0.presence) = ("cyd", .offline) })
          let last = try await Self.waiting(admin)
          if place == 0 {
            try await database.write { transaction in
              try transaction.run(
                Query<Void>(acrossTenants: "test.spoil", sql: SQL("UPDATE ticket_waits SET declined = 'x'")))
            }
          }
          _ = try await admin.agents.setPresence(.with { ($0.person, $0.presence) = ("cyd", .available) })
          guard place == 1 else { return }
          let event = try await Self.event("ticket.assigned", in: "Triage", after: last.cursor, admin)
          #expect(event?.ticket == last.ticket.number)
        }
      }
    }
  }

  /// The first tenant's ticket cannot be read.
  @Test func aTenantWhoseRulesFailStopsNoOther() async throws {
    try await run { server, database, desks in
      for (place, desk) in desks.enumerated() {
        try await server.with(token: desk.admin) { admin in
          _ = try await admin.rules.put(.with { $0.text = Self.rules })
          let created = try await admin.tickets.create(HelpDesk.ticket("hello"))
          guard place == 1 else {
            return _ = try await database.write { transaction in
              try transaction.run(
                Query<Void>(acrossTenants: "test.spoil", sql: SQL("UPDATE tickets SET escalations = 'x'")))
            }
          }
          server.clock.advance(byMilliseconds: 5 * 3_600_000)
          let event = try await Self.event("ticket.escalated", in: "Delta", after: created.cursor, admin)
          #expect(event?.ticket == created.number)
        }
      }
    }
  }
}
