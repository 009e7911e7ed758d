import SignalboxCore
import SignalboxStore
import Testing

struct CommentQueryTests {
  private static func comment(
    _ number: Int64, on ticket: Int64 = 1, isInternal: Bool = false, bytes: Int = 3
  ) -> TicketComment {
    TicketComment(
      number: CommentNumber(number), ticket: TicketNumber(ticket), author: QueryScene.actor, at: QueryScene.now,
      isInternal: isInternal, body: String(repeating: "x", count: bytes))
  }

  @Test(arguments: StoreKind.allCases)
  func pagesAreOldestFirstAndWithinTheirBounds(on kind: StoreKind) async throws {
    try await QueryScene.on(kind) { scene in
      // Every fourth is a note; those from 41 on are long.
      var comments: [TicketComment] = []
      for number in 1...60 as ClosedRange<Int64> {
        let comment = Self.comment(number, isInternal: number % 4 == 0, bytes: number > 40 ? 1_000 : 3)
        comments.append(comment)
        try await scene.commit([.insertComment(comment)], at: number)
      }
      // Neither another ticket's nor another tenant's are among them.
      try await scene.commit([.insertComment(Self.comment(61, on: 2))], at: 61)
      try await scene.commit([.insertComment(Self.comment(1))], at: 1, tenant: 2)

      for (withNotes, limit) in [(true, 7), (false, 7), (true, 16), (false, 17), (true, 200), (true, 1)] {
        var seen: [TicketComment] = []
        var after: Int64? = 0
        while let position = after, seen.count < 100 {
          let page = try await scene.read { snapshot in
            try CommentQueries.page(
              of: TicketNumber(1), tenant: TenantID(1), after: position, withNotes: withNotes, limit: limit,
              byteLimit: 5_000, in: snapshot)
          }
          #expect(page.comments.count <= limit)
          #expect(page.comments.reduce(0) { $0 + $1.body.utf8.count } <= 5_000)
          seen += page.comments
          after = page.next
        }
        #expect(seen == comments.filter { withNotes || !$0.isInternal }, "limit \(limit), notes \(withNotes)")
      }
    }
  }

  /// One that is longer than a page is a page.
  @Test(arguments: StoreKind.allCases)
  func aLongOneIsAPageOfItsOwn(on kind: StoreKind) async throws {
    try await QueryScene.on(kind) { scene in
      for number in 1...2 as ClosedRange<Int64> {
        try await scene.commit([.insertComment(Self.comment(number, bytes: 900))], at: number)
      }
      for (after, next) in [(Int64(0), Int64?.some(1)), (1, nil)] {
        let page = try await scene.read { snapshot in
          try CommentQueries.page(
            of: TicketNumber(1), tenant: TenantID(1), after: after, withNotes: true, limit: 9, byteLimit: 800,
            in: snapshot)
        }
        #expect(page.comments.map(\.number.value) == [after + 1])
        #expect(page.next == next)
      }
    }
  }

  @Test(arguments: StoreKind.allCases)
  func historyLeavesNotesOutWhereItIsAsked(on kind: StoreKind) async throws {
    try await QueryScene.on(kind) { scene in
      var events: [RecordedEvent] = []
      for (revision, event) in [Event.Kind.ticketCreated, .ticketNoted, .ticketCommented, .ticketNoted].enumerated() {
        events.append(try await scene.commit([], Event(event, ticket: TicketNumber(1)), at: Int64(revision) + 1))
      }
      for (withNotes, expected) in [(true, events), (false, [events[0], events[2]])] {
        let history = try await scene.read { snapshot in
          try snapshot.all(
            EventQueries.history(
              of: TicketNumber(1), tenant: TenantID(1), after: Revision(0), withNotes: withNotes, limit: 4))
        }
        #expect(history == expected)
      }
    }
  }
}
