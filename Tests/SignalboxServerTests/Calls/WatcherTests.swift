import SignalboxClient
import SignalboxStore
import SignalboxTestKit
import SwiftProtobuf
import Synchronization
import Testing

/// Watchers through the protocol, with their mails as the outbox has them.
struct WatcherTests {
  private static let week: Int64 = 7 * 86_400_000

  /// A server, its database, and a help desk.
  private func run(
    _ body: @Sendable (TestServer, any Database, HelpDesk) async throws -> Void
  ) async throws {
    let kept = Mutex<(any Database)?>(nil)
    try await TestServer.run(
      wrapping: { database in
        kept.withLock { $0 = database }
        return database
      }
    ) { server in
      let desk = try await HelpDesk.open("desk", on: server)
      let database = try #require(kept.withLock { $0 })
      try await body(server, database, desk)
    }
  }

  /// The lines of all mails that wait, oldest first.
  private func mails(_ database: any Database) async throws -> [String] {
    try await withCheckedThrowingContinuation { (continuation: CheckedContinuation<[String], any Error>) in
      do {
        try database.submit(
          Read(sink: InlineSink.shared) { snapshot in
            try snapshot.all(
              Query(acrossTenants: "outbox", sql: "SELECT recipients FROM outbox ORDER BY tenant, revision") {
                try $0.text(0)
              })
          } completion: {
            continuation.resume(with: $0)
          })
      } catch {
        continuation.resume(throwing: error)
      }
    }.flatMap { $0.split(separator: "\n").map(String.init) }
  }

  /// What the last mail to an address says by which it confirms.
  private func token(of address: String, _ database: any Database) async throws -> String {
    let line = try await mails(database).last { $0.hasPrefix("watcher_confirmation \(address) ") }
    return try #require(line?.split(separator: " ").last.map(String.init))
  }

  private func told(_ address: String, by body: () async throws -> Void, _ database: any Database) async throws -> Bool
  {
    let before = try await mails(database).count
    try await body()
    return try await mails(database).dropFirst(before).contains("watcher \(address)")
  }

  private func add(_ who: String, _ events: [WatcherEvent] = []) -> AddWatcherRequest {
    .with { ($0.queue, $0.who, $0.events) = ("Delta", who, events) }
  }

  @Test func anAddressIsToldOnceItHasConfirmed() async throws {
    try await run { server, database, desk in
      try await server.with(token: desk.admin) { admin in
        let added = try await admin.watchers.add(add("new@example.net", [.arrivals]))
        #expect(added.state == .pending && added.events == [.arrivals] && added.addedBy == "admin")
        let create = { _ = try await admin.tickets.create(HelpDesk.ticket("gpu")) }
        #expect(try await !told("new@example.net", by: create, database))
        let token = try await token(of: "new@example.net", database)
        #expect(token.hasPrefix("sbw1."))
        try await server.with(token: desk.tokens["cyd"]) { cyd in
          let confirmed = try await cyd.watchers.confirm(.with { $0.token = token })
          #expect(confirmed.state == .active && confirmed.confirmedBy.isEmpty && confirmed.queue == "Delta")
          // Used, replaced and unknown are one answer.
          let used = try await refusal { _ = try await cyd.watchers.confirm(.with { $0.token = token }) }
          for text in ["sbw1.\(String(repeating: "A", count: 43))", "", String(repeating: "x", count: 5_000)] {
            let unknown = try await refusal { _ = try await cyd.watchers.confirm(.with { $0.token = text }) }
            #expect(unknown?.reason == .watcherTokenNotFound)
            #expect(unknown?.message == used?.message)
          }
        }
        #expect(try await told("new@example.net", by: create, database))
        // Nobody is told the token but its address.
        let list = try await admin.watchers.list(.with { $0.queue = "Delta" })
        #expect(list.watchers.map(\.who) == ["watch@example.org", "new@example.net"])
        #expect(list.watchers.map(\.confirmedBy) == ["admin", ""])
        #expect(try !list.jsonString().contains("sbw1"))
      }
    }
  }

  @Test func aTokenExpiresIsReplacedAndIsOfItsTenant() async throws {
    try await run { server, database, desk in
      let other = try await HelpDesk.open("other", on: server)
      try await server.with(token: desk.admin) { admin in
        _ = try await admin.watchers.add(add("new@example.net"))
        let first = try await token(of: "new@example.net", database)
        try await server.with(token: other.admin) { foreign in
          try await expectRefused(.watcherTokenNotFound) {
            _ = try await foreign.watchers.confirm(.with { $0.token = first })
          }
          try await expectRefused(.watcherTokenNotFound) {
            _ = try await foreign.watchers.optOut(.with { $0.token = first })
          }
        }
        server.clock.advance(byMilliseconds: Self.week)
        try await expectRefused(.watcherTokenNotFound) {
          _ = try await admin.watchers.confirm(.with { $0.token = first })
        }
        let resend = SendWatcherConfirmationRequest.with { ($0.queue, $0.who) = ("Delta", "new@example.net") }
        _ = try await admin.watchers.sendConfirmation(resend)
        let second = try await token(of: "new@example.net", database)
        #expect(second != first)
        try await expectRefused(.watcherTokenNotFound) {
          _ = try await admin.watchers.optOut(.with { $0.token = first })
        }
        server.clock.advance(byMilliseconds: Self.week - 1)
        #expect(try await admin.watchers.confirm(.with { $0.token = second }).state == .active)
        // Opting out has no end, and is undone by nobody else.
        server.clock.advance(byMilliseconds: 10 * Self.week)
        #expect(try await admin.watchers.optOut(.with { $0.token = second }).state == .optedOut)
        try await expectRefused(.watcherOptedOut) { _ = try await admin.watchers.sendConfirmation(resend) }
        #expect(try await admin.watchers.optIn(.with { $0.token = second }).state == .active)
      }
    }
  }

