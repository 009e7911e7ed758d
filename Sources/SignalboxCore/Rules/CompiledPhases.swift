/// The phases beside `route`, their rules in file order, and what else of the file evaluation needs.
struct CompiledPhases: Sendable {
  let classify: [CompiledRule]
  let assign: [CompiledRule]
  let notify: [CompiledRule]
  let escalate: [CompiledRule]
  /// Nil if there is no `phase assign`: then the default assignee of the queue gets its tickets.
  let assignOtherwise: (action: AssignAction, line: Int)?
  let tests: [TestBlock]
  private let runs: [RuleEvent: PhaseSet]

  init(_ ruleSet: RuleSet, _ compiler: inout Compiler) {
    var compiled: [Phase.Kind: [CompiledRule]] = [:]
    var otherwise: (action: AssignAction, line: Int)?
    for phase in ruleSet.phases where phase.kind != .route {
      for element in phase.elements {
        switch element {
        case .rule(let rule): compiled[phase.kind, default: []].append(compiler.compile(rule, queue: ""))
        case .otherwise(let element): otherwise = element.actions.assignment.map { ($0, element.span.line) }
        case .keywords: continue
        }
      }
    }
    classify = compiled[.classify] ?? []
    assign = compiled[.assign] ?? []
    notify = compiled[.notify] ?? []
    escalate = compiled[.escalate] ?? []
    assignOtherwise = otherwise
    tests = ruleSet.tests
    runs = Dictionary(uniqueKeysWithValues: RuleEvent.allCases.map { ($0, ruleSet.phases(on: $0)) })
  }

  /// Those in which some rule or `otherwise` may have something to say.
  var present: PhaseSet {
    var present: PhaseSet = [.route]
    if !classify.isEmpty { present.insert(.classify) }
    if !assign.isEmpty || assignOtherwise != nil { present.insert(.assign) }
    if !notify.isEmpty { present.insert(.notify) }
    if !escalate.isEmpty { present.insert(.escalate) }
    return present
  }

  func run(on event: RuleEvent) -> PhaseSet { runs[event] ?? event.defaultPhases }
}

extension [Action] {
  var assignment: AssignAction? {
    for case .assign(let action) in self { return action }
    return nil
  }

  /// How often a rule of `escalate` fires for one ticket.
  var atMost: Int {
    for case .atMost(let action) in self { return action.count }
    return 1
  }
}
