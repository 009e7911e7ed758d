/// A condition with the outcome of each of its parts. Evaluation proper stops early and keeps nothing;
/// this is for the rule that fired, and for explanations.
struct TracedCondition {
  let condition: Condition
  let holds: Bool
  let parts: [TracedCondition]
  /// The instruction of a comparison; nil for `and`, `or`, `not`.
  let instruction: ConditionProgram.Instruction?

  init(_ compiled: CompiledRule, _ condition: Condition, _ program: ConditionProgram, _ facts: FactValues) {
    // The compiler wrote the comparisons from the last to the first.
    var next = Int(compiled.lastAtom) + condition.atomCount - 1
    self.init(condition, program, facts, &next)
  }

  private init(_ condition: Condition, _ program: ConditionProgram, _ facts: FactValues, _ next: inout Int) {
    self.condition = condition
    switch condition {
    case .and(let conditions):
      parts = conditions.map { TracedCondition($0, program, facts, &next) }
      holds = parts.allSatisfy(\.holds)
      instruction = nil
    case .or(let conditions):
      parts = conditions.map { TracedCondition($0, program, facts, &next) }
      holds = parts.contains(where: \.holds)
      instruction = nil
    case .not(let condition):
      let part = TracedCondition(condition, program, facts, &next)
      parts = [part]
      holds = !part.holds
      instruction = nil
    default:
      let atom = program.instructions[next]
      next -= 1
      parts = []
      holds = program.holds(atom, facts)
      instruction = atom
    }
  }

  /// The innermost part that must become true for the whole to; nil if it holds.
  var firstFailing: TracedCondition? {
    guard !holds else { return nil }
    return condition.isAnd ? parts.lazy.compactMap(\.firstFailing).first ?? self : self
  }

  /// The comparisons that made it true: all true ones, except under `not`.
  var contributing: [ConditionProgram.Instruction] {
    guard holds else { return [] }
    switch condition {
    case .and, .or: return parts.flatMap(\.contributing)
    case .not: return []
    default: return instruction.map { [$0] } ?? []
    }
  }

  /// The comparisons under a `not` whose being true made it false.
  var opposing: [ConditionProgram.Instruction] {
    guard !holds else { return [] }
    switch condition {
    case .and, .or: return parts.flatMap(\.opposing)
    case .not: return parts[0].contributing
    default: return []
    }
  }

  /// The fields it looks at, each once, in order of appearance.
  var fields: [Field] {
    guard parts.isEmpty else {
      return parts.flatMap(\.fields).reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
    }
    return instruction.map { [$0.field] } ?? []
  }
}

extension CompiledRuleSet {
  /// What made the rule fit, at most `RuleLimits.recordedItems`.
  func matches(of compiled: CompiledRule, _ values: FactValues) -> [DecisionRecord.Match] {
    guard let condition = compiled.rule.condition else { return [] }
    return matches(of: TracedCondition(compiled, condition, program, values).contributing, values)
  }

  /// What made comparisons true, each once, at most `RuleLimits.recordedItems`.
  func matches(of atoms: [ConditionProgram.Instruction], _ values: FactValues) -> [DecisionRecord.Match] {
    var matches: [DecisionRecord.Match] = []
    for atom in atoms {
      for match in self.matches(of: atom, values) where !matches.contains(match) {
        guard matches.count < RuleLimits.recordedItems else { return matches }
        matches.append(match)
      }
    }
    return matches
  }

  private func matches(of atom: ConditionProgram.Instruction, _ values: FactValues) -> [DecisionRecord.Match] {
    switch atom.comparison {
    case .equals:
      return [DecisionRecord.Match(pattern: program.valueSpellings[Int(atom.operand)], field: atom.field)]
    case .notEquals:
      return []
    case .isIn:
      let set = program.valueSets[atom.operand]
      let found = atom.field == .tag ? values.tags : [values.value(of: atom.field)]
      return found.filter { set.containsSorted($0) }
        .map { DecisionRecord.Match(pattern: program.valueSpellings[Int($0)], field: atom.field) }
    case .contains:
      let needle = program.needles[Int(atom.operand)]
      return atom.field.parts.compactMap { field in
        let text = values.text(of: field)
        return needle.find(in: text).map { offset in
          let word = text.word(at: offset)
          let wordStart = word.map { text.words[$0] }
          let original = text.isASCII ? offset : wordStart.flatMap { Int($0.start) == offset ? Int($0.original) : nil }
          return DecisionRecord.Match(
            pattern: String(decoding: needle.bytes, as: UTF8.self), field: field, word: word, offset: original)
        }
      }
    case .anyWordOf, .allWordsOf:
      let set = program.patternSets[atom.operand]
      return values.hits.hits.lazy
        .filter { $0.field.wordBits & atom.field.wordBits != 0 && set.containsSorted($0.pattern) }
        .prefix(RuleLimits.recordedItems)
        .map { self.match($0, values) }
    case .startsWith, .endsWith, .near, .less, .atMost, .greater, .atLeast, .isAbsent, .custom:
      return plainMatches(of: atom, values)
    }
  }
}
