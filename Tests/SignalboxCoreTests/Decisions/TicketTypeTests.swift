import SignalboxCore
import Testing

/// What a type asks of its tickets: when they are made, when they are changed, and of rules.
struct TicketTypeTests {
  private static let incident = TicketType(
    name: "incident", displayName: "",
    fields: [
      .init(name: "site", kind: .text, isRequired: true), .init(name: "nodes", kind: .number),
      .init(name: "down", kind: .boolean), .init(name: "began_on", kind: .date),
      .init(name: "severity", kind: .choice, options: ["degraded", "unavailable"]),
    ], endsIn: [.solved])
  private static let wish = TicketType(
    name: "wish", displayName: "", fields: [.init(name: "site", kind: .number)], endsIn: [.solved, .closed])

  private static func situation(_ rules: String = Scene.rules) -> Situation {
    var scene = Scene(rules: rules)
    scene.configuration = scene.configuration.applying([.putTicketTypes([incident, wish])], at: Revision(99))
    return scene.situation(Scene.agent(Scene.ben))
  }

  private static func create(
    type: String, _ fields: [String: String] = [:], rules: String = Scene.rules
  ) throws(Rejection) -> CreateTicket.Outcome {
    try CreateTicket(
      subject: "s", body: "", requester: "u@lab.example.edu", channel: "", category: "", resource: "", tags: [],
      priority: .normal, fields: fields, type: type
    ).decide(in: situation(rules)).outcome
  }

  private static func update(
    type: String = "incident", _ fields: [String: String] = ["site": "north"], status: Ticket.Status = .open,
    _ change: (inout UpdateTicket) -> Void
  ) throws(Rejection) -> Ticket? {
    var ticket = Scene.ticket()
    (ticket.type, ticket.fields, ticket.status) = (type, fields, status)
    var command = UpdateTicket(number: ticket.number, expectedVersion: ticket.version)
    change(&command)
    let outcome = try command.decide(in: situation(), given: TicketFacts(ticket: ticket))
    guard case .changed(let decided) = outcome else { return nil }
    return decided.outcome
  }

  private static func said(of rejection: Rejection?) -> [String] {
    rejection?.violations.map { "\($0.field) \($0.description)" } ?? []
  }

  // MARK: Values

  @Test(
    arguments: [
      ("site", "anything at all", nil), ("nodes", "-12.50", nil), ("nodes", "007", nil),
      ("nodes", "1e3", "is `1e3`, but takes a number like `12` or `-0.5`, of at most 64 digits"),
      ("nodes", " 1", "is ` 1`, but takes a number like `12` or `-0.5`, of at most 64 digits"),
      ("down", "true", nil), ("down", "false", nil), ("down", "yes", "is `yes`, but takes `true` or `false`"),
      ("began_on", "2028-02-29", nil),
      ("began_on", "2026-02-29", "is `2026-02-29`, but takes a date like `2026-05-31`"),
      ("began_on", "31.5.2026", "is `31.5.2026`, but takes a date like `2026-05-31`"), ("severity", "degraded", nil),
      ("severity", "Degraded", "is `Degraded`, but takes one of `degraded`, `unavailable`"),
      (
        "cores", "1",
        "is no field of the type `incident`; those are `site`, `nodes`, `down`, `began_on`, `severity`"
      ),
    ] as [(String, String, String?)])
  func eachKindTakesItsValues(_ field: String, _ value: String, refused: String?) {
    var fields = ["site": "north"]
    fields[field] = value
    let given = fields
    let expected = refused.map { ["fields.\(field) \($0)"] } ?? []
    let created = rejection { () throws(Rejection) in _ = try Self.create(type: "incident", given) }
    #expect(Self.said(of: created) == expected)
    let updated = rejection { () throws(Rejection) in _ = try Self.update { $0.fields = [field: value] } }
    #expect(Self.said(of: updated) == expected)
    let retyped = rejection { () throws(Rejection) in
      _ = try Self.update(type: "", given) { $0.type = "incident" }
    }
    #expect(Self.said(of: retyped) == expected)
    // A ticket of no type, or of one that the tenant has no more, takes any.
    for type in ["", "outage"] {
      #expect(throws: Never.self) { _ = try Self.update(type: type) { $0.fields = [field: value] } }
    }
  }

  // MARK: Creation

  @Test func aNewTicketHasWhatItsTypeRequires() throws {
    #expect(try Self.create(type: "incident", ["site": "north", "down": ""]).ticket.fields == ["site": "north"])
    #expect(try Self.create(type: "", ["any": "thing"]).ticket.fields == ["any": "thing"])
    let missing = "fields.site is required for tickets of the type `incident`"
    let cases: [(type: String, fields: [String: String], said: [String])] = [
      ("incident", [:], [missing]), ("incident", ["site": ""], [missing]),
      (
        "incident", ["nodes": "x"],
        ["fields.nodes is `x`, but takes a number like `12` or `-0.5`, of at most 64 digits", missing]
      ),
      ("outage", [:], ["type `outage` is none of the tenant's ticket types"]),
    ]
    for (type, fields, said) in cases {
      let refused = rejection { () throws(Rejection) in _ = try Self.create(type: type, fields) }
      #expect(refused?.reason == .invalidField && Self.said(of: refused) == said)
    }
  }

