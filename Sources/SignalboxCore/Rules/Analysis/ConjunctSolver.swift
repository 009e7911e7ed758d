/// Finds a ticket that meets all comparisons of a conjunct, or sees that there is none.
///
/// Fields that have nothing to do with each other are looked at apart. Of a field with few values, or with an order, all
/// that matter are tried, so that the answer is certain; of texts those that the comparisons suggest, and that there is
/// none is said only where one comparison excludes another.
struct ConjunctSolver {
  enum Answer {
    /// All comparisons are true of it, as the engine makes them.
    case ticket(RoutingFacts)
    case contradiction
    case unknown
  }

  /// Fields whose values depend on each other.
  private enum Group: Hashable {
    case texts, requester, days, spans
    case field(Field)
    case custom(String)
  }

  typealias Setter = (inout WitnessDraft) -> Void

  private enum GroupAnswer {
    case value(Setter)
    case contradiction
    case unknown
  }

  let table: AtomTable
  let queues: QueueDirectory
  /// What a ticket is looked at for, where the conjunct does not say.
  var event = RuleEvent.created
  /// Tickets that were tried, or what is as much work.
  private(set) var tried = 0

  init(table: AtomTable, queues: QueueDirectory, event: RuleEvent) {
    self.table = table
    self.queues = queues
    self.event = event
  }

  mutating func solve(_ conjunct: [SignedAtom]) -> Answer {
    let atoms = Set(conjunct)
    guard !conjunct.contains(where: { atoms.contains($0.opposite) }) else { return .contradiction }
    var order: [Group] = []
    var groups: [Group: [SignedAtom]] = [:]
    for signed in conjunct {
      let group = group(of: signed)
      if groups[group] == nil { order.append(group) }
      groups[group, default: []].append(signed)
    }
    var draft = WitnessDraft(event: event)
    var isUnknown = false
    for group in order {
      switch solve(group, groups[group] ?? []) {
      case .value(let set): set(&draft)
      case .contradiction: return .contradiction
      case .unknown: isUnknown = true
      }
    }
    guard !isUnknown else { return .unknown }
    if draft.facts.comment != nil, groups[.field(.event)] == nil { draft.facts.event = .commented }
    var facts = draft.made(groups[.field(.queueOrganization)] == nil ? queues : nil)
    facts.fields.sort { $0.name < $1.name }
    return holds(conjunct, facts) && isReal(facts) ? .ticket(facts) : .unknown
  }

  func holds(_ conjunct: [SignedAtom], _ facts: RoutingFacts) -> Bool {
    let values = table.values(facts)
    return conjunct.allSatisfy { table.holds($0, values) }
  }

  /// Whether a ticket can come to be so.
  private func isReal(_ facts: RoutingFacts) -> Bool {
    if facts.comment != nil, facts.event != .commented { return false }
    guard let queue = facts.queue, let organization = queues.organization(of: queue) else { return true }
    return organization == facts.queueOrganization
  }

  private func group(of signed: SignedAtom) -> Group {
    switch table.entries[signed.atom].subject {
    case .field(let field):
      switch field {
      case .subject, .body, .text: .texts
      case .requester, .requesterDomain: .requester
      case .weekday, .date: .days
      case .age, .idle, .timeInQueue: .spans
      default: .field(field)
      }
    case .custom(let name): .custom(name)
    }
  }

  private mutating func solve(_ group: Group, _ atoms: [SignedAtom]) -> GroupAnswer {
    switch group {
    case .texts: return texts(atoms)
    case .requester: return requester(atoms)
    case .days: return isLong(atoms) ? .unknown : first(days(atoms), of: atoms, areAll: true)
    case .spans: return spans(atoms)
    case .custom(let name): return text(atoms, mayBeAbsent: true) { value in { $0.addCustom(name, value) } }
    case .field(let field): return single(field, atoms)
    }
  }

