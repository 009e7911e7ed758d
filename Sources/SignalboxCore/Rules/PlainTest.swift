/// A comparison that is made on the ticket's values directly, without a table shared by all rules.
enum PlainTest: Sendable {
  case startsWith([UInt8])
  case endsWith([UInt8])
  case near(NearWords)
  /// With what `RoutingFacts.ordinal(of:)` gives.
  case ordered(Order, Int64)
  case absent
  case never
  /// Of the custom field with this index in `ConditionProgram.customFields`.
  case custom(Int32, CustomTest)

  func holds(_ field: Field, _ program: ConditionProgram, _ facts: FactValues) -> Bool {
    switch self {
    case .startsWith(let start): Self.starts(facts.text(of: field), with: start)
    case .endsWith(let end): Self.ends(facts.text(of: field), with: end)
    case .near(let words): field.parts.contains { words.isFound(in: facts.text(of: $0)) }
    case .ordered(let order, let bound): facts.facts.ordinal(of: field).map { order.holds($0, bound) } ?? false
    case .absent: field == .tag ? facts.facts.tags.isEmpty : !facts.facts.has(field)
    case .never: false
    case .custom(let index, let test): test.holds(facts.customs[Int(index)], program)
    }
  }

  /// A part never ends inside a letter: `café` does not start with `cafe`.
  static func starts(_ text: FoldedText, with start: [UInt8]) -> Bool {
    guard text.bytes.starts(with: start) else { return false }
    return text.bytes.withUnsafeBufferPointer { Needle.endsCharacter($0, start.count) }
  }

  static func ends(_ text: FoldedText, with end: [UInt8]) -> Bool {
    text.bytes.count >= end.count && text.bytes.suffix(end.count).elementsEqual(end)
  }
}

/// `<`, `<=`, `>` or `>=`.
enum Order: Sendable {
  case less, atMost, greater, atLeast

  func holds<Value: Comparable>(_ left: Value, _ right: Value) -> Bool {
    switch self {
    case .less: left < right
    case .atMost: left <= right
    case .greater: left > right
    case .atLeast: left >= right
    }
  }
}

/// What a comparison asks of the value of a custom field, nil where there is none. Whole values and words are looked up in
/// the tables of the program, as for all other fields: a list is there once, however many comparisons name it.
enum CustomTest: Sendable {
  /// Numbers in `ConditionProgram.values`.
  case equals(Int32)
  case notEquals(Int32)
  /// A set of `ConditionProgram.valueSets`.
  case isIn(Int32)
  /// Sets of `ConditionProgram.patternSets`.
  case anyWordOf(Int32)
  case allWordsOf(Int32)
  case part(PartTest)
  case absent

  func holds(_ fact: CustomFact?, _ program: ConditionProgram) -> Bool {
    guard let fact else { if case .absent = self { return true } else { return false } }
    return switch self {
    case .equals(let wanted): fact.number == wanted
    case .notEquals(let wanted): fact.number != wanted
    case .isIn(let set): program.valueSets[set].containsSorted(fact.number)
    case .anyWordOf(let set): fact.hits.containsAny(of: program.patternSets[set], in: .custom)
    case .allWordsOf(let set): fact.hits.containsAll(of: program.patternSets[set], in: .custom)
    case .part(let test): test.holds(fact.value)
    case .absent: false
    }
  }
}

/// A comparison that reads the value itself.
enum PartTest: Sendable {
  case contains(Needle)
  case startsWith([UInt8])
  case endsWith([UInt8])
  case near(NearWords)
  /// Nil for a value that is no number: never true.
  case ordered(Order, DecimalNumber?)
  case never

  func holds(_ value: CustomValue) -> Bool {
    switch self {
    case .contains(let needle): return needle.find(in: value.text) != nil
    case .startsWith(let start): return PlainTest.starts(value.text, with: start)
    case .endsWith(let end): return PlainTest.ends(value.text, with: end)
    case .near(let words): return words.isFound(in: value.text)
    case .ordered(let order, let bound):
      guard let bound, let number = value.number else { return false }
      return order.holds(number, bound)
    case .never: return false
    }
  }

  /// Nil for a comparison that asks for whole values or words.
  init?(_ condition: Condition, _ literals: (ValueList) -> [Literal]) {
    func folded(_ literal: Literal) -> [UInt8] { FoldedText(literal.value).bytes }
    switch condition {
    case .contains(let atom): self = Needle(atom.value.value).map { .contains($0) } ?? .never
    case .startsWith(let atom): self = .startsWith(folded(atom.value))
    case .endsWith(let atom): self = .endsWith(folded(atom.value))
    case .near(let atom): self = .near(NearWords(literals(atom.words).map(\.value), window: atom.window))
    case .less(let atom): self = .ordered(.less, DecimalNumber(atom.value.value))
    case .atMost(let atom): self = .ordered(.atMost, DecimalNumber(atom.value.value))
    case .greater(let atom): self = .ordered(.greater, DecimalNumber(atom.value.value))
    case .atLeast(let atom): self = .ordered(.atLeast, DecimalNumber(atom.value.value))
    // Not a comparison of a field; neither the parser nor the checker lets it pass.
    case .custom, .and, .or, .not: self = .never
    case .equals, .notEquals, .isIn, .anyWordOf, .allWordsOf, .isAbsent: return nil
    }
  }
}

/// A text that stands for itself, with the number that it may be.
struct CustomValue: Sendable {
  let text: FoldedText
  let number: DecimalNumber?

  init(_ value: String) {
    text = FoldedText(value)
    number = DecimalNumber(value)
  }
}

extension RoutingFacts {
  /// Whether a field with a single value has one; custom fields are asked by name.
  func has(_ field: Field) -> Bool {
    field.kind == .duration ? ordinal(of: field) != nil : field.isAlwaysThere || value(of: field) != nil
  }
}

extension CompiledRuleSet {
  /// The parts and words that a true comparison found; none where whole values were compared.
  func plainMatches(of atom: ConditionProgram.Instruction, _ values: FactValues) -> [DecisionRecord.Match] {
    switch program.plainTests[Int(atom.operand)] {
    case .startsWith(let start):
      return [
        DecisionRecord.Match(pattern: String(decoding: start, as: UTF8.self), field: atom.field, word: nil, offset: 0)
      ]
    case .endsWith(let end):
      let text = values.text(of: atom.field)
      let offset = text.isASCII ? text.bytes.count - end.count : nil
      return [DecisionRecord.Match(pattern: String(decoding: end, as: UTF8.self), field: atom.field, offset: offset)]
    case .near(let words):
      return atom.field.parts.compactMap { field in
        let text = values.text(of: field)
        guard let place = words.place(in: text) else { return nil }
        let word = text.words[place]
        return DecisionRecord.Match(
          pattern: String(decoding: text.bytes[Int(word.start)..<Int(word.end)], as: UTF8.self), field: field,
          word: place, offset: Int(word.original))
      }
    case .ordered, .absent, .never, .custom: return []
    }
  }
}
