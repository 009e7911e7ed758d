/// Finds rules of one phase in which every match contributes that could both set the same thing, to different values:
/// nobody could say which of them wins.
///
/// Two rules exclude each other if they compare the same field with different values and both must be true: `==` and
/// `in`, alone or joined by `and`. What cannot be seen that way is taken to be possible.
struct ConflictChecker {
  private struct Setter {
    let rule: Rule
    let action: Action
    let value: [UInt8]
    /// Numbers of fields, ascending, and the values each of them must have one of.
    let demands: [(field: Int, values: Set<[UInt8]>)]
  }

  /// A longer list of `in` is not looked into.
  private static let values = 256

  private let lists: [String: ListDeclaration]
  private var fields: [String: Int] = [:]
  private var setters: [String: [Setter]] = [:]

  init(lists: [String: ListDeclaration]) { self.lists = lists }

  /// Rules with their actions; the others do not matter.
  mutating func add(_ rule: Rule) {
    var demands: [(field: Int, values: Set<[UInt8]>)]?
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
        Setter(rule: rule, action: action, value: FoldedText(value.value).bytes, demands: known))
    }
  }

  /// Each rule that conflicts with one before it, with that one; in no order, at most `RuleLimits.diagnostics`.
  func conflicts() -> [(earlier: Rule, later: Rule, action: Action)] {
    var found: [(earlier: Rule, later: Rule, action: Action)] = []
    for title in setters.keys.sorted() {
      for (earlier, later) in conflicts(among: setters[title] ?? []) {
        guard found.count < RuleLimits.diagnostics else { return found }
        found.append((earlier.rule, later.rule, later.action))
      }
    }
    return found
  }

  private func conflicts(among setters: [Setter]) -> [(Setter, Setter)] {
    guard setters.contains(where: { $0.value != setters.first?.value }) else { return [] }
    // Rules that ask for values of the same field are compared only with those that ask for the same value, so that a
    // long table of `field == value` costs its length.
    let common = mostCommonField(setters)
    var byValue: [[UInt8]: [Int]] = [:]
    var others: [Int] = []
    var found: [(Setter, Setter)] = []
    for (index, setter) in setters.enumerated() {
      let values = setter.demands.first { $0.field == common }?.values
      let rivals = values.map { $0.flatMap { byValue[$0] ?? [] } + others } ?? Array(0..<index)
      let rival = rivals.filter { rival in
        setters[rival].value != setter.value && setters[rival].rule.name != setter.rule.name
          && !Self.exclude(setters[rival], setter)
      }.min()
      if let rival {
        found.append((setters[rival], setter))
        if found.count == RuleLimits.diagnostics { break }
      }
      if let values { for value in values { byValue[value, default: []].append(index) } } else { others.append(index) }
    }
    return found
  }

  private func mostCommonField(_ setters: [Setter]) -> Int? {
    var counts: [Int: Int] = [:]
    for setter in setters { for demand in setter.demands { counts[demand.field, default: 0] += 1 } }
    return counts.max { ($0.value, -$0.key) < ($1.value, -$1.key) }?.key
  }

  private static func exclude(_ left: Setter, _ right: Setter) -> Bool {
    var (a, b) = (left.demands[...], right.demands[...])
    while let first = a.first, let second = b.first {
      if first.field < second.field {
        a = a.dropFirst()
      } else if first.field > second.field {
        b = b.dropFirst()
      } else {
        if first.values.isDisjoint(with: second.values) { return true }
        (a, b) = (a.dropFirst(), b.dropFirst())
      }
    }
    return false
  }

  private mutating func demands(of rule: Rule) -> [(field: Int, values: Set<[UInt8]>)] {
    let conjuncts: [Condition] =
      switch rule.condition {
      case .and(let parts): parts
      case .some(let condition): [condition]
      case nil: []
      }
    var demands: [Int: Set<[UInt8]>] = [:]
    for conjunct in conjuncts {
      guard let (field, values) = demand(conjunct) else { continue }
      let number = fields[field] ?? fields.count
      fields[field] = number
      demands[number] = demands[number].map { $0.intersection(values) } ?? values
    }
    return demands.sorted { $0.key < $1.key }.map { (field: $0.key, values: $0.value) }
  }

  /// Nil for what demands no value, and for a field that can have several.
  private func demand(_ condition: Condition) -> (field: String, values: Set<[UInt8]>)? {
    switch condition {
    case .equals(let atom) where atom.field != .tag:
      return (atom.field.name, [FoldedText(atom.value.value).bytes])
    case .isIn(let atom) where atom.field != .tag:
      let literals =
        switch atom.values {
        case .inline(let literals, _): literals
        case .list(let name): lists[name.value]?.elements.map(\.literal) ?? []
        }
      guard literals.count <= Self.values else { return nil }
      return (atom.field.name, Set(literals.map { FoldedText($0.value).bytes }))
    case .custom(let atom):
      // No field is called so: a name never holds a blank.
      return demand(atom.inner).map { ("field \(atom.name.value)", $0.values) }
    default: return nil
    }
  }
}