  /// Whether a list is so long that not all its values are tried.
  private func isLong(_ atoms: [SignedAtom]) -> Bool {
    atoms.contains { !table.entries[$0.atom].demand.isWhole }
  }

  // MARK: Trying

  /// The first of which all are true.
  private mutating func first(_ setters: some Sequence<Setter>, of atoms: [SignedAtom], areAll: Bool) -> GroupAnswer {
    for set in setters {
      tried += table.weight
      var draft = WitnessDraft(event: event)
      set(&draft)
      if holds(atoms, draft.made()) { return .value(set) }
    }
    return areAll ? .contradiction : .unknown
  }

  private func demands(_ atoms: [SignedAtom], _ isTrue: Bool, of fields: [Field]? = nil) -> [Demand] {
    atoms.filter { signed in
      guard signed.isTrue == isTrue else { return false }
      guard let fields else { return true }
      if case .field(let field) = table.entries[signed.atom].subject { return fields.contains(field) }
      return false
    }.map { table.entries[$0.atom].demand }
  }

  private mutating func single(_ field: Field, _ atoms: [SignedAtom]) -> GroupAnswer {
    switch field.kind {
    case .choice:
      let usual = field == .event ? event.rawValue : RoutingFacts.ordinary.value(of: field) ?? ""
      let values = [usual] + field.choices.filter { $0 != usual }
      return first(values.map { value in { $0.set(field, value) } }, of: atoms, areAll: true)
    case .set: return tags(atoms)
    case .integer:
      guard !isLong(atoms) else { return .unknown }
      let values = [0] + bounds(atoms).flatMap { [$0, $0 + 1, $0 - 1] }.filter { $0 >= 0 }
      return first(
        values.map { value -> Setter in
          { draft in
            if field == .handoffs { draft.facts.handoffs = Int(value) } else { draft.facts.comments = Int(value) }
          }
        }, of: atoms, areAll: true)
    case .duration:
      // The others stand in `spans`.
      let values: [Int64?] = [nil] + around(bounds(atoms))
      return first(values.map { value in { $0.dueIn = value } }, of: atoms, areAll: true)
    case .time:
      let values = [720] + bounds(atoms).flatMap { [$0, $0 + 1, $0 - 1] }.filter { (0..<1_440).contains($0) }
      return first(values.map { value in { $0.minutes = value } }, of: atoms, areAll: true)
    case .text, .label, .name:
      return text(atoms, mayBeAbsent: !field.isAlwaysThere) { value in { $0.set(field, value) } }
    case .joinedText, .date, .custom: return .unknown
    }
  }

  // MARK: Texts

  private mutating func text(_ atoms: [SignedAtom], mayBeAbsent: Bool, _ set: (String?) -> Setter) -> GroupAnswer {
    let (positives, negatives) = (demands(atoms, true), demands(atoms, false))
    weigh(positives, negatives)
    let candidates = TextCandidates(positives, negatives, mayBeAbsent: mayBeAbsent)
    let answer = first(candidates.values.map(set), of: atoms, areAll: candidates.areAll)
    if case .unknown = answer, exclude(positives, negatives) { return .contradiction }
    return answer
  }

  /// Each value may be compared with each.
  private mutating func weigh(_ positives: [Demand], _ negatives: [Demand]) {
    let (left, right) = (positives.reduce(0) { $0 + $1.count }, negatives.reduce(0) { $0 + $1.count })
    tried += left * (left + right) / RuleLimits.analysisCandidates
  }

  private func exclude(_ positives: [Demand], _ negatives: [Demand]) -> Bool {
    positives.contains { positive in
      positive.isExhausted(by: negatives) || positives.contains { positive.excludes($0) }
    }
  }

