import SignalboxClient
import SignalboxProtocol
import SignalboxTestKit
import Testing

struct WatchTests {
  private func request(_ queues: [String], cursor: String = "") -> WatchTicketsRequest {
    var request = WatchTicketsRequest()
    request.queues = queues
    request.cursor = cursor
    return request
  }

  /// Takes events until so many were there; marks do not count.
  private func events(_ count: Int, from watch: TicketWatch) async throws -> [WatchTicketsResponse] {
    var events: [WatchTicketsResponse] = []
    for try await response in watch {
      if response.hasEvent { events.append(response) }
      if events.count == count { break }
    }
    return events
  }

  @Test func liveResumedAndFromTheStartSeeTheSame() async throws {
    try await TestServer.run { server in
      let desk = try await HelpDesk.open("desk", on: server)
      try await server.with(token: desk.admin) { client in
        let first = try await client.tickets.create(HelpDesk.ticket("gpu 0"))
        async let live = events(40, from: client.tickets.watch(request(["Delta"], cursor: first.cursor)))
        try await withThrowingTaskGroup(of: Void.self) { group in
          for index in 1...40 {
            group.addTask {
              _ = try await client.tickets.create(HelpDesk.ticket("gpu \(index)"))
              // Of another queue: not for this watch.
              _ = try await client.tickets.create(HelpDesk.ticket("hello \(index)"))
            }
          }
          try await group.waitForAll()
        }
        let seen = try await live
        let revisions = seen.map(\.event.revision)
        #expect(revisions == revisions.sorted())
        #expect(Set(revisions).count == 40)
        #expect(seen.allSatisfy { $0.event.changes.first?.after == "Delta" })

        // From each cursor on, what follows it.
        let middle = try await events(20, from: client.tickets.watch(request(["Delta"], cursor: seen[19].cursor)))
        #expect(middle.map(\.event.revision) == Array(revisions[20...]))
        // The approval of the queue and the first ticket came before.
        let all = try await events(42, from: client.tickets.watch(request(["Delta"], cursor: "start")))
        #expect(all.map(\.event.revision).suffix(40) == revisions[...])
        #expect(all.map(\.event.kind).prefix(2) == ["queue.approved", "ticket.created"])
      }
    }
  }

  /// Watches of different queues come and go while tickets pour in; none misses an event or sees one twice, whoever
  /// else reads at the time.
  @Test func watchesThatComeLateMissNothing() async throws {
    let rounds = 12
    let ticketsPerRound = 12
    try await TestServer.run { server in
      let desk = try await HelpDesk.open("desk", on: server)
      try await server.with(token: desk.admin) { client in
        let first = try await client.tickets.create(HelpDesk.ticket("gpu"))
        let seen = try await withThrowingTaskGroup(of: (String, [UInt64]).self) { group in
          for round in 0..<rounds {
            let queue = round % 2 == 0 ? "Delta" : "Triage"
            group.addTask {
              let expected = rounds * ticketsPerRound / 2
              let watch = client.tickets.watch(request([queue], cursor: first.cursor))
              return (queue, try await events(expected, from: watch).map(\.event.revision))
            }
            try await withThrowingTaskGroup(of: Void.self) { writers in
              for index in 0..<ticketsPerRound {
                writers.addTask {
                  let subject = index % 2 == 0 ? "gpu" : "hello"
                  _ = try await client.tickets.create(HelpDesk.ticket("\(subject) \(round) \(index)"))
                }
              }
              try await writers.waitForAll()
            }
          }
          return try await group.reduce(into: [:]) { $0[$1.0, default: []].append($1.1) }
        }
        for (queue, logs) in seen {
          #expect(logs.count == rounds / 2)
          #expect(Set(logs).count == 1, "watches of \(queue) differ")
          let log = logs.first ?? []
          #expect(log == Array(Set(log)).sorted(), "events of \(queue) doubled or out of order")
        }
      }
    }
  }

  @Test func aMoveIsSeenOnBothSides() async throws {
    try await TestServer.run { server in
      let desk = try await HelpDesk.open("desk", on: server)
      try await server.with(token: desk.admin) { client in
        let created = try await client.tickets.create(HelpDesk.ticket("gpu"))
        async let left = events(1, from: client.tickets.watch(request(["Delta"], cursor: created.cursor)))
        async let arrived = events(1, from: client.tickets.watch(request(["Triage"], cursor: created.cursor)))
        var reassign = ReassignTicketRequest()
        reassign.number = created.number
        reassign.expectedVersion = 1
        reassign.reason = "not ours"
        reassign.toQueue = "Triage"
        _ = try await client.tickets.reassign(reassign)
        let (before, after) = try await (left, arrived)
        #expect(before.map(\.event) == after.map(\.event))
        #expect(before.first?.event.reason == "not ours")
      }
    }
  }

  @Test func progressIsToldWithoutEvents() async throws {
    try await TestServer.run { server in
      let desk = try await HelpDesk.open("desk", on: server)
      try await server.with(token: desk.admin) { client in
        for try await response in client.tickets.watch(request(["Delta"])) {
          #expect(!response.hasEvent)
          #expect(!response.cursor.isEmpty)
          break
        }
      }
    }
  }

  @Test func watchesAreForThoseWhoBrowse() async throws {
    try await TestServer.run { server in
      let desk = try await HelpDesk.open("desk", on: server)
      try await server.with(token: desk.tokens["cyd"]) { client in
        try await expectRefused(.notPermitted) { for try await _ in client.tickets.watch(request(["Delta"])) {} }
        try await expectRefused(.queueNotFound) { for try await _ in client.tickets.watch(request(["Nope"])) {} }
        try await expectRefused(.invalidField) { for try await _ in client.tickets.watch(request([])) {} }
        try await expectRefused(.cursorInvalid) {
          for try await _ in client.tickets.watch(request(["Triage"], cursor: "AAAA")) {}
        }
      }
    }
  }
}
