/// How often the rules of a set name each value and each word, as the best guess there is of how often tickets have
/// them: what many rules ask for is common, what one asks for is rare.
struct AccessStatistics {
  /// A cost is out of so many tickets how many have it.
  static let tickets = 1_000_000
  /// Different words of the rule set that an ordinary ticket has.
  private static let wordsPerTicket = 2

  private let program: ConditionProgram
  private var valueUses: [Int]
  private var patternUses: [Int]
  /// For each field the comparisons of its whole value.
  private var fieldUses = [Int](repeating: 0, count: Field.numbers)
  private var wordUses = 0
  /// What one use of each set would cost; its sum over a set's members is made once.
  private var valueSetUses: [Int]
  private var patternSetUses: [Int]

  init(_ program: ConditionProgram) {
    self.program = program
    valueUses = [Int](repeating: 0, count: program.values.count)
    patternUses = [Int](repeating: 0, count: program.words.patternCount)
    valueSetUses = [Int](repeating: 0, count: program.valueSets.count)
    patternSetUses = [Int](repeating: 0, count: program.patternSets.count)
    for instruction in program.instructions {
      switch program.access(instruction) {
      case .value(let value):
        valueUses[Int(value)] += 1
        fieldUses[Int(instruction.field.rawValue)] += 1
      case .anyValue(let set):
        valueSetUses[Int(set)] += 1
        fieldUses[Int(instruction.field.rawValue)] += 1
      case .anyPattern(let set), .allPatterns(let set): patternSetUses[Int(set)] += 1
      case .atLeast, .atMost, .never, nil: continue
      }
    }
    // A list that a thousand rules name is walked once.
    for (set, uses) in valueSetUses.enumerated() where uses > 0 {
      for value in program.valueSets[Int32(set)] { valueUses[Int(value)] += uses }
    }
    for (set, uses) in patternSetUses.enumerated() where uses > 0 {
      for pattern in program.patternSets[Int32(set)] { patternUses[Int(pattern)] += uses }
    }
    wordUses = patternUses.reduce(0, +)
    // From here on the sum over the members.
    for set in valueSetUses.indices {
      valueSetUses[set] = program.valueSets[Int32(set)].reduce(0) { $0 + valueUses[Int($1)] }
    }
    for set in patternSetUses.indices {
      patternSetUses[set] = program.patternSets[Int32(set)].reduce(0) { $0 + patternUses[Int($1)] }
    }
  }

  func cost(ofValue value: Int32, in field: Field) -> Int {
    Self.share(valueUses[Int(value)], of: fieldUses[Int(field.rawValue)])
  }

  func cost(ofValueSet set: Int32, in field: Field) -> Int {
    Self.share(valueSetUses[Int(set)], of: fieldUses[Int(field.rawValue)])
  }

  func cost(ofPattern pattern: Int32) -> Int {
    Self.share(Self.wordsPerTicket * patternUses[Int(pattern)], of: wordUses)
  }

  func cost(ofPatternSet set: Int32) -> Int {
    Self.share(Self.wordsPerTicket * patternSetUses[Int(set)], of: wordUses)
  }

  /// Half of the tickets are on either side of a bound, for all that is known.
  var costOfRange: Int { Self.tickets / 2 }

  /// The one of the set that the fewest rules name.
  func rarest(of set: Int32) -> Int32? {
    program.patternSets[set].min { patternUses[Int($0)] < patternUses[Int($1)] }
  }

  private static func share(_ uses: Int, of all: Int) -> Int {
    all == 0 ? tickets : min(tickets, tickets * uses / all)
  }
}