  /// Subject and body, and what may stand in either.
  private mutating func texts(_ atoms: [SignedAtom]) -> GroupAnswer {
    weigh(self.demands(atoms, true), self.demands(atoms, false))
    let solver = self
    func demands(_ isTrue: Bool, _ fields: Field...) -> [Demand] { solver.demands(atoms, isTrue, of: fields) }
    let shared = demands(true, .text)
    func candidates(_ field: Field, withShared: Bool) -> TextCandidates {
      TextCandidates(
        demands(true, field) + (withShared ? shared : []), demands(false, field, .text), mayBeAbsent: false)
    }
    for inSubject in shared.isEmpty ? [true] : [true, false] {
      let subjects = candidates(.subject, withShared: inSubject)
      let bodies = candidates(.body, withShared: !inSubject)
      let pairs = subjects.values.prefix(Self.texts).lazy.flatMap { subject in
        bodies.values.prefix(Self.texts).map { body -> Setter in
          { draft in
            draft.set(.subject, subject)
            draft.set(.body, body)
          }
        }
      }
      if case .value(let set) = first(pairs, of: atoms, areAll: false) { return .value(set) }
    }
    // What stands in one of them stands in the text.
    let isExcluded =
      [Field.subject, .body].contains { field in
        exclude(demands(true, field), demands(false, field, .text)) || isKnownAway(field, atoms)
      } || shared.contains { $0.isExhausted(by: demands(false, .text)) }
    return isExcluded ? .contradiction : .unknown
  }

  /// Whether the field must have one of some values, none of which will do, whatever the other has.
  private func isKnownAway(_ field: Field, _ atoms: [SignedAtom]) -> Bool {
    let positives = demands(atoms, true, of: [field])
    let negatives = demands(atoms, false, of: [field]) + demands(atoms, false, of: [.text])
    let candidates = TextCandidates(positives, negatives, mayBeAbsent: false)
    guard candidates.areAll else { return false }
    return candidates.values.allSatisfy { value in
      let value = CustomValue(value ?? "")
      return positives.contains { $0.isWhole && !$0.holds(value) }
        || negatives.contains { $0.isWhole && $0.holds(value) }
    }
  }

  /// Combinations of so many.
  private static let texts = 16

  private mutating func requester(_ atoms: [SignedAtom]) -> GroupAnswer {
    let whole = (demands(atoms, true, of: [.requester]), demands(atoms, false, of: [.requester]))
    let domain = (demands(atoms, true, of: [.requesterDomain]), demands(atoms, false, of: [.requesterDomain]))
    let isWhole = !whole.0.isEmpty || !whole.1.isEmpty
    weigh(whole.0 + domain.0, whole.1 + domain.1)
    let addresses = TextCandidates(whole.0, whole.1, mayBeAbsent: true)
    let domains = TextCandidates(domain.0, domain.1, mayBeAbsent: true)
    var values = isWhole ? addresses.values : []
    values += domains.values.map { $0.map { "someone@\($0)" } }
    if isWhole {
      values += addresses.values.compactMap(\.self).flatMap { name in
        domains.values.compactMap(\.self).map { "\(name)@\($0)" }
      }
    }
    let setters = values.prefix(RuleLimits.analysisCandidates).map { value -> Setter in { $0.set(.requester, value) } }
    let areAll = isWhole && addresses.areAll || !isWhole && domains.areAll
    let answer = first(setters, of: atoms, areAll: areAll && values.count <= RuleLimits.analysisCandidates)
    if case .unknown = answer, exclude(whole.0, whole.1) || exclude(domain.0, domain.1) { return .contradiction }
    return answer
  }

