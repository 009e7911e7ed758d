import SignalboxCore
import Testing

struct UpdateTicketTests {
  static let ticket: Ticket = {
    var ticket = Scene.ticket(assignee: Scene.ada)
    ticket.tags = ["a", "b"]
    ticket.status = .solved
    ticket.category = "Storage"
    ticket.fields = ["domain": "example.org", "size": "3"]
    return ticket
  }()

  private func decide(
    ticket: Ticket? = Self.ticket, as principal: Principal = Scene.agent(Scene.ben), version: Int64 = 3,
    _ change: (inout UpdateTicket) -> Void
  ) throws(Rejection) -> UpdateTicket.Outcome {
    var command = UpdateTicket(number: TicketNumber(50), expectedVersion: version)
    change(&command)
    let scene = Scene(settings: .init(categories: ["Storage", "Networking"]))
    return try command.decide(in: scene.situation(principal), given: TicketFacts(ticket: ticket))
  }

  struct Case: Sendable {
    var change: @Sendable (inout UpdateTicket) -> Void
    var events: [Event.FieldChange]
    var result: @Sendable (inout Ticket) -> Void
  }

  @Test(arguments: [
    Case(
      change: { $0.status = .open }, events: [.init("status", from: "solved", to: "open")],
      result: { $0.status = .open }),
    Case(
      change: { ($0.subject, $0.priority) = ("quota", .urgent) },
      events: [
        .init("subject", from: "cannot log in", to: "quota"), .init("priority", from: "normal", to: "urgent"),
      ],
      result: { ($0.subject, $0.priority) = ("quota", .urgent) }),
    Case(
      change: { ($0.category, $0.resource) = ("", "delta") },
      events: [.init("category", from: "Storage", to: nil), .init("resource", from: nil, to: "delta")],
      result: { ($0.category, $0.resource) = ("", "delta") }),
    Case(
      change: { ($0.addedTags, $0.removedTags) = (["c", "b", "c"], ["a", "z"]) },
      events: [.init("tags", from: "a, b", to: "b, c")], result: { $0.tags = ["b", "c"] }),
    Case(
      change: { $0.fields = ["domain": "", "size": "4", "new_1": "x=y", "gone": ""] },
      events: [
        .init("fields.domain", from: "example.org", to: nil), .init("fields.new_1", from: nil, to: "x=y"),
        .init("fields.size", from: "3", to: "4"),
      ],
      result: { $0.fields = ["size": "4", "new_1": "x=y"] }),
  ])
  func whatIsNamedChangesAndNothingElse(_ example: Case) throws {
    guard case .changed(let decided) = try decide(example.change) else {
      Issue.record("nothing changed")
      return
    }
    var expected = Self.ticket
    example.result(&expected)
    expected.version = 4
    expected.updatedAt = Scene.now
    #expect(decided.outcome == expected)
    #expect(decided.plan.changes == [.editTicket(expected)])
    #expect(decided.plan.event.kind == .ticketUpdated)
    #expect(decided.plan.event.ticketVersion == 4)
    #expect(decided.plan.event.queueBefore == expected.queue && decided.plan.event.queueAfter == expected.queue)
    #expect(decided.plan.event.changes == example.events)
    #expect(
      decided.plan.outbox.contains(OutboxRecipient(role: .watcher, address: "watch@example.org"))
        == example.events.contains { $0.field == "status" })
    #expect(decided.plan.outbox.contains(OutboxRecipient(role: .assignee, address: "ada@example.org")))
  }

  @Test(
    arguments: [
      { _ in }, { $0.status = .solved }, { ($0.addedTags, $0.removedTags) = (["b"], ["z"]) },
      { $0.fields = ["domain": "example.org", "gone": ""] }, { ($0.subject, $0.resource) = ("cannot log in", "") },
    ] as [@Sendable (inout UpdateTicket) -> Void])
  func whatChangesNothingLeavesNothing(_ change: @Sendable (inout UpdateTicket) -> Void) throws {
    guard case .unchanged(let ticket) = try decide(change) else {
      Issue.record("something changed")
      return
    }
    #expect(ticket == Self.ticket)
  }

  /// Whatever the status before, any other may follow.
  @Test func anyStatusFollowsAnyOther() throws {
    for before in Ticket.Status.allCases {
      for after in Ticket.Status.allCases where after != before {
        var ticket = Self.ticket
        ticket.status = before
        guard case .changed(let decided) = try decide(ticket: ticket, { $0.status = after }) else {
          Issue.record("\(before) stays")
          continue
        }
        #expect(decided.outcome.status == after)
        #expect(decided.plan.event.changes == [.init("status", from: before.name, to: after.name)])
      }
    }
  }

  struct Wrong: Sendable {
    var change: @Sendable (inout UpdateTicket) -> Void
    var field: String

    init(_ change: @escaping @Sendable (inout UpdateTicket) -> Void, _ field: String) {
      self.change = change
      self.field = field
    }
  }

  @Test(arguments: [
    Wrong({ $0.subject = "" }, "subject"), Wrong({ $0.subject = "a\nb" }, "subject"),
    Wrong({ $0.category = "Nonsense" }, "category"),
    Wrong({ $0.resource = String(repeating: "x", count: 201) }, "resource"), Wrong({ $0.addedTags = [""] }, "add_tags"),
    Wrong({ $0.addedTags = (0..<33).map { "t\($0)" } }, "add_tags"),
    Wrong({ $0.addedTags = (0..<31).map { "t\($0)" } }, "add_tags"),
    Wrong({ ($0.addedTags, $0.removedTags) = (["x"], ["x"]) }, "add_tags"),
    Wrong({ $0.removedTags = ["\0"] }, "remove_tags"),
    Wrong({ $0.fields = ["Domain": "x"] }, "fields.Domain"), Wrong({ $0.fields = ["": "x"] }, "fields."),
    Wrong({ $0.fields = ["1a": "x"] }, "fields.1a"), Wrong({ $0.fields = ["a=b": ""] }, "fields.a=b"),
    Wrong({ $0.fields = ["domain": "a\nb"] }, "fields.domain"),
    Wrong({ $0.fields = ["domain": "a\0"] }, "fields.domain"),
    Wrong({ $0.fields = ["domain": String(repeating: "é", count: 513)] }, "fields.domain"),
    Wrong({ $0.fields = Dictionary(uniqueKeysWithValues: (0..<65).map { ("f\($0)", "x") }) }, "fields"),
    Wrong({ $0.fields = Dictionary(uniqueKeysWithValues: (0..<63).map { ("f\($0)", "x") }) }, "fields"),
  ])
  func saysWhichFieldIsWrong(_ wrong: Wrong) {
    let refused = rejection { () throws(Rejection) in _ = try decide(wrong.change) }
    #expect(refused?.reason == .invalidField)
    #expect(refused?.violations.first?.field == wrong.field)
  }

  @Test func atTheLimitIsAllowed() throws {
    _ = try decide {
      $0.addedTags = (0..<30).map { "t\($0)" }
      $0.fields = Dictionary(uniqueKeysWithValues: (0..<62).map { ("f\($0)", String(repeating: "é", count: 512)) })
      $0.fields[String(repeating: "n", count: 64)] = ""
    }
  }

  /// The requester sees the ticket, others do not; neither changes it.
  @Test func whoMayNotIsRefused() {
    let requested = Scene.ticket(requester: "cyd@example.org")
    let cases: [(Ticket?, Principal, Int64, Rejection.Reason)] = [
      (requested, Scene.agent(Scene.cyd), 3, .notPermitted), (Self.ticket, Scene.agent(Scene.cyd), 3, .ticketNotFound),
      (nil, Scene.admin, 3, .ticketNotFound), (Self.ticket, Scene.admin, 2, .versionMismatch),
      (Self.ticket, Scene.admin, 0, .invalidField),
    ]
    for (ticket, principal, version, expected) in cases {
      let refused = rejection { () throws(Rejection) in
        _ = try decide(ticket: ticket, as: principal, version: version) { $0.status = .open }
      }
      #expect(refused?.reason == expected)
    }
  }

  @Test func aNewTicketHasItsFieldsWithoutEmptyOnes() throws {
    var command = CreateTicket(
      subject: "s", body: "", requester: "u@lab.example.edu", channel: "", category: "", resource: "", tags: [],
      priority: .normal, fields: ["domain": "example.org", "size": ""])
    let decided = try command.decide(in: Scene().situation(Scene.admin))
    #expect(decided.outcome.ticket.fields == ["domain": "example.org"])
    command.fields = ["Domain": "x"]
    let wrong = command
    let refused = rejection { () throws(Rejection) in _ = try wrong.decide(in: Scene().situation(Scene.admin)) }
    #expect(refused?.violations.first?.field == "fields.Domain")
  }
}
