/// All conditions of a rule set as one list of comparisons. Each knows where to go on if it is true and
/// where if it is false; `and`, `or` and `not` are nothing but these jumps, so that evaluation neither
/// recurses nor allocates, and stops as soon as the outcome is certain.
///
/// A class, because it is handed around for each ticket and has many parts, each of which a copy would count.
final class ConditionProgram: Sendable {
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

  /// What the compiler writes.
  struct Draft {
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
    /// For each of them what a ticket must have.
    var plainPaths: [AccessPath?] = []
    /// Names of the custom fields that conditions look at.
    var customFields: [String] = []
  }

  let instructions: [Instruction]
  let values: WordTable
  let valueSpellings: [String]
  let valueSets: NumberSets
  let patternSets: NumberSets
  let needles: [Needle]
  let words: WordAutomaton
  let plainTests: [PlainTest]
  let plainPaths: [AccessPath?]
  let customFields: [String]

  init(_ draft: Draft) {
    instructions = draft.instructions
    values = draft.values
    valueSpellings = draft.valueSpellings
    valueSets = draft.valueSets
    patternSets = draft.patternSets
    needles = draft.needles
    words = draft.words
    plainTests = draft.plainTests
    plainPaths = draft.plainPaths
    customFields = draft.customFields
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
      plainTests[Int(instruction.operand)].holds(instruction.field, self, facts)
    }
  }

  /// Nil if there is none.
  func access(_ instruction: Instruction) -> AccessPath? {
    switch instruction.comparison {
    case .equals: EqualsCondition.access(instruction.operand)
    case .notEquals: NotEqualsCondition.access(instruction.operand)
    case .isIn: InCondition.access(instruction.operand)
    case .contains: ContainsCondition.access(instruction.operand)
    case .anyWordOf: AnyWordOfCondition.access(instruction.operand)
    case .allWordsOf: AllWordsOfCondition.access(instruction.operand)
    case .startsWith, .endsWith, .near, .less, .atMost, .greater, .atLeast, .isAbsent, .custom:
      plainPaths[Int(instruction.operand)]
    }
  }
}

/// Sets of small numbers, each ascending and without doubles, in one array.
struct NumberSets: Sendable {
  private var ends: [Int32] = [0]
  private var pool: [Int32] = []

  var count: Int { ends.count - 1 }
  /// Whether there is nothing in any of them.
  var isEmpty: Bool { pool.isEmpty }

  init() {}

  /// From pairs, which for one set are in ascending order of their numbers.
  init(_ pairs: [(list: Int32, number: Int32)], count: Int) {
    var starts = [Int32](repeating: 0, count: count + 1)
    for pair in pairs { starts[Int(pair.list) + 1] += 1 }
    for set in 0..<count { starts[set + 1] += starts[set] }
    ends = starts
    pool = [Int32](repeating: 0, count: pairs.count)
    for pair in pairs {
      pool[Int(starts[Int(pair.list)])] = pair.number
      starts[Int(pair.list)] += 1
    }
  }

  /// For each number the sets that it is in.
  ///
  /// - Parameters:
  ///   - chosen: only these.
  ///   - count: one more than the largest number.
  func inverted(_ chosen: some Sequence<Int32>, count: Int) -> NumberSets {
    let chosen = chosen.sorted()
    guard !chosen.isEmpty else { return NumberSets() }
    return NumberSets(chosen.flatMap { set in self[set].map { (list: $0, number: set) } }, count: count)
  }

  mutating func append(_ numbers: some Sequence<Int32>) -> Int32 {
    var last: Int32?
    for number in numbers.sorted() where number != last {
      pool.append(number)
      last = number
    }
    ends.append(Int32(truncatingIfNeeded: pool.count))
    return Int32(truncatingIfNeeded: ends.count - 2)
  }

  subscript(_ set: Int32) -> ArraySlice<Int32> { pool[Int(ends[Int(set)])..<Int(ends[Int(set) + 1])] }
}
