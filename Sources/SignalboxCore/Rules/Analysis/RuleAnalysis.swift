/// Looks for rules that are hardly meant: those that no ticket meets, that others take every ticket from, that want
/// different things, or that undo each other. The engine confirms each on a made-up ticket; what it does not confirm, and
/// what is too large to look into, is not reported, so there is no false alarm and no promise to find everything.
struct RuleAnalysis {
  struct Entry {
    let rule: Rule
    let phase: Phase.Kind
    /// In its phase.
    let place: Int
    /// Nil if there are too many.
    let conjuncts: [[SignedAtom]]?
  }

  let compiled: CompiledRuleSet
  let queues: QueueDirectory
  let entries: [Entry]
  private let checked: CheckedRuleSet
  private let table: AtomTable
  private let numbers: [String: Int]
  /// Where each rule's condition begins in the program.
  private let conditions: [String: Int32]
  private var steps = RuleLimits.analysisSteps
  private var findings: [RuleFinding] = []

  /// In the order of the file, hints last.
  static func findings(of checked: CheckedRuleSet, queues: QueueDirectory) -> [RuleFinding] {
    var analysis = RuleAnalysis(checked, queues)
    analysis.run()
    return analysis.findings
  }

  private init(_ checked: CheckedRuleSet, _ queues: QueueDirectory) {
    self.checked = checked
    self.queues = queues
    // Without keywords of queues: they change from day to day, and rules that stand before them decide first.
    compiled = CompiledRuleSet(checked, keywords: [], hash: [])
    var table = AtomTable(lists: NamedLists(checked.ruleSet.lists))
    var entries: [Entry] = []
    for phase in checked.ruleSet.phases {
      for (place, element) in phase.elements.enumerated() {
        guard case .rule(let rule) = element else { continue }
        entries.append(
          Entry(rule: rule, phase: phase.kind, place: place, conjuncts: table.conjuncts(of: rule.condition)))
      }
    }
    table.finish()
    self.table = table
    self.entries = entries
    numbers = Dictionary(
      entries.enumerated().map { ($1.rule.name.value, $0) }, uniquingKeysWith: { first, _ in first })
    let phases = compiled.phases
    conditions = Dictionary(
      (compiled.rules + phases.classify + phases.assign + phases.notify + phases.escalate)
        .map { ($0.rule.name.value, $0.entry) }, uniquingKeysWith: { first, _ in first })
  }

  private mutating func run() {
    for entry in entries where entry.rule.condition != nil {
      guard findings.count < RuleLimits.findings, steps > 0 else { break }
      if let finding = unsatisfiable(entry) {
        findings.append(finding)
      } else if entry.phase.mode == .first, let finding = unreachable(entry) {
        findings.append(finding)
      }
    }
    findings += checked.conflicts.compactMap { conflict($0) }
    findings += cycles()
    findings.sort { ($0.line, $0.otherLine, $0.kind.rawValue) < ($1.line, $1.otherLine, $1.kind.rawValue) }
    findings = RuleFinding.few(findings) + unindexed()
  }

  /// As a message quotes it.
  private func quoted(_ signed: SignedAtom) -> String {
    let text = table.text(signed)
    return "`\(RuleFinding.quoted(text))`"
  }

  // MARK: The engine

  mutating func solve(_ conjunct: [SignedAtom], for event: RuleEvent = .created) -> ConjunctSolver.Answer {
    guard steps > 0 else { return .unknown }
    var solver = ConjunctSolver(table: table, queues: queues, event: event)
    let answer = solver.solve(conjunct)
    steps -= 1 + solver.tried / RuleLimits.analysisTicketsPerStep
    return answer
  }

  /// Whether the engine finds the rule's condition true of the ticket.
  private func holds(_ rule: Rule, _ facts: RoutingFacts) -> Bool {
    guard let entry = conditions[rule.name.value] else { return false }
    var meter = RuleMeter()
    return compiled.program.holds(from: entry, FactValues(facts, compiled.program, compiled.uses), &meter)
  }

  /// The rules of the phase that fire for the ticket.
  private mutating func fired(_ phase: Phase.Kind, _ facts: RoutingFacts) -> [Int] {
    let outcome = compiled.evaluate(facts, run: PhaseSet(phase), queues: queues)
    steps -= outcome.record.cost / RuleLimits.analysisCostPerStep
    return outcome.fired.compactMap { numbers[$0.rule] }
  }

  private func event(of phase: Phase.Kind) -> RuleEvent { phase == .escalate ? .timer : .created }

  // MARK: Findings

  private mutating func unsatisfiable(_ entry: Entry) -> RuleFinding? {
    guard let conjuncts = entry.conjuncts, let first = conjuncts.first else { return nil }
    for conjunct in conjuncts {
      guard case .contradiction = solve(conjunct, for: event(of: entry.phase)) else { return nil }
    }
    // What is left when nothing more can be left out.
    var core = first
    for signed in first where core.count > 1 {
      let rest = core.filter { $0 != signed }
      if case .contradiction = solve(rest) { core = rest }
    }
    for culprit in core.reversed() {
      guard case .ticket(let facts) = solve(first.filter { $0 != culprit }), !holds(entry.rule, facts) else { continue }
      let name = entry.rule.name
      let others = core.filter { $0 != culprit }.map { quoted($0) }
      let why =
        others.isEmpty
        ? "\(quoted(culprit)) is true of no ticket"
        : "\(quoted(culprit)) is never true together with \(others.prefix(4).joined(separator: " and "))"
      let which = conjuncts.count > 1 ? ", and so on for each of its alternatives" : ""
      return RuleFinding(
        .unsatisfiable, rule: name, "rule `\(name.value)` never fires: \(why)\(which)", witness: WitnessTicket(facts))
    }
    return nil
  }

