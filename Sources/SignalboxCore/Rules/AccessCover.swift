/// Keys and bounds of which a ticket has or keeps at least one whenever a condition is true of it. A rule is filed
/// under these.
///
/// Found on the tree itself. Of an `and` the cheapest part is enough; of an `or` all parts are needed. The disjunctive
/// normal form would give the same keys, one choice for each of its conjuncts, but could be 2^32 of them.
struct AccessCover {
  var keys: [AccessKey] = []
  var ranges: [AccessRange] = []
  /// Of `AccessStatistics.tickets` how many are expected to have one of the keys.
  var cost: Int

  /// Nil if the condition can be true of a ticket for something that no key stands for.
  static func of(
    _ condition: Condition, lastAtom: Int32, _ program: ConditionProgram, _ statistics: AccessStatistics
  ) -> AccessCover? {
    // The compiler wrote the comparisons from the last to the first.
    var search = Search(program: program, statistics: statistics, next: Int(lastAtom) + condition.atomCount - 1)
    return search.cover(condition, isNegated: false)
  }

  private struct Search {
    let program: ConditionProgram
    let statistics: AccessStatistics
    var next: Int

    mutating func cover(_ condition: Condition, isNegated: Bool) -> AccessCover? {
      switch condition {
      case .and(let parts): isNegated ? any(of: parts, isNegated: true) : all(of: parts, isNegated: false)
      case .or(let parts): isNegated ? all(of: parts, isNegated: true) : any(of: parts, isNegated: false)
      case .not(let part): cover(part, isNegated: !isNegated)
      default: atom(isNegated: isNegated)
      }
    }

    /// All parts are true, so one that is rarely true is enough.
    private mutating func all(of parts: [Condition], isNegated: Bool) -> AccessCover? {
      var best: AccessCover?
      for part in parts {
        guard let found = cover(part, isNegated: isNegated) else { continue }
        if found.cost < best?.cost ?? .max { best = found }
      }
      return best
    }

    /// Any part may be the true one.
    private mutating func any(of parts: [Condition], isNegated: Bool) -> AccessCover? {
      var sum: AccessCover? = AccessCover(cost: 0)
      for part in parts {
        // Each part is looked at, because that counts the comparisons.
        let found = cover(part, isNegated: isNegated)
        guard let found, let before = sum else {
          sum = nil
          continue
        }
        sum = AccessCover(
          keys: before.keys + found.keys, ranges: before.ranges + found.ranges, cost: before.cost + found.cost)
      }
      return sum
    }

    private mutating func atom(isNegated: Bool) -> AccessCover? {
      let instruction = program.instructions[next]
      next -= 1
      // That something is not there is no key.
      guard !isNegated, let path = program.access(instruction) else { return nil }
      let field = instruction.field
      switch path {
      case .value(let value):
        return AccessCover(keys: [.value(field, value)], cost: statistics.cost(ofValue: value, in: field))
      case .anyValue(let set):
        let values = program.valueSets[set]
        guard let only = values.first else { return AccessCover(cost: 0) }
        let key = values.count == 1 ? AccessKey.value(field, only) : .valueSet(field, set)
        return AccessCover(keys: [key], cost: statistics.cost(ofValueSet: set, in: field))
      case .anyPattern(let set):
        let patterns = program.patternSets[set]
        guard let only = patterns.first else { return AccessCover(cost: 0) }
        let key = patterns.count == 1 ? AccessKey.pattern(only) : .patternSet(set)
        return AccessCover(keys: [key], cost: statistics.cost(ofPatternSet: set))
      case .allPatterns(let set):
        guard let rarest = statistics.rarest(of: set) else { return nil }
        return AccessCover(keys: [.pattern(rarest)], cost: statistics.cost(ofPattern: rarest))
      case .atLeast(let bound):
        let range = AccessRange(field: field, isLeast: true, bound: bound)
        return AccessCover(ranges: [range], cost: statistics.costOfRange)
      case .atMost(let bound):
        let range = AccessRange(field: field, isLeast: false, bound: bound)
        return AccessCover(ranges: [range], cost: statistics.costOfRange)
      case .never:
        return AccessCover(cost: 0)
      }
    }
  }
}
