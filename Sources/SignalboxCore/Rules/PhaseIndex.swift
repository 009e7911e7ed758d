/// Finds the elements of a phase that can fire for a ticket: those filed under what it has, and those that are under
/// nothing. All others are never looked at.
final class PhaseIndex: Sendable {
  private let postings: Postings
  private let ranges: RangePostings
  /// For each value, and each pattern, the sets filed under that hold it.
  private let setsOfValue: NumberSets
  private let setsOfPattern: NumberSets
  /// Those with a key.
  private let fields: [Field]
  /// Elements that are no rules, rules without a condition, and `unindexed`.
  private let always: ElementSet

  /// Elements with a condition that are tried on every ticket.
  let unindexed: [Int32]

  /// - Parameters:
  ///   - elements: all of the phase, in file order; nil for one that is no rule.
  ///   - program: has all conditions of the rule set in it.
  init(_ elements: [CompiledRule?], _ program: ConditionProgram, _ statistics: AccessStatistics) {
    var always = ElementSet(count: elements.count)
    var unindexed: [Int32] = []
    var entries: [(key: AccessKey, element: Int32)] = []
    entries.reserveCapacity(elements.count)
    var ranges: [(range: AccessRange, element: Int32)] = []
    for (index, compiled) in elements.enumerated() {
      let element = Int32(truncatingIfNeeded: index)
      guard let compiled, let condition = compiled.rule.condition else {
        always.insert(element)
        continue
      }
      if let cover = AccessCover.of(condition, lastAtom: compiled.lastAtom, program, statistics) {
        for key in cover.keys { entries.append((key, element)) }
        for range in cover.ranges { ranges.append((range, element)) }
      } else {
        always.insert(element)
        unindexed.append(element)
      }
    }
    self.always = always
    self.unindexed = unindexed
    postings = Postings(entries, elementCount: elements.count)
    self.ranges = RangePostings(ranges)
    var used: Set<Field> = []
    var valueSets: Set<Int32> = []
    var patternSets: Set<Int32> = []
    for (key, _) in entries {
      switch key.kind {
      case .value: if let field = key.field { used.insert(field) }
      case .valueSet:
        if let field = key.field { used.insert(field) }
        valueSets.insert(key.number)
      case .pattern: continue
      case .patternSet: patternSets.insert(key.number)
      }
    }
    fields = Field.allCases.filter(used.contains)
    setsOfValue = program.valueSets.inverted(valueSets, count: program.values.count)
    setsOfPattern = program.patternSets.inverted(patternSets, count: program.words.patternCount)
  }

  /// Leaves exactly the elements in `candidates` that have to be tried.
  func collect(_ values: FactValues, into candidates: inout ElementSet) {
    candidates.copy(always)
    for pattern in values.hits.patterns {
      postings.add(.pattern(pattern), to: &candidates)
      guard !setsOfPattern.isEmpty else { continue }
      for set in setsOfPattern[pattern] { postings.add(.patternSet(set), to: &candidates) }
    }
    for field in fields {
      switch field {
      case .tag: for tag in values.tags { add(tag, field, to: &candidates) }
      case .custom: for value in values.customNumbers { add(value, field, to: &candidates) }
      default: add(values.value(of: field), field, to: &candidates)
      }
    }
    ranges.collect(values.facts, into: &candidates)
  }

  private func add(_ value: Int32, _ field: Field, to candidates: inout ElementSet) {
    guard value >= 0 else { return }
    postings.add(.value(field, value), to: &candidates)
    guard !setsOfValue.isEmpty else { return }
    for set in setsOfValue[value] { postings.add(.valueSet(field, set), to: &candidates) }
  }
}

/// One index for each phase; elements of a phase without a rule are those of an empty one.
struct PhaseIndexes: Sendable {
  let route: PhaseIndex
  let classify: PhaseIndex
  let assign: PhaseIndex
  let notify: PhaseIndex
  let escalate: PhaseIndex
  let unindexedRules: [Literal]

  init(route elements: [CompiledRule?], _ phases: CompiledPhases, _ program: ConditionProgram) {
    let statistics = AccessStatistics(program)
    var unindexed: [Literal] = []
    func index(_ elements: [CompiledRule?]) -> PhaseIndex {
      let index = PhaseIndex(elements, program, statistics)
      unindexed += index.unindexed.compactMap { elements[Int($0)]?.rule.name }
      return index
    }
    classify = index(phases.classify)
    route = index(elements)
    assign = index(phases.assign)
    notify = index(phases.notify)
    escalate = index(phases.escalate)
    unindexedRules = unindexed
  }
}
