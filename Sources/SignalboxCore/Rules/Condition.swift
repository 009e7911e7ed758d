/// What a rule asks of a ticket. To add a condition: a file in `Conditions/`, a case here, a case in
/// `Comparison`; the compiler then asks for the rest.
///
/// An absent field makes every comparison false, `!=` too; `not` of it is then true.
package indirect enum Condition: Sendable {
  case equals(EqualsCondition)
  case notEquals(NotEqualsCondition)
  case isIn(InCondition)
  case contains(ContainsCondition)
  case anyWordOf(AnyWordOfCondition)
  case allWordsOf(AllWordsOfCondition)
  case startsWith(StartsWithCondition)
  case endsWith(EndsWithCondition)
  case near(NearCondition)
  case less(LessCondition)
  case atMost(AtMostCondition)
  case greater(GreaterCondition)
  case atLeast(AtLeastCondition)
  case isAbsent(AbsentCondition)
  case custom(CustomFieldCondition)
  /// Two or more; none of them is an `and` itself.
  case and([Condition])
  /// Two or more; none of them is an `or` itself.
  case or([Condition])
  case not(Condition)

  /// Comparisons in it.
  var atomCount: Int {
    switch self {
    case .and(let parts), .or(let parts): parts.reduce(0) { $0 + $1.atomCount }
    case .not(let part): part.atomCount
    default: 1
    }
  }

  /// Parentheses and `not`s around the innermost comparison, as printed.
  var nesting: Int {
    switch self {
    case .and(let parts): parts.map { $0.isOr ? $0.nesting + 1 : $0.nesting }.max() ?? 0
    case .or(let parts): parts.map(\.nesting).max() ?? 0
    case .not(let part): part.nesting + (part.isAnd || part.isOr ? 2 : 1)
    default: 0
    }
  }

  var isAnd: Bool { if case .and = self { true } else { false } }
  var isOr: Bool { if case .or = self { true } else { false } }

  /// Nil for `and`, `or` and `not`.
  var atom: (any Atom)? {
    switch self {
    case .equals(let atom): atom
    case .notEquals(let atom): atom
    case .isIn(let atom): atom
    case .contains(let atom): atom
    case .anyWordOf(let atom): atom
    case .allWordsOf(let atom): atom
    case .startsWith(let atom): atom
    case .endsWith(let atom): atom
    case .near(let atom): atom
    case .less(let atom): atom
    case .atMost(let atom): atom
    case .greater(let atom): atom
    case .atLeast(let atom): atom
    case .isAbsent(let atom): atom
    case .custom(let atom): atom
    case .and, .or, .not: nil
    }
  }
}

/// One comparison of one field; each file in `Conditions/` has one.
protocol Atom: Sendable {
  static var comparison: Comparison { get }
  /// For the reference in Protocol/RULES.md.
  static var reference: RuleReference.Entry { get }
  var field: Field { get }
  /// From the field to the end.
  var span: SourceSpan { get }

  /// Reads what follows the comparison's words.
  static func parse(_ field: Field, from start: Token, _ parser: inout Parser) throws(ParseFailure) -> Self
  func check(_ checker: inout Checker)
  func print(_ printer: inout Printer)
  /// Whatever the evaluator needs of it, as one number.
  func operand(_ compiler: inout Compiler) -> Int32
  /// Whether it is true of the facts.
  static func holds(_ field: Field, _ operand: Int32, _ program: ConditionProgram, _ facts: FactValues) -> Bool
  /// What a ticket must have for it to be true.
  static func access(_ operand: Int32) -> AccessPath?
}

extension Atom {
  static func access(_ operand: Int32) -> AccessPath? { nil }
}

/// The words of a condition between the field and the value.
enum Comparison: UInt8, CaseIterable {
  case equals, notEquals, isIn, contains, anyWordOf, allWordsOf
  case startsWith, endsWith, near, less, atMost, greater, atLeast, isAbsent
  /// Any of the others, of a custom field; never written.
  case custom

  /// Tokens separated by blanks.
  var words: String {
    switch self {
    case .equals: "=="
    case .notEquals: "!="
    case .isIn: "in"
    case .contains: "contains"
    case .anyWordOf: "any word of"
    case .allWordsOf: "all words of"
    case .startsWith: "starts with"
    case .endsWith: "ends with"
    case .near: "near"
    case .less: "<"
    case .atMost: "<="
    case .greater: ">"
    case .atLeast: ">="
    case .isAbsent: "is absent"
    case .custom: ""
    }
  }

  /// As a message names it.
  var title: String { self == .near ? "near/N" : words }

  /// What the printer puts behind the words.
  var gap: String { [.near, .isAbsent, .custom].contains(self) ? "" : " " }
}