  @Test func aPersonsOptingOutStands() async throws {
    try await run { server, database, desk in
      try await server.with(token: desk.tokens["ada"]) { ada in
        try await expectRefused(.watcherNotFound) { _ = try await ada.watchers.optOut(.with { $0.queue = "Delta" }) }
        #expect(try await ada.watchers.add(add("ada")).state == .active)
        let create = { _ = try await ada.tickets.create(HelpDesk.ticket("gpu")) }
        #expect(try await told("ada@example.org", by: create, database))
        let out = try await ada.watchers.optOut(.with { $0.queue = "Delta" })
        #expect(out.state == .optedOut && out.optedOutAtMs == ManualClock.start)
        #expect(try await !told("ada@example.org", by: create, database))
        let name = RemoveWatcherRequest.with { ($0.queue, $0.who) = ("Delta", "ada") }
        let overriding: @Sendable (SignalboxClient) async throws -> Void = { client in
          for who in ["ada", "Ada@example.org"] {
            try await expectRefused(.watcherOptedOut) { _ = try await client.watchers.add(add(who)) }
          }
          try await expectRefused(.watcherOptedOut) { _ = try await client.watchers.remove(name) }
          try await expectRefused(.watcherOptedOut) {
            _ = try await client.watchers.update(.with { ($0.queue, $0.who, $0.events) = ("Delta", "ada", [.notes]) })
          }
          try await expectRefused(.notPermitted) { _ = try await client.watchers.optIn(.with { $0.queue = "Delta" }) }
        }
        try await server.with(token: desk.admin, overriding)
        try await server.asRoot(in: "desk", overriding)
        #expect(try await ada.watchers.optIn(.with { $0.queue = "Delta" }).state == .active)
        #expect(try await told("ada@example.org", by: create, database))
        _ = try await ada.watchers.remove(name)
        #expect(try await !told("ada@example.org", by: create, database))
      }
    }
  }

  @Test func theListIsForThoseWhoBrowse() async throws {
    try await run { server, _, desk in
      // The queue itself is for everybody, but for its watchers; who opted out is one no more.
      _ = try await server.with(token: desk.admin) { try await $0.watchers.add(add("ben")) }
      func shown(to who: String?) async throws -> [[String]] {
        try await server.with(token: who ?? desk.admin) { client in
          let listed = try await client.queues.list(ListQueuesRequest()).queues.first { $0.name == "Delta" }
          return [try await client.queues.get(.with { $0.name = "Delta" }).watchers, listed?.watchers ?? ["none"]]
        }
      }
      let watchers = try await shown(to: nil)
      #expect(watchers[0].contains("ben") && watchers[1] == watchers[0])
      #expect(try await shown(to: desk.tokens["ada"]) == watchers)
      #expect(try await shown(to: desk.tokens["cyd"]) == [[], []])
      try await server.with(token: desk.tokens["ben"]) {
        _ = try await $0.watchers.optOut(.with { $0.queue = "Delta" })
      }
      #expect(try await !shown(to: nil)[0].contains("ben"))
      try await server.with(token: desk.tokens["cyd"]) { cyd in
        try await expectRefused(.notPermitted) { _ = try await cyd.watchers.list(.with { $0.queue = "Delta" }) }
        try await expectRefused(.queueNotFound) { _ = try await cyd.watchers.list(.with { $0.queue = "Nowhere" }) }
        try await expectRefused(.notPermitted) { _ = try await cyd.watchers.add(add("cyd")) }
      }
      // What was asked for with a mask comes back with it.
      try await server.with(token: desk.admin) { admin in
        let asked = try await admin.queues.register(
          .with {
            ($0.name, $0.kind, $0.organization, $0.additional) = ("Delta-2", .resourceProvider, "Delta", true)
            $0.watchers = ["ada:arrivals+notes", "w@example.org"]
          })
        #expect(asked.queue.watchers == ["ada:arrivals+notes", "w@example.org"])
        let made = try await admin.queues.approve(.with { $0.registration = asked.id })
        #expect(made.queue.watchers == asked.queue.watchers)
        let watchers = try await admin.watchers.list(.with { $0.queue = "Delta-2" }).watchers
        #expect(watchers.map(\.state) == [.active, .pending])
        #expect(watchers[0].events == [.arrivals, .notes])
        let name = WatcherName.with { ($0.queue, $0.who) = ("Delta-2", "w@example.org") }
        #expect(try await admin.watchers.confirm(.with { $0.watcher = name }).confirmedBy == "admin")
        try await expectRefused(.invalidField) { _ = try await admin.watchers.confirm(ConfirmWatcherRequest()) }
        try await expectRefused(.invalidField) { _ = try await admin.watchers.optOut(OptOutWatcherRequest()) }
        try await expectRefused(.invalidField) {
          _ = try await admin.watchers.add(add("cyd", [.UNRECOGNIZED(99)]))
        }
      }
    }
  }
}
