/// What a comparison asks of a value, whichever field it is of.
struct Demand {
  enum Ask {
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
  }

  /// A comparison with a list that has a name.
  struct OfList: Hashable {
    private let comparison: Comparison
    private let list: String

    /// Nil for any other.
    init?(_ condition: Condition) {
      switch condition {
      case .isIn(let atom): self.init(.isIn, atom.values)
      case .anyWordOf(let atom): self.init(.anyWordOf, atom.words)
      case .allWordsOf(let atom): self.init(.allWordsOf, atom.words)
      default: return nil
      }
    }

    private init?(_ comparison: Comparison, _ values: ValueList) {
      guard case .list(let name) = values else { return nil }
      self.comparison = comparison
      list = name.value
    }
  }

  /// Made ready to be tried on many values.
  private enum Test {
    case isIn(Set<[UInt8]>)
    case notEquals([UInt8])
    case anyWordOf([NearWords])
    case allWordsOf([NearWords])
    case part(PartTest)
    case absent
  }

  /// With at most `RuleLimits.analysisCandidates` values.
  let ask: Ask
  /// False if it names more values. Of such a demand nothing follows; its first values may still be tried.
  let isWhole: Bool
  private let test: Test

  init(_ condition: Condition, _ literals: (ValueList) -> [Literal]) {
    var isWhole = true
    func strings(_ values: ValueList) -> [String] {
      let literals = literals(values)
      isWhole = literals.count <= RuleLimits.analysisCandidates
      return literals.prefix(RuleLimits.analysisCandidates).map(\.value)
    }
    func words(_ phrases: [String]) -> [NearWords] { phrases.map { NearWords(phrase: $0) } }
    func folded(_ value: String) -> [UInt8] { FoldedText(value).bytes }
    let test: Test?
    (ask, test) =
      switch condition {
      case .equals(let atom): (.oneOf([atom.value.value]), .isIn([folded(atom.value.value)]))
      case .isIn(let atom): { (.oneOf($0), .isIn(Set($0.map(folded)))) }(strings(atom.values))
      case .notEquals(let atom): (.notEquals(atom.value.value), .notEquals(folded(atom.value.value)))
      case .contains(let atom): (.contains(atom.value.value), nil)
      case .startsWith(let atom): (.startsWith(atom.value.value), nil)
      case .endsWith(let atom): (.endsWith(atom.value.value), nil)
      case .anyWordOf(let atom): { (.anyWordOf($0), .anyWordOf(words($0))) }(strings(atom.words))
      case .allWordsOf(let atom): { (.allWordsOf($0), .allWordsOf(words($0))) }(strings(atom.words))
      case .near(let atom): (.near(strings(atom.words), window: atom.window), nil)
      case .less(let atom): (.ordered(.less, atom.value.value), nil)
      case .atMost(let atom): (.ordered(.atMost, atom.value.value), nil)
      case .greater(let atom): (.ordered(.greater, atom.value.value), nil)
      case .atLeast(let atom): (.ordered(.atLeast, atom.value.value), nil)
      case .isAbsent: (.absent, .absent)
      // No comparison; asks for nothing that there is.
      case .custom, .and, .or, .not: (.oneOf([]), nil)
      }
    self.isWhole = isWhole
    self.test = test ?? .part(PartTest(condition, literals) ?? .never)
  }

  /// The values it names.
  var values: [String] {
    switch ask {
    case .oneOf(let values): values
    case .notEquals(let value), .ordered(_, let value): [value]
    default: []
    }
  }

  /// How many values or phrases it names, as far as they are looked into.
  var count: Int {
    switch ask {
    case .oneOf(let values), .anyWordOf(let values), .allWordsOf(let values), .near(let values, _): values.count
    case .notEquals, .contains, .startsWith, .endsWith, .ordered, .absent: 1
    }
  }

  var isAbsence: Bool { if case .absent = ask { true } else { false } }

  /// Whether it is true of a text; the matching is the engine's. Of a demand that is not whole, whether it is so by its
  /// first values.
  func holds(_ value: CustomValue) -> Bool {
    switch test {
    case .isIn(let wanted): wanted.contains(value.text.bytes)
    case .notEquals(let wanted): value.text.bytes != wanted
    case .anyWordOf(let phrases): phrases.contains { $0.isFound(in: value.text) }
    case .allWordsOf(let phrases): phrases.allSatisfy { $0.isFound(in: value.text) }
    case .part(let test): test.holds(value)
    case .absent: false
    }
  }

  // MARK: What follows from what

  /// Whether every text of which this is true is one of which the other is. False if that cannot be seen.
  func implies(_ other: Demand) -> Bool {
    guard isWhole, other.isWhole else { return false }
    switch ask {
    case .oneOf(let values): return values.allSatisfy { other.holds(CustomValue($0)) }
    case .startsWith(let part), .endsWith(let part), .contains(let part): return implies(part: part, other)
    case .anyWordOf(let phrases): return phrases.allSatisfy { Self.phrase($0, implies: other) }
    case .allWordsOf(let phrases), .near(let phrases, _):
      switch other.ask {
      case .allWordsOf(let wanted): return Self.phrases(phrases, have: wanted)
      case .near(let wanted, let window):
        guard case .near(_, let own) = ask, own <= window else { break }
        return Self.phrases(phrases, have: wanted)
      default: break
      }
      return phrases.contains { Self.phrase($0, implies: other) }
    case .ordered(let order, let bound):
      guard let bound = DecimalNumber(bound) else { return false }
      return Self.ordered(order, bound, implies: other)
    case .notEquals(let value):
      guard case .notEquals(let other) = other.ask else { return false }
      return FoldedText(value).bytes == FoldedText(other).bytes
    case .absent: return other.isAbsence
    }
  }

  /// A part that the value has at its start, at its end or anywhere.
  private func implies(part: String, _ other: Demand) -> Bool {
    switch (ask, other.ask) {
    case (_, .notEquals(let value)): !holds(CustomValue(value))
    case (.startsWith, .startsWith), (.endsWith, .endsWith), (_, .contains): other.holds(CustomValue(part))
    default: false
    }
  }

  /// Whether each of those wanted stands in one of the phrases.
  private static func phrases(_ phrases: [String], have wanted: [String]) -> Bool {
    let texts = phrases.map { FoldedText($0) }
    return wanted.allSatisfy { phrase in
      let words = NearWords(phrase: phrase)
      return texts.contains { words.isFound(in: $0) }
    }
  }

  /// Whether the words, one behind the other, are enough.
  static func phrase(_ phrase: String, implies other: Demand) -> Bool {
    guard other.isWhole else { return false }
    switch other.ask {
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
    switch other.ask {
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
    switch (ask, other.ask) {
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
    guard isWhole, case .anyWordOf(let phrases) = ask else { return false }
    return phrases.allSatisfy { phrase in negatives.contains { Self.phrase(phrase, implies: $0) } }
  }
}
