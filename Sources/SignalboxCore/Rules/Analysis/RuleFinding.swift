/// Something about a rule set that can be put and still is hardly meant, with a ticket that shows it.
package struct RuleFinding: Equatable, Sendable {
  package enum Kind: String, CaseIterable, Sendable {
    /// No ticket meets the condition.
    case unsatisfiable
    /// Earlier rules, together, take every ticket that it could have.
    case unreachable
    /// One earlier rule does.
    case shadowed
    /// Two rules want different values of the same thing for one ticket.
    case conflicting
    /// The rules move a ticket on and back for ever.
    case cycle
    /// A word that decides alone stands in many past tickets.
    case commonWord = "common_word"
    /// Nothing that a ticket must have for the rules to fit can be looked up.
    case unindexed
  }

  package enum Severity: String, Sendable {
    case warning
    /// Right as it is, and could be better.
    case hint
  }

  package var kind: Kind
  package var severity: Severity
  /// Empty for a keyword that a queue registered.
  package var rule: String
  package var line: Int
  /// The other rule that it takes; empty if there is none.
  package var otherRule: String
  /// 0 if there is none.
  package var otherLine: Int
  /// One sentence for a person, without a final period.
  package var message: String
  /// A ticket that the engine made this of; what is not in it is as in an ordinary new ticket. Empty for hints.
  package var witness: WitnessTicket
  /// Past tickets, out of how many.
  package var count: Int
  package var outOf: Int

  init(
    _ kind: Kind, _ severity: Severity = .warning, rule: Literal?, other: Literal? = nil, _ message: String,
    witness: WitnessTicket = WitnessTicket(), count: Int = 0, outOf: Int = 0
  ) {
    self.kind = kind
    self.severity = severity
    self.rule = rule?.value ?? ""
    line = rule?.span.line ?? 0
    otherRule = other?.value ?? ""
    otherLine = other?.span.line ?? 0
    self.message = message
    self.witness = witness
    self.count = count
    self.outOf = outOf
  }
}

/// A made-up ticket, field by field as rules name them.
package struct WitnessTicket: Equatable, Sendable {
  package struct Value: Equatable, Sendable {
    package var name: String
    package var value: String
  }

  package var values: [Value] = []

  init() {}

  /// What differs from an ordinary new ticket.
  init(_ facts: RoutingFacts) {
    let ordinary = RoutingFacts.ordinary
    func add(_ field: Field, _ value: String?) {
      guard let value, !value.isEmpty else { return }
      values.append(Value(name: field.name, value: value))
    }
    for field in Field.allCases {
      switch field {
      case .tag: for tag in facts.tags { add(.tag, tag) }
      case .custom:
        values += facts.fields.map { Value(name: "field \(RuleText.quoted($0.name))", value: $0.value) }
      case .requesterDomain: break
      case .age, .idle, .timeInQueue, .dueIn:
        let span = facts.ordinal(of: field)
        if let span, span != ordinary.ordinal(of: field) { add(field, Self.duration(span)) }
      default:
        let value = facts.value(of: field)
        if value != ordinary.value(of: field) { add(field, value) }
      }
    }
  }

  /// In the largest unit that has a whole number of them; seconds for what rules cannot say.
  private static func duration(_ milliseconds: Int64) -> String {
    let unit = RuleDuration.Unit.allCases.last { milliseconds % $0.milliseconds == 0 }
    guard let unit, milliseconds != 0 else { return milliseconds == 0 ? "0m" : "\(milliseconds / 1_000)s" }
    return "\(milliseconds / unit.milliseconds)\(unit.rawValue)"
  }
}

extension RoutingFacts {
  /// What a witness begins as: a new ticket without texts, at noon of Monday, 2024-01-01, UTC.
  static let ordinary = TestTicket.facts(TestBlock(name: Literal("", .start)))
}
