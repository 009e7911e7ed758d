import SignalboxCore
import SignalboxStore
import Testing

struct TicketQueryTests {
  @Test(arguments: StoreKind.allCases)
  func aTicketComesBackAsItWasWritten(on kind: StoreKind) async throws {
    try await QueryScene.on(kind) { scene in
      var ticket = QueryScene.ticket(5)
      try await scene.commit([.insertTicket(ticket)], at: 5)
      #expect(try await scene.ticket(5) == ticket)
      #expect(try await scene.ticket(5, tenant: 2) == nil)
      ticket.version = 2
      ticket.queue = QueueID(11)
      ticket.assignee = PersonID(4)
      ticket.unassignedReason = ""
      ticket.tags = []
      ticket.status = .pending
      try await scene.commit([.updateTicket(ticket)], at: 6)
      #expect(try await scene.ticket(5) == ticket)
    }
  }

  /// A move writes neither texts nor custom fields, so it may have been decided without them; an edit writes them.
  @Test(arguments: StoreKind.allCases)
  func fieldsAreEditedAndOutliveAMove(on kind: StoreKind) async throws {
    try await QueryScene.on(kind) { scene in
      var ticket = QueryScene.ticket(5)
      // An accent at its start joins what stands before it.
      ticket.fields = ["domain": "example.org", "a": "\u{301}x=y=z", "b_2": "é漢 🚂"]
      try await scene.commit([.insertTicket(ticket)], at: 5)
      #expect(try await scene.ticket(5) == ticket)
      let listed = try await scene.read { try $0.all(TicketQueries.active(in: QueueID(10), of: TenantID(1), limit: 3)) }
      var moved = try #require(listed.first)
      #expect(moved.fields.isEmpty)
      moved.queue = QueueID(11)
      try await scene.commit([.updateTicket(moved)], at: 6)
      ticket.queue = QueueID(11)
      #expect(try await scene.ticket(5) == ticket)
      (ticket.subject, ticket.status, ticket.version) = ("another", .closed, 2)
      ticket.fields = ["domain": "example.com"]
      try await scene.commit([.editTicket(ticket)], at: 7)
      #expect(try await scene.ticket(5) == ticket)
      ticket.fields = [:]
      try await scene.commit([.editTicket(ticket)], at: 8)
      #expect(try await scene.ticket(5) == ticket)
    }
  }

  @Test(arguments: StoreKind.allCases)
  func withoutItsBodyItIsTheSame(on kind: StoreKind) async throws {
    try await QueryScene.on(kind) { scene in
      var ticket = QueryScene.ticket(5)
      ticket.fields = ["domain": "example.org"]
      ticket.type = "incident"
      (ticket.placement.handoffs, ticket.commentCount, ticket.escalations) = (2, 3, ["late": 1])
      try await scene.commit([.insertTicket(ticket), .editTicket(ticket)], at: 5)
      func bodiless(_ tenant: Int64) async throws -> Ticket? {
        try await scene.read { try $0.first(TicketQueries.bodiless(TicketNumber(5), of: TenantID(tenant))) }
      }
      ticket.body = ""
      #expect(try await bodiless(1) == ticket)
      #expect(try await bodiless(2) == nil)
    }
  }

  @Test(arguments: StoreKind.allCases)
  func pagesAreNewestFirstAndWhole(on kind: StoreKind) async throws {
    try await QueryScene.on(kind) { scene in
      for number in 1...40 as ClosedRange<Int64> {
        let ticket = QueryScene.ticket(
          number, queue: number % 2 == 0 ? 10 : 11, assignee: number % 3 == 0 ? 4 : nil,
          status: number % 5 == 0 ? .solved : number % 7 == 0 ? .pending : .new)
        try await scene.commit([.insertTicket(ticket)], at: number)
        try await scene.commit([.insertTicket(QueryScene.ticket(number))], at: number, tenant: 2)
      }
      let cases: [(queue: Int64?, filter: TicketQueries.Filter, expected: (Int64) -> Bool)] = [
        (nil, .init(), { _ in true }), (10, .init(), { $0 % 2 == 0 }),
        (nil, .init(assignee: PersonID(4)), { $0 % 3 == 0 }),
        (11, .init(assignee: PersonID(4)), { $0 % 2 == 1 && $0 % 3 == 0 }),
        (nil, .init(unassigned: true), { $0 % 3 != 0 }), (nil, .init(status: .solved), { $0 % 5 == 0 }),
        (10, .init(status: .solved), { $0 % 10 == 0 }), (11, .init(status: .closed), { _ in false }),
        (10, .init(status: .pending), { $0 % 14 == 0 && $0 % 5 != 0 }),
        (11, .init(unassigned: true, status: .new), { $0 % 2 != 0 && $0 % 3 != 0 && $0 % 5 != 0 && $0 % 7 != 0 }),
        (nil, .init(assignee: PersonID(4), status: .pending), { $0 % 21 == 0 }),
      ]
      for (queue, filter, expected) in cases {
        var seen: [Int64] = []
        var before: Int64? = Int64.max
        while let position = before, seen.count <= 40 {
          let page = try await scene.read { snapshot in
            try TicketQueries.page(
              of: TenantID(1), before: position, queue: queue.map(QueueID.init(_:)), filter: filter, limit: 7,
              in: snapshot, where: { _ in true })
          }
          #expect(page.tickets.count <= 7)
          #expect(page.tickets.allSatisfy { $0.body.isEmpty })
          seen += page.tickets.map(\.number.value)
          before = page.next
        }
        #expect(seen == (1...40).reversed().filter(expected))
      }
      let active = try await scene.read { try $0.all(TicketQueries.active(in: QueueID(10), of: TenantID(1), limit: 3)) }
      #expect(active.map(\.number.value) == [2, 4, 6])
    }
  }

  @Test(arguments: StoreKind.allCases)
  func eventsAreHistoryAndFeed(on kind: StoreKind) async throws {
    try await QueryScene.on(kind) { scene in
      let created = try await scene.commit(
        [.insertTicket(QueryScene.ticket(1))],
        Event(
          .ticketCreated, ticket: TicketNumber(1), ticketVersion: 1, queueAfter: QueueID(10),
          changes: [.init("queue", from: nil, to: "Delta"), .init("note", from: "", to: "a\u{1f}\nb")]),
        at: 1, outbox: [.init(role: .watcher, address: "w@example.org")])
      let moved = try await scene.commit(
        [],
        Event(
          .ticketReassignedExternally, ticket: TicketNumber(1), ticketVersion: 2, queueBefore: QueueID(10),
          queueAfter: QueueID(11), reason: "r"), at: 2)
      let other = try await scene.commit([], Event(.queueRetired, queueBefore: QueueID(12), subject: "s"), at: 3)
      let history = try await scene.read { snapshot in
        try snapshot.all(
          EventQueries.history(of: TicketNumber(1), tenant: TenantID(1), after: Revision(0), limit: 9))
      }
      #expect(history == [created, moved])
      func feed(_ queues: Set<QueueID>, after revision: Int64) async throws -> [RecordedEvent?] {
        try await scene.read { snapshot in
          try snapshot.all(
            EventQueries.page(of: TenantID(1), after: Revision(revision), touching: queues, limit: 9)
          ).map(\.1)
        }
      }
      #expect(try await feed([QueueID(10)], after: 0) == [created, moved, nil])
      #expect(try await feed([QueueID(11)], after: 0) == [nil, moved, nil])
      #expect(try await feed([QueueID(12)], after: 2) == [other])
      #expect(try await feed([QueueID(10)], after: 3) == [])
    }
  }
}
