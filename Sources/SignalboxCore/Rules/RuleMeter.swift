/// What an evaluation has cost: comparisons made, and bytes read / 64. The same facts and rules cost the same.
struct RuleMeter {
  private(set) var cost = 0
  let limit: Int

  init(limit: Int = RuleLimits.budget) { self.limit = limit }

  var isOver: Bool { cost > limit }

  mutating func charge(_ units: Int) { cost += units }
}

extension ConditionProgram {
  /// As `holds(from:_:)`, and charges for it; false once the meter is over.
  func holds(from entry: Int32, _ facts: FactValues, _ meter: inout RuleMeter) -> Bool {
    var next = entry
    while next >= 0, !meter.isOver {
      let instruction = instructions[Int(next)]
      meter.charge(cost(of: instruction, facts))
      next = holds(instruction, facts) ? instruction.onTrue : instruction.onFalse
    }
    return next == Self.accept && !meter.isOver
  }

  private func cost(of instruction: Instruction, _ facts: FactValues) -> Int {
    switch instruction.comparison {
    case .contains, .startsWith, .endsWith, .near:
      1 + instruction.field.parts.reduce(0) { $0 + facts.text(of: $1).bytes.count } / 64
    case .custom:
      switch plainTests[Int(instruction.operand)] {
      case .custom(let index, _): 1 + (facts.customs[Int(index)]?.text.bytes.count ?? 0) / 64
      default: 1
      }
    default: 1
    }
  }
}

extension FactValues {
  /// Bytes that were folded for them.
  func readBytes(_ uses: [Compiler.FieldUse]) -> Int {
    Field.allCases.reduce(0) { sum, field in
      uses[Int(field.rawValue)].isEmpty ? sum : sum + (facts.value(of: field)?.utf8.count ?? 0)
    }
  }
}
