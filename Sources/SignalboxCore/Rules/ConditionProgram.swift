/// All conditions of a rule set as one list of comparisons. Each knows where to go on if it is true and
/// where if it is false; `and`, `or` and `not` are nothing but these jumps, so that evaluation neither
/// recurses nor allocates, and stops as soon as the outcome is certain.
struct ConditionProgram: Sendable {
  /// Jump targets that end a condition; all others are indices of instructions.
  static let accept: Int32 = -1
  static let reject: Int32 = -2

  struct Instruction: Sendable {
    let comparison: Comparison
    let field: Field
    let operand: Int32
    let onTrue: Int32
    let onFalse: Int32
  }

  var instructions: [Instruction] = []
  /// Folded values of `==`, `!=` and `in`, and each as it was first spelled.
  var values = WordTable()
  var valueSpellings: [String] = []
  /// Numbers in `values`; the operands of `in`.
  var valueSets = NumberSets()
  /// Numbers of patterns in `words`; the operands of `any word of` and `all words of`.
  var patternSets = NumberSets()
  var needles: [Needle] = []
  var words = WordAutomaton()
  /// The operands of the comparisons that need no table.
  var plainTests: [PlainTest] = []
  /// Names of the custom fields that conditions look at.
  var customFields: [String] = []

  /// `entry` is an instruction, or `accept` for a rule without `when`.
  func holds(from entry: Int32, _ facts: FactValues) -> Bool {
    var next = entry
    while next >= 0 {
      let instruction = instructions[Int(next)]
      next = holds(instruction, facts) ? instruction.onTrue : instruction.onFalse
    }
    return next == Self.accept
  }

  @inline(__always)
  func holds(_ instruction: Instruction, _ facts: FactValues) -> Bool {
    switch instruction.comparison {
    case .equals: EqualsCondition.holds(instruction.field, instruction.operand, self, facts)
    case .notEquals: NotEqualsCondition.holds(instruction.field, instruction.operand, self, facts)
    case .isIn: InCondition.holds(instruction.field, instruction.operand, self, facts)
    case .contains: ContainsCondition.holds(instruction.field, instruction.operand, self, facts)
    case .anyWordOf: AnyWordOfCondition.holds(instruction.field, instruction.operand, self, facts)
    case .allWordsOf: AllWordsOfCondition.holds(instruction.field, instruction.operand, self, facts)
    case .startsWith, .endsWith, .near, .less, .atMost, .greater, .atLeast, .isAbsent, .custom:
      plainTests[Int(instruction.operand)].holds(instruction.field, facts)
    }
  }
}

/// Sets of small numbers, each ascending and without doubles, in one array.
struct NumberSets: Sendable {
  private var ends: [Int] = [0]
  private var pool: [Int32] = []

  mutating func append(_ numbers: some Sequence<Int32>) -> Int32 {
    var last: Int32?
    for number in numbers.sorted() where number != last {
      pool.append(number)
      last = number
    }
    ends.append(pool.count)
    return Int32(truncatingIfNeeded: ends.count - 2)
  }

  subscript(_ set: Int32) -> ArraySlice<Int32> { pool[ends[Int(set)]..<ends[Int(set) + 1]] }
}
