/// A comparison that must be true, or must be false.
struct SignedAtom: Hashable {
  /// In `AtomTable`.
  let atom: Int
  let isTrue: Bool

  var opposite: SignedAtom { SignedAtom(atom: atom, isTrue: !isTrue) }
}

/// All comparisons of a rule set, each once, so that each can be tried on a ticket alone.
struct AtomTable {
  struct Entry {
    let condition: Condition
    /// Whose value it looks at; for a custom field with its name.
    let subject: Subject
    let demand: Demand
    fileprivate let instruction: ConditionProgram.Instruction
  }

  /// What a comparison looks at.
  enum Subject: Hashable {
    case field(Field)
    case custom(String)
  }

  private(set) var entries: [Entry] = []
  private var numbers: [String: Int] = [:]
  /// Made once for each list that is compared so.
  private var demands: [Demand.OfList: Demand] = [:]
  private var compiler: Compiler
  private var program = ConditionProgram(ConditionProgram.Draft())

  init(lists: NamedLists) { compiler = Compiler(lists: lists) }

  /// What trying a ticket costs, in that of one of few custom fields.
  var weight: Int { 1 + program.customFields.count / 64 }

  /// Must follow the last `conjuncts(of:)`, before anything is tried.
  mutating func finish() { program = ConditionProgram(compiler.program) }

  func literals(_ values: ValueList) -> [Literal] { compiler.literals(values) }

  func values(_ facts: RoutingFacts) -> FactValues { FactValues(facts, program, compiler.uses) }

  func holds(_ signed: SignedAtom, _ values: FactValues) -> Bool {
    program.holds(entries[signed.atom].instruction, values) == signed.isTrue
  }

  func text(_ signed: SignedAtom) -> String {
    (signed.isTrue ? "" : "not ") + Printer.text(of: entries[signed.atom].condition)
  }

  /// The condition as a disjunction of conjunctions, none of which has the same comparison twice. Nil if it has too
  /// many. One empty conjunct for no condition.
  mutating func conjuncts(of condition: Condition?) -> [[SignedAtom]]? {
    guard let condition else { return [[]] }
    return disjunction(condition, isTrue: true)
  }

  private mutating func disjunction(_ condition: Condition, isTrue: Bool) -> [[SignedAtom]]? {
    switch condition {
    case .not(let part): return disjunction(part, isTrue: !isTrue)
    case .and(let parts) where isTrue, .or(let parts) where !isTrue:
      var product: [[SignedAtom]] = [[]]
      for part in parts {
        guard let next = disjunction(part, isTrue: isTrue) else { return nil }
        guard product.count * next.count <= RuleLimits.analysisConjuncts else { return nil }
        product = product.flatMap { left in next.map { left + $0.filter { !left.contains($0) } } }
      }
      return product
    case .and(let parts), .or(let parts):
      var sum: [[SignedAtom]] = []
      for part in parts {
        guard let next = disjunction(part, isTrue: isTrue) else { return nil }
        sum += next
        guard sum.count <= RuleLimits.analysisConjuncts else { return nil }
      }
      return sum
    default: return [[SignedAtom(atom: number(of: condition), isTrue: isTrue)]]
    }
  }

  private mutating func number(of condition: Condition) -> Int {
    let text = Printer.text(of: condition)
    if let known = numbers[text] { return known }
    numbers[text] = entries.count
    if let atom = condition.atom { entries.append(entry(condition, atom)) }
    return entries.count - 1
  }

  private mutating func entry(_ condition: Condition, _ atom: some Atom) -> Entry {
    let operand = atom.operand(&compiler)
    let instruction = ConditionProgram.Instruction(
      comparison: type(of: atom).comparison, field: atom.field, operand: operand, onTrue: ConditionProgram.accept,
      onFalse: ConditionProgram.reject)
    if case .custom(let custom) = condition {
      return Entry(
        condition: condition, subject: .custom(custom.name.value), demand: demand(custom.inner),
        instruction: instruction)
    }
    return Entry(
      condition: condition, subject: .field(atom.field), demand: demand(condition), instruction: instruction)
  }

  private mutating func demand(_ condition: Condition) -> Demand {
    guard let list = Demand.OfList(condition) else { return Demand(condition, literals) }
    let demand = demands[list] ?? Demand(condition, literals)
    demands[list] = demand
    return demand
  }
}
