/// Finds rules of one phase in which every match contributes that could both set the same thing, to different values:
/// nobody could say which of them wins.
///
/// Two rules exclude each other if they compare the same field with different values and both must be true: `==` and
/// `in`, alone or joined by `and`. What cannot be seen that way is taken to be possible.
struct ConflictChecker {
  private struct Setter {
    let rule: Rule
    let action: Action
    /// The number of the value that it wants.
    let value: Int
    let demands: [Demand]
  }

  /// A field by its number, and the numbers of the values that it must have one of.
  private struct Demand {
    let field: Int
    let values: Set<Int>
  }

  /// Places of setters by what they want: those that want the same are no rivals.
  private typealias Bucket = [Int: [Int]]

  /// A longer list of `in` is not looked into.
  private static let values = 256

  private let lists: NamedLists
  private var fields: [String: Int] = [:]
  private var numbers: [[UInt8]: Int] = [:]
  private var listValues: [String: Set<Int>] = [:]
  private var setters: [String: [Setter]] = [:]
  private var steps: Int

  /// Whether all rules were compared that had to be.
  var isComplete: Bool { steps > 0 }

  init(lists: NamedLists, steps: Int = RuleLimits.conflictSteps) {
    self.lists = lists
    self.steps = steps
  }

  /// Rules with their actions; the others do not matter.
  mutating func add(_ rule: Rule) {
    var demands: [Demand]?
    for action in rule.actions {
      let value: Literal
      switch action {
      case .queue(let action): value = action.target
      case .set(let action): value = action.value
      case .setStatus(let action): value = action.status
      case .addTag, .raisePriority, .respondWithin, .assign, .notify, .atMost: continue
      }
      let known = demands ?? self.demands(of: rule)
      demands = known
      setters[action.title, default: []].append(
        Setter(rule: rule, action: action, value: number(of: value.value), demands: known))
    }
  }

  /// Each rule that conflicts with one before it, with that one; in no order, at most `RuleLimits.diagnostics`.
  mutating func conflicts() -> [(earlier: Rule, later: Rule, action: Action)] {
    var found: [(earlier: Rule, later: Rule, action: Action)] = []
    for title in setters.keys.sorted() {
      for (earlier, later) in conflicts(among: setters[title] ?? []) {
        guard found.count < RuleLimits.diagnostics else { return found }
        found.append((earlier.rule, later.rule, later.action))
      }
    }
    return found
  }

  private mutating func conflicts(among setters: [Setter]) -> [(Setter, Setter)] {
    guard setters.contains(where: { $0.value != setters.first?.value }) else { return [] }
    // Rules that ask for values of the same field are compared only with those that ask for the same value, so that a
    // long table of `field == value` costs its length.
    let field = mostTellingField(setters)
    var byValue: [Int: Bucket] = [:]
    var (others, all): (Bucket, Bucket) = ([:], [:])
    var found: [(Setter, Setter)] = []
    for (index, setter) in setters.enumerated() {
      let values = setter.demands.first { $0.field == field }?.values.sorted()
      let buckets = values.map { $0.compactMap { byValue[$0] } + [others] } ?? [all]
      var rival = index
      for bucket in buckets {
        for (value, places) in bucket where value != setter.value {
          rival = earliest(of: places, before: rival, against: setter, in: setters)
        }
      }
      if rival < index { found.append((setters[rival], setter)) }
      guard isComplete, found.count < RuleLimits.diagnostics else { break }
      all[setter.value, default: []].append(index)
      for value in values ?? [] { byValue[value, default: [:]][setter.value, default: []].append(index) }
      if values == nil { others[setter.value, default: []].append(index) }
    }
    return found
  }

  /// The first of the places at which one conflicts with the setter, or `end`.
  private mutating func earliest(of places: [Int], before end: Int, against setter: Setter, in setters: [Setter]) -> Int
  {
    for place in places {
      guard place < end, isComplete else { return end }
      if setters[place].rule.name != setter.rule.name, !exclude(setters[place], setter) { return place }
    }
    return end
  }

  /// The one by which the fewest rules are left to be compared; nil if there is none.
  private mutating func mostTellingField(_ setters: [Setter]) -> Int? {
    var counts: [Int: (setters: Int, values: [Int: Int])] = [:]
    for setter in setters {
      for demand in setter.demands {
        steps -= demand.values.count
        counts[demand.field, default: (0, [:])].setters += 1
        for value in demand.values { counts[demand.field]?.values[value, default: 0] += 1 }
      }
      guard isComplete else { return nil }
    }
    let pairs = counts.mapValues { count in
      count.values.values.reduce((setters.count - count.setters) * setters.count) { $0 + $1 * ($1 - 1) / 2 }
    }
    return pairs.min { ($0.value, $0.key) < ($1.value, $1.key) }?.key
  }

  private mutating func exclude(_ left: Setter, _ right: Setter) -> Bool {
    var (a, b) = (left.demands[...], right.demands[...])
    steps -= 1
    while let first = a.first, let second = b.first {
      steps -= 1
      if first.field < second.field {
        a = a.dropFirst()
      } else if first.field > second.field {
        b = b.dropFirst()
      } else {
        steps -= min(first.values.count, second.values.count)
        if first.values.isDisjoint(with: second.values) { return true }
        (a, b) = (a.dropFirst(), b.dropFirst())
      }
    }
    return false
  }

  private mutating func number(of value: String) -> Int {
    let bytes = FoldedText(value).bytes
    let number = numbers[bytes] ?? numbers.count
    numbers[bytes] = number
    return number
  }

  private mutating func demands(of rule: Rule) -> [Demand] {
    let conjuncts: [Condition] =
      switch rule.condition {
      case .and(let parts): parts
      case .some(let condition): [condition]
      case nil: []
      }
    var demands: [Int: Set<Int>] = [:]
    for conjunct in conjuncts {
      guard let (field, values) = demand(conjunct) else { continue }
      let number = fields[field] ?? fields.count
      fields[field] = number
      demands[number] = demands[number].map { $0.intersection(values) } ?? values
    }
    return demands.sorted { $0.key < $1.key }.map { Demand(field: $0.key, values: $0.value) }
  }

  /// Nil for what demands no value, and for a field that can have several.
  private mutating func demand(_ condition: Condition) -> (field: String, values: Set<Int>)? {
    switch condition {
    case .equals(let atom) where atom.field != .tag:
      return (atom.field.name, [number(of: atom.value.value)])
    case .isIn(let atom) where atom.field != .tag:
      return values(atom.values).map { (atom.field.name, $0) }
    case .custom(let atom):
      // No field is called so: a name never holds a blank.
      return demand(atom.inner).map { ("field \(atom.name.value)", $0.values) }
    default: return nil
    }
  }

  /// Nil if there are too many. A list makes one set, however many rules name it.
  private mutating func values(_ values: ValueList) -> Set<Int>? {
    if case .list(let name) = values, let known = listValues[name.value] { return known }
    let literals = lists.literals(of: values)
    guard literals.count <= Self.values else { return nil }
    let set = Set(literals.map { number(of: $0.value) })
    if case .list(let name) = values { listValues[name.value] = set }
    return set
  }
}
