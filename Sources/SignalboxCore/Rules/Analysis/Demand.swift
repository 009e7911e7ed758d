/// What a comparison asks of a value, whichever field it is of.
enum Demand {
  case oneOf([String])
  case notEquals(String)
  case contains(String)
  case startsWith(String)
  case endsWith(String)
  case anyWordOf([String])
  case allWordsOf([String])
  case near([String], window: Int)
  case ordered(Order, String)
  case absent

  init(_ condition: Condition, _ literals: (ValueList) -> [Literal]) {
    func strings(_ values: ValueList) -> [String] { literals(values).map(\.value) }
    self =
      switch condition {
      case .equals(let atom): .oneOf([atom.value.value])
      case .isIn(let atom): .oneOf(strings(atom.values))
      case .notEquals(let atom): .notEquals(atom.value.value)
      case .contains(let atom): .contains(atom.value.value)
      case .startsWith(let atom): .startsWith(atom.value.value)
      case .endsWith(let atom): .endsWith(atom.value.value)
      case .anyWordOf(let atom): .anyWordOf(strings(atom.words))
      case .allWordsOf(let atom): .allWordsOf(strings(atom.words))
      case .near(let atom): .near(strings(atom.words), window: atom.window)
      case .less(let atom): .ordered(.less, atom.value.value)
      case .atMost(let atom): .ordered(.atMost, atom.value.value)
      case .greater(let atom): .ordered(.greater, atom.value.value)
      case .atLeast(let atom): .ordered(.atLeast, atom.value.value)
      case .isAbsent: .absent
      // No comparison; asks for nothing that there is.
      case .custom, .and, .or, .not: .oneOf([])
      }
  }

  /// The values it names.
  var values: [String] {
    switch self {
    case .oneOf(let values): values
    case .notEquals(let value), .ordered(_, let value): [value]
    default: []
    }
  }

  /// Whether it is true of a text; the matching is the engine's.
  func holds(_ value: CustomValue) -> Bool { test.holds(value) }

  private var test: CustomTest {
    func folded(_ value: String) -> [UInt8] { FoldedText(value).bytes }
    return switch self {
    case .oneOf(let values): .isIn(values.map(folded))
    case .notEquals(let value): .notEquals(folded(value))
    case .contains(let value): Needle(value).map { .contains($0) } ?? .isIn([])
    case .startsWith(let value): .startsWith(folded(value))
    case .endsWith(let value): .endsWith(folded(value))
    case .anyWordOf(let words): .anyWordOf(words.map { NearWords(phrase: $0) })
    case .allWordsOf(let words): .allWordsOf(words.map { NearWords(phrase: $0) })
    case .near(let words, let window): .near(NearWords(words, window: window))
    case .ordered(let order, let bound): .ordered(order, DecimalNumber(bound))
    case .absent: .absent
    }
  }

  // MARK: What follows from what

  /// Whether every text of which this is true is one of which the other is. False if that cannot be seen.
  func implies(_ other: Demand) -> Bool {
    switch self {
    case .oneOf(let values):
      return values.count <= RuleLimits.analysisCandidates && values.allSatisfy { other.holds(CustomValue($0)) }
    case .startsWith(let part), .endsWith(let part), .contains(let part): return implies(part: part, other)
    case .anyWordOf(let phrases):
      return phrases.count <= RuleLimits.analysisCandidates && phrases.allSatisfy { Self.phrase($0, implies: other) }
    case .allWordsOf(let phrases), .near(let phrases, _):
      switch other {
      case .allWordsOf(let wanted):
        return wanted.allSatisfy { phrase in phrases.contains { Self.phrase($0, implies: .anyWordOf([phrase])) } }
      case .near(let wanted, let window):
        guard case .near(_, let own) = self, own <= window else { break }
        return wanted.allSatisfy { phrase in phrases.contains { Self.phrase($0, implies: .anyWordOf([phrase])) } }
      default: break
      }
      return phrases.contains { Self.phrase($0, implies: other) }
    case .ordered(let order, let bound):
      guard let bound = DecimalNumber(bound) else { return false }
      return Self.ordered(order, bound, implies: other)
    case .notEquals(let value):
      guard case .notEquals(let other) = other else { return false }
      return FoldedText(value).bytes == FoldedText(other).bytes
    case .absent:
      if case .absent = other { return true }
      return false
    }
  }

  /// A part that the value has at its start, at its end or anywhere.
  private func implies(part: String, _ other: Demand) -> Bool {
    switch (self, other) {
    case (_, .notEquals(let value)): !holds(CustomValue(value))
    case (.startsWith, .startsWith), (.endsWith, .endsWith), (_, .contains): other.holds(CustomValue(part))
    default: false
    }
  }

  /// Whether the words, one behind the other, are enough.
  static func phrase(_ phrase: String, implies other: Demand) -> Bool {
    switch other {
    case .anyWordOf, .allWordsOf, .near: return other.holds(CustomValue(phrase))
    case .contains:
      // What separates the words is not known.
      let text = FoldedText(phrase)
      return text.words.contains { word in
        other.holds(CustomValue(String(decoding: text.bytes[Int(word.start)..<Int(word.end)], as: UTF8.self)))
      }
    case .notEquals(let value): return !NearWords(phrase: phrase).isFound(in: FoldedText(value))
    default: return false
    }
  }

  private static func ordered(_ order: Order, _ bound: DecimalNumber, implies other: Demand) -> Bool {
    switch other {
    case .notEquals(let value):
      return DecimalNumber(value).map { !order.holds($0, bound) } ?? true
    case .ordered(let wanted, let limit):
      guard let limit = DecimalNumber(limit) else { return false }
      switch (order, wanted) {
      case (.less, .less), (.less, .atMost), (.atMost, .atMost): return bound <= limit
      case (.atMost, .less): return bound < limit
      case (.greater, .greater), (.greater, .atLeast), (.atLeast, .atLeast): return bound >= limit
      case (.atLeast, .greater): return bound > limit
      default: return false
      }
    default: return false
    }
  }

  /// Whether no text meets both. False if that cannot be seen.
  func excludes(_ other: Demand) -> Bool {
    switch (self, other) {
    case (.startsWith(let left), .startsWith(let right)):
      let (left, right) = (FoldedText(left).bytes, FoldedText(right).bytes)
      return !left.starts(with: right) && !right.starts(with: left)
    case (.endsWith(let left), .endsWith(let right)):
      let (left, right) = (FoldedText(left).bytes.reversed(), FoldedText(right).bytes.reversed())
      return !left.starts(with: right) && !right.starts(with: left)
    case (.ordered(let left, let low), .ordered(let right, let high)):
      guard let low = DecimalNumber(low), let high = DecimalNumber(high) else { return false }
      switch (left, right) {
      case (.greater, .less), (.greater, .atMost), (.atLeast, .less): return low >= high
      case (.atLeast, .atMost): return low > high
      case (.less, .greater), (.atMost, .greater), (.less, .atLeast): return high >= low
      case (.atMost, .atLeast): return high > low
      default: return false
      }
    default: return false
    }
  }

  /// Whether no text meets this and none of the others.
  func isExhausted(by negatives: [Demand]) -> Bool {
    if negatives.contains(where: implies) { return true }
    // Each of its words may be taken by another.
    guard case .anyWordOf(let phrases) = self, phrases.count <= RuleLimits.analysisCandidates else { return false }
    return phrases.allSatisfy { phrase in negatives.contains { Self.phrase(phrase, implies: $0) } }
  }
}
