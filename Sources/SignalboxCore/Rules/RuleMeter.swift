/// What an evaluation has cost: comparisons made, and bytes read / 64; `near` may read them once for each of its words. The
/// same facts and rules cost the same.
struct RuleMeter {
  private(set) var cost = 0
  let limit: Int

  init(limit: Int = RuleLimits.budget) { self.limit = limit }

  var isOver: Bool { cost > limit }

  mutating func charge(_ units: Int) { cost += units }
}

extension ConditionProgram {
  /// Whether a condition is true, and charges for it; false once the meter is over.
  ///
  /// - Parameter entry: an instruction, or `accept` for a rule without `when`.
  func holds(from entry: Int32, _ facts: FactValues, _ meter: inout RuleMeter) -> Bool {
    var next = entry
    while next >= 0, !meter.isOver {
      let instruction = instructions[Int(next)]
      meter.charge(cost(of: instruction, facts))
      next = holds(instruction, facts) ? instruction.onTrue : instruction.onFalse
    }
    return next == Self.accept && !meter.isOver
  }

  /// One, and more for what reads a text or a list again.
  @inline(__always)
  private func cost(of instruction: Instruction, _ facts: FactValues) -> Int {
    switch instruction.comparison {
    case .contains, .startsWith, .endsWith: Self.cost(reading: facts.byteCount(of: instruction.field))
    case .near:
      switch plainTests[Int(instruction.operand)] {
      case .near(let words): Self.cost(reading: facts.byteCount(of: instruction.field) * words.wordCount)
      default: 1
      }
    case .anyWordOf, .allWordsOf: cost(ofSet: instruction.operand, facts.hits)
    case .custom:
      switch plainTests[Int(instruction.operand)] {
      case .custom(let index, let test): facts.customs[Int(index)].map { cost(of: test, $0) } ?? 1
      default: 1
      }
    default: 1
    }
  }

  private func cost(of test: CustomTest, _ fact: CustomFact) -> Int {
    switch test {
    case .equals, .notEquals, .isIn, .absent: 1
    case .anyWordOf(let set), .allWordsOf(let set): cost(ofSet: set, fact.hits)
    case .part(.near(let words)): Self.cost(reading: fact.value.text.bytes.count * words.wordCount)
    case .part: Self.cost(reading: fact.value.text.bytes.count)
    }
  }

  private func cost(ofSet set: Int32, _ hits: WordHits) -> Int {
    1 + min(patternSets[set].count, hits.hits.count) / RuleLimits.wordsPerAtom
  }

  private static func cost(reading bytes: Int) -> Int { 1 + bytes / RuleLimits.bytesPerAtom }
}