  // MARK: Changes

  @Test func anotherTypeIsForTheWholeTicket() throws {
    let next = try #require(
      try Self.update(type: "wish", ["site": "3"]) { ($0.type, $0.fields) = ("incident", ["down": "true"]) })
    #expect(next.type == "incident" && next.fields == ["site": "3", "down": "true"])
    let none = try #require(try Self.update { $0.type = "" })
    #expect(none.type == "" && none.fields == ["site": "north"])
    #expect(try Self.update { $0.type = "incident" } == nil)
    let moved = try Self.update(["site": "north", "down": "true"]) {
      ($0.type, $0.fields) = ("wish", ["site": "4", "down": ""])
    }
    #expect(moved?.fields == ["site": "4"])

    let cases: [(@Sendable (inout UpdateTicket) -> Void, said: [String])] = [
      (
        { $0.type = "wish" },
        [
          "fields.down is no field of the type `wish`; those are `site`",
          "fields.site is `north`, but takes a number like `12` or `-0.5`, of at most 64 digits",
        ]
      ),
      ({ $0.type = "outage" }, ["type `outage` is none of the tenant's ticket types"]),
    ]
    for (change, said) in cases {
      let refused = rejection { () throws(Rejection) in
        _ = try Self.update(["site": "north", "down": "true"], change)
      }
      #expect(refused?.reason == .invalidField && Self.said(of: refused) == said)
    }
    let missing = rejection { () throws(Rejection) in _ = try Self.update(type: "", [:]) { $0.type = "incident" } }
    #expect(Self.said(of: missing) == ["fields.site is required for tickets of the type `incident`"])
  }

  @Test func whatIsRequiredStaysAndWhatWasThereMay() throws {
    let removed = rejection { () throws(Rejection) in _ = try Self.update { $0.fields = ["site": ""] } }
    #expect(Self.said(of: removed) == ["fields.site is required for tickets of the type `incident`"])
    // As after another declaration of the type.
    let old = ["cores": "1", "nodes": "many"]
    #expect(try Self.update(old) { $0.status = .pending }?.fields == old)
    #expect(try Self.update(old) { $0.fields = ["cores": ""] }?.fields == ["nodes": "many"])
  }

  @Test func aTypeSaysHowItsTicketsEnd() throws {
    for status in Ticket.Status.allCases where status != .open {
      let refused = rejection { () throws(Rejection) in _ = try Self.update { $0.status = status } }
      #expect(
        Self.said(of: refused)
          == (status == .closed
            ? ["status cannot be `closed`: tickets of the type `incident` end as `solved`"] : []))
    }
    #expect(try Self.update(type: "wish", [:]) { $0.status = .closed }?.status == .closed)
    #expect(try Self.update(status: .closed) { $0.priority = .high }?.status == .closed)
    let retyped = rejection { () throws(Rejection) in
      _ = try Self.update(type: "wish", ["site": "1"], status: .closed) { $0.type = "incident" }
    }
    #expect(retyped?.violations.map(\.field) == ["status"])
  }

  // MARK: Rules

  private static func rules(_ actions: String) -> String {
    """
    ruleset "access" version 1
    phase classify all { rule r { then \(actions) } }
    phase route first { otherwise { queue "Delta" } }
    """
  }

  struct RuleCase: Sendable {
    var actions: String
    var type = ""
    var fields: [String: String] = [:]
    var expected: [String: String] = [:]
    var expectedType = ""
    var notes: [String] = []
  }

  /// What does not fit is not set, and the decision says so; what is required may come later.
  @Test(arguments: [
    RuleCase(actions: "set type \"incident\"", expectedType: "incident"),
    RuleCase(
      actions: "set type \"outage\"", notes: ["type `outage` was not set: the tenant has no such type"]),
    RuleCase(
      actions: "set type \"incident\"; set field \"nodes\" to \"3\"; set field \"down\" to \"maybe\"",
      expected: ["nodes": "3"], expectedType: "incident",
      notes: ["field `down` was not set: it is `maybe`, but takes `true` or `false`"]),
    RuleCase(
      actions: "set type \"wish\"", fields: ["any": "x"], expected: ["any": "x"],
      notes: [
        "type `wish` was not set: its field `any` is no field of the type `wish`; those are `site`"
      ]),
    RuleCase(
      actions: "set type \"wish\"; set field \"site\" to \"4\"", fields: ["site": "x"], expected: ["site": "4"],
      expectedType: "wish"),
    RuleCase(
      actions: "set field \"cores\" to \"1\"", type: "incident", fields: ["site": "x"],
      expected: ["site": "x"], expectedType: "incident",
      notes: [
        "field `cores` was not set: it is no field of the type `incident`; those are `site`, `nodes`, `down`, `began_on`, `severity`"
      ]),
  ])
  func rulesSetWhatFits(_ example: RuleCase) throws {
    let outcome = try Self.create(type: example.type, example.fields, rules: Self.rules(example.actions))
    #expect(outcome.ticket.type == example.expectedType && outcome.ticket.fields == example.expected)
    #expect(outcome.decision.notes == example.notes)
  }
}
