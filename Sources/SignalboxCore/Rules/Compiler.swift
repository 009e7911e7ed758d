/// Turns a checked tree into what the evaluator runs. Fails at nothing: what could be wrong, the checker found.
struct Compiler {
  /// What the conditions ask of each field, so that nothing else is computed for a ticket.
  struct FieldUse: OptionSet, Sendable {
    let rawValue: UInt8
    /// Compared as a whole.
    static let value = FieldUse(rawValue: 1)
    /// Searched for words.
    static let words = FieldUse(rawValue: 2)
    /// Searched for parts of words.
    static let bytes = FieldUse(rawValue: 4)
  }

  private(set) var program = ConditionProgram.Draft()
  private(set) var uses = [FieldUse](repeating: [], count: Field.numbers)
  private let lists: NamedLists
  /// Sets made of lists; a list makes one set, however many rules name it.
  private var valueLists: [String: Int32] = [:]
  private var patternLists: [String: Int32] = [:]
  private var customFields: [String: Int32] = [:]

  init(lists: NamedLists) { self.lists = lists }

  // MARK: Operands

  mutating func value(_ literal: Literal, of field: Field) -> Int32 {
    note(.value, of: field)
    return intern(literal)
  }

  mutating func valueSet(_ values: ValueList, of field: Field) -> Int32 {
    note(.value, of: field)
    if case .list(let name) = values, let known = valueLists[name.value] { return known }
    let set = program.valueSets.append(literals(values).map { intern($0) })
    if case .list(let name) = values { valueLists[name.value] = set }
    return set
  }

  mutating func patternSet(_ words: ValueList, of field: Field) -> Int32 {
    note(.words, of: field)
    if case .list(let name) = words, let known = patternLists[name.value] { return known }
    let set = program.patternSets.append(literals(words).compactMap { program.words.add($0.value) })
    if case .list(let name) = words { patternLists[name.value] = set }
    return set
  }

  mutating func needle(_ literal: Literal, of field: Field) -> Int32 {
    note(.bytes, of: field)
    guard let needle = Needle(literal.value) else { return 0 }
    program.needles.append(needle)
    return Int32(truncatingIfNeeded: program.needles.count - 1)
  }

  private mutating func note(_ use: FieldUse, of field: Field) {
    for part in field.parts { uses[Int(part.rawValue)].insert(use) }
  }

  private mutating func intern(_ literal: Literal) -> Int32 {
    let number = program.values.intern(FoldedText(literal.value).bytes)
    if program.valueSpellings.count < program.values.count { program.valueSpellings.append(literal.value) }
    return number
  }

  func literals(_ values: ValueList) -> [Literal] { lists.literals(of: values) }

  // MARK: Rules

  mutating func compile(_ rule: Rule, queue: String) -> CompiledRule {
    let first = Int32(truncatingIfNeeded: program.instructions.count)
    let entry =
      rule.condition.map { emit($0, ConditionProgram.accept, ConditionProgram.reject) } ?? ConditionProgram.accept
    return CompiledRule(rule: rule, queue: queue, entry: entry, lastAtom: first)
  }

  /// Backwards, from the last comparison to the first, because each must know those it jumps to.
  private mutating func emit(_ condition: Condition, _ onTrue: Int32, _ onFalse: Int32) -> Int32 {
    switch condition {
    case .and(let parts): return parts.reversed().reduce(onTrue) { emit($1, $0, onFalse) }
    case .or(let parts): return parts.reversed().reduce(onFalse) { emit($1, onTrue, $0) }
    case .not(let part): return emit(part, onFalse, onTrue)
    default:
      guard let atom = condition.atom else { return onFalse }
      return emit(atom, onTrue, onFalse)
    }
  }

  private mutating func emit(_ atom: some Atom, _ onTrue: Int32, _ onFalse: Int32) -> Int32 {
    let operand = atom.operand(&self)
    program.instructions.append(
      ConditionProgram.Instruction(
        comparison: type(of: atom).comparison, field: atom.field, operand: operand, onTrue: onTrue, onFalse: onFalse))
    return Int32(truncatingIfNeeded: program.instructions.count - 1)
  }

  // MARK: Comparisons without a table

  /// - Parameters:
  ///   - field: whose folded text the test reads; nil if it reads none.
  ///   - path: what a ticket must have for the test to be true; nil if nothing can be said.
  mutating func plain(_ test: PlainTest, reading field: Field? = nil, path: AccessPath? = nil) -> Int32 {
    if let field { note(.bytes, of: field) }
    program.plainTests.append(test)
    program.plainPaths.append(path)
    return Int32(truncatingIfNeeded: program.plainTests.count - 1)
  }

  mutating func ordered(_ order: Order, _ value: Literal, of field: Field) -> Int32 {
    guard let bound = RoutingFacts.ordinal(value.value, of: field) else { return plain(.never, path: .never) }
    return plain(.ordered(order, bound), path: AccessPath(order, bound))
  }

  mutating func customField(_ name: String) -> Int32 {
    if let known = customFields[name] { return known }
    let number = Int32(truncatingIfNeeded: program.customFields.count)
    program.customFields.append(name)
    customFields[name] = number
    return number
  }

  // MARK: Keywords

  mutating func compile(_ keywords: [QueueKeywords]) -> KeywordScoring {
    note(.words, of: .text)
    return KeywordScoring(keywords, &program.words)
  }
}

/// A rule ready to run; the tree stays with it for explanations.
struct CompiledRule: Sendable {
  let rule: Rule
  let queue: String
  let entry: Int32
  /// The instruction of the tree's last comparison; those before it follow in descending order of the tree.
  let lastAtom: Int32
}