  /// Takes tickets that the rule fits, looks which earlier rule has them, and goes on with those that this one would not
  /// have, until one is left for the rule or none for anybody.
  private mutating func unreachable(_ entry: Entry) -> RuleFinding? {
    guard var open = entry.conjuncts else { return nil }
    var takers: [Int] = []
    var witness: RoutingFacts?
    var left = RuleLimits.analysisStepsPerRule
    while let conjunct = open.popLast() {
      left -= 1
      guard left > 0 else { return nil }
      switch solve(conjunct) {
      case .contradiction: continue
      case .unknown: return nil
      case .ticket(let facts):
        guard holds(entry.rule, facts), let number = fired(entry.phase, facts).first,
          entries[number].phase == entry.phase,
          entries[number].place < entry.place, let taken = taking(facts, entries[number])
        else { return nil }
        if !takers.contains(number) { takers.append(number) }
        witness = witness ?? facts
        for (place, signed) in taken.enumerated() {
          open.append(conjunct + taken[..<place].filter { !conjunct.contains($0) } + [signed.opposite])
        }
      }
    }
    takers.sort { entries[$0].place < entries[$1].place }
    // Of several takers any may have the witness; the one that the engine names is told.
    guard let witness, let taker = fired(entry.phase, witness).first else { return nil }
    let (name, other) = (entry.rule.name, entries[taker].rule.name)
    if takers.count == 1 {
      return RuleFinding(
        .shadowed, rule: name, other: other,
        "rule `\(name.value)` never decides: rule `\(other.value)` on line \(other.span.line) takes every ticket that it fits",
        witness: WitnessTicket(witness))
    }
    let all = takers.prefix(8).map { "`\(entries[$0].rule.name.value)`" }.joined(separator: ", ")
    return RuleFinding(
      .unreachable, rule: name, other: other,
      "rule `\(name.value)` never decides: rules \(all)\(takers.count > 8 ? " and others" : "") together take every ticket that it fits",
      witness: WitnessTicket(witness))
  }

  /// The alternative of the rule's condition that the ticket meets.
  private func taking(_ facts: RoutingFacts, _ entry: Entry) -> [SignedAtom]? {
    let values = table.values(facts)
    return entry.conjuncts?.first { $0.allSatisfy { table.holds($0, values) } }
  }

  private mutating func conflict(_ conflict: RuleConflict) -> RuleFinding? {
    guard let left = numbers[conflict.earlier.name.value], let right = numbers[conflict.later.name.value] else {
      return nil
    }
    for one in entries[left].conjuncts ?? [] {
      for other in entries[right].conjuncts ?? [] {
        let both = one + other.filter { !one.contains($0) }
        guard case .ticket(let facts) = solve(both, for: event(of: conflict.phase)),
          Set(fired(conflict.phase, facts)).isSuperset(of: [left, right])
        else { continue }
        let (earlier, later) = (conflict.earlier.name, conflict.later.name)
        return RuleFinding(
          .conflicting, rule: later, other: earlier,
          "rules `\(earlier.value)` and `\(later.value)` both fire for one ticket and \(conflict.action.title) to different values",
          witness: WitnessTicket(facts))
      }
    }
    return nil
  }

  private mutating func cycles() -> [RuleFinding] {
    var search = CycleSearch(compiled: compiled, queues: queues)
    var known: Set<[String]> = []
    var found: [RuleFinding] = []
    guard search.canMove else { return [] }
    for entry in entries where search.runs(entry) {
      for conjunct in entry.conjuncts ?? [] {
        guard found.count < RuleLimits.findings, case .ticket(let facts) = solve(conjunct, for: .updated) else {
          continue
        }
        let before = search.cost
        let cycle = search.cycle(from: facts)
        steps -= (search.cost - before) / RuleLimits.analysisCostPerStep
        guard let cycle, known.insert(cycle.rules.sorted()).inserted else { continue }
        let names = cycle.rules.compactMap { numbers[$0] }.sorted().map { entries[$0].rule.name }
        guard let first = names.first else { continue }
        let all = names.prefix(8).map { "`\($0.value)`" }.joined(separator: ", ")
        found.append(
          RuleFinding(
            .cycle, rule: first, other: names.dropFirst().first,
            "rules \(all) never come to rest: \(cycle.length) updates later the ticket is as it was",
            witness: WitnessTicket(cycle.start)))
      }
    }
    return found
  }

  private func unindexed() -> [RuleFinding] {
    let rules = compiled.unindexedRules
    guard rules.count >= RuleLimits.unindexedRules else { return [] }
    return [
      RuleFinding(
        .unindexed, .hint, rule: rules.first,
        "\(rules.count) rules are tried on every ticket, since nothing that they ask for can be looked up; "
          + "join a comparison with `==`, `in` or words to those that have none")
    ]
  }
}

extension RuleFinding {
  /// So many that an answer holds them, whatever is quoted in them.
  static func few(_ findings: [RuleFinding]) -> [RuleFinding] {
    var bytes = 0
    return findings.prefix(RuleLimits.findings).filter { finding in
      bytes += finding.witness.values.reduce(finding.message.utf8.count) {
        $0 + $1.name.utf8.count + $1.value.utf8.count
      }
      return bytes <= RuleLimits.findingBytes
    }
  }

  /// The text, or its beginning.
  static func quoted(_ text: String) -> String {
    let shown = text.prefix(RuleLimits.quotedCharacters)
    return "\(shown)\(shown.count < text.count ? "…" : "")"
  }
}
