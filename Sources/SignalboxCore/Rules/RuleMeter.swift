/// What an evaluation has cost: comparisons made, and bytes read / 64. The same facts and rules cost the same.
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
    case .contains, .startsWith, .endsWith, .near: 1 + facts.byteCount(of: instruction.field) / RuleLimits.bytesPerAtom
    case .anyWordOf, .allWordsOf:
      1 + min(patternSets[instruction.operand].count, facts.hits.hits.count) / RuleLimits.wordsPerAtom
    case .custom:
      switch plainTests[Int(instruction.operand)] {
      case .custom(let index, _):
        1 + (facts.customs[Int(index)]?.text.bytes.count ?? 0) / RuleLimits.bytesPerAtom
      default: 1
      }
    default: 1
    }
  }
}
