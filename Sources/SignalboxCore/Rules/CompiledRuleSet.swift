/// A rule set ready to run, with the keywords of the queues it was compiled for. Immutable: any number of
/// threads may evaluate with it, and a new version replaces it as a whole.
package final class CompiledRuleSet: Sendable {
  /// An element of the phase in file order. Numbers only: evaluation touches the rest of a rule only when it
  /// fires.
  enum Element: Sendable {
    /// The entry of its condition and the index in `rules`.
    case rule(entry: Int32, index: Int32)
    case keywords
    case otherwise
  }

  package let name: String
  package let version: Int
  /// The content hash of the rule file, as given.
  package let hash: [UInt8]
  /// Keywords that can never match: no letter or digit, too many words or too long.
  package let ignoredKeywords: [QueueKeywords]
  let elements: [Element]
  let rules: [CompiledRule]
  let keywords: (element: KeywordsElement, scoring: KeywordScoring)?
  let otherwise: (queue: String, line: Int)?
  let program: ConditionProgram
  let uses: [Compiler.FieldUse]
  /// All phases but `route`.
  let phases: CompiledPhases
  let indexes: PhaseIndexes

  /// The names of the rules that are tried on every ticket, because nothing that a ticket must have for them to fit can
  /// be looked up: they ask for `contains`, `!=`, `not` and the like only. A few cost little, thousands do.
  package var unindexedRules: [Literal] { indexes.unindexedRules }

  /// Whether any condition, or the keywords of queues, look at the body of a ticket.
  package var readsBodies: Bool {
    keywords != nil || program.instructions.contains { $0.field.parts.contains(.body) }
  }

  /// `hash` names the text in decision records; it is kept, not checked. Compile again when a queue's
  /// keywords change; a queue that retires needs no compilation, evaluation looks it up.
  package init(_ checked: CheckedRuleSet, keywords: [QueueKeywords], hash: [UInt8]) {
    let ruleSet = checked.ruleSet
    var compiler = Compiler(lists: NamedLists(ruleSet.lists))
    var elements: [Element] = []
    var rules: [CompiledRule] = []
    var scored: (element: KeywordsElement, scoring: KeywordScoring)?
    var last: (queue: String, line: Int)?
    for element in ruleSet.phases.first(where: { $0.kind == .route })?.elements ?? [] {
      switch element {
      case .rule(let rule):
        guard let queue = Self.queue(rule.actions) else { continue }
        let compiled = compiler.compile(rule, queue: queue)
        elements.append(.rule(entry: compiled.entry, index: Int32(truncatingIfNeeded: rules.count)))
        rules.append(compiled)
      case .keywords(let element):
        scored = (element, compiler.compile(keywords))
        elements.append(.keywords)
      case .otherwise(let otherwise):
        guard let queue = Self.queue(otherwise.actions) else { continue }
        last = (queue, otherwise.span.line)
        elements.append(.otherwise)
      }
    }
    name = ruleSet.name.value
    version = ruleSet.version
    self.hash = hash
    self.elements = elements
    self.rules = rules
    self.keywords = scored
    otherwise = last
    phases = CompiledPhases(ruleSet, &compiler)
    program = ConditionProgram(compiler.program)
    uses = compiler.uses
    indexes = PhaseIndexes(
      route: elements.map { if case .rule(_, let index) = $0 { rules[Int(index)] } else { nil } }, phases, program)
    ignoredKeywords = scored?.scoring.ignored ?? []
  }

  private static func queue(_ actions: [Action]) -> String? {
    for case .queue(let queue) in actions { return queue.target.value }
    return nil
  }
}