  private mutating func tags(_ atoms: [SignedAtom]) -> GroupAnswer {
    func folded(_ tag: String) -> [UInt8] { FoldedText(tag).bytes }
    var wanted: [[String]] = []
    var barred: Set<[UInt8]> = []
    var (mustBeNone, mustBeSome, isWhole) = (false, false, true)
    for signed in atoms {
      let demand = table.entries[signed.atom].demand
      isWhole = isWhole && demand.isWhole
      switch (demand.ask, signed.isTrue) {
      case (.oneOf(let tags), true): wanted.append(tags)
      case (.oneOf(let tags), false): barred.formUnion(tags.map(folded))
      case (.notEquals(let tag), true): barred.insert(folded(tag))
      case (.notEquals(let tag), false): wanted.append([tag])
      case (.absent, true): mustBeNone = true
      case (.absent, false): mustBeSome = true
      default: return .unknown
      }
    }
    var tags: [String] = []
    for choice in wanted {
      guard !choice.contains(where: { tags.contains($0) }) else { continue }
      guard let tag = choice.first(where: { !barred.contains(folded($0)) }) else {
        return isWhole ? .contradiction : .unknown
      }
      tags.append(tag)
    }
    if mustBeSome, tags.isEmpty {
      // One that nobody bars; there are more tags than bars.
      let free = (0...barred.count).lazy.map { "something\($0 == 0 ? "" : " \($0)")" }
      tags = [free.first { !barred.contains(folded($0)) } ?? ""]
    }
    guard !mustBeNone || tags.isEmpty else { return .contradiction }
    return first([{ [tags] in $0.facts.tags = tags }], of: atoms, areAll: false)
  }

  // MARK: What has an order

  private func bounds(_ atoms: [SignedAtom]) -> [Int64] {
    atoms.flatMap { signed -> [Int64] in
      let entry = table.entries[signed.atom]
      guard case .field(let field) = entry.subject else { return [] }
      return entry.demand.values.compactMap { RoutingFacts.ordinal($0, of: field) }
    }
  }

  /// Rules compare with whole minutes, so that half ones stand for all between.
  private func around(_ bounds: [Int64]) -> [Int64] {
    [0] + [0, 60_000, -60_000, 30_000, -30_000].flatMap { offset in bounds.map { $0 + offset } }
  }

  private func days(_ atoms: [SignedAtom]) -> [Setter] {
    let today = WitnessDraft().day
    let bounds = atoms.flatMap { signed -> [Int64] in
      let entry = table.entries[signed.atom]
      guard case .field(.date) = entry.subject else { return [] }
      return entry.demand.values.compactMap { LocalTime.day($0).map(Int64.init) }
    }
    // Each weekday on either side of each date.
    let days = (0..<7).map { today + $0 } + bounds.flatMap { bound in (-7...7).map { bound + $0 } }
    return days.filter(Self.calendar.contains).map { day in { $0.day = day } }
  }

  /// From 0001-01-01 to 9999-12-31.
  private static let calendar: ClosedRange<Int64> = -719_162...2_932_896

  /// A ticket is not younger than its last change, nor than its stay in its queue.
  private mutating func spans(_ atoms: [SignedAtom]) -> GroupAnswer {
    let values = around(bounds(atoms)).filter { $0 >= 0 }
    func isAsked(_ field: Field) -> Bool {
      atoms.contains { if case .field(field) = table.entries[$0.atom].subject { true } else { false } }
    }
    func choices(_ field: Field) -> [Int64?] { isAsked(field) ? values : [nil] }
    let stays: [Int64?] = isAsked(.timeInQueue) ? [nil] + values : [nil]
    let (ages, idles) = (choices(.age), choices(.idle))
    var tried = 0
    for age in ages {
      for idle in idles {
        for stay in stays {
          if let age, max(idle ?? 0, stay ?? 0) > age { continue }
          tried += 1
          guard tried <= Self.combinations else { return .unknown }
          let set: Setter = { draft in
            draft.age = age
            draft.idle = idle
            draft.timeInQueue = stay
          }
          if case .value(let set) = first([set], of: atoms, areAll: false) { return .value(set) }
        }
      }
    }
    return .contradiction
  }

  private static let combinations = 4_096
}

extension WitnessDraft {
  fileprivate mutating func addCustom(_ name: String, _ value: String?) {
    facts.fields.removeAll { $0.name == name }
    if let value { facts.fields.append(.init(name: name, value: value)) }
  }
}
