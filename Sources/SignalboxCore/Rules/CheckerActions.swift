extension Checker {
  /// What one rule does: only what its phase has, and of each single thing one.
  mutating func check(_ actions: [Action], in kind: Phase.Kind, _ span: SourceSpan) {
    if actions.count > RuleLimits.actionsPerRule {
      report(span, "a rule has at most \(RuleLimits.actionsPerRule) actions; split it")
    }
    var seen: Set<String> = []
    for (index, action) in actions.enumerated() {
      guard kind.allows(action) else {
        let homes = Phase.Kind.allCases.filter { $0.allows(action) }.map { "phase \($0.rawValue)" }
        report(
          action.span, "`phase \(kind.rawValue)` has no action `\(action.title)`; it goes into \(Parser.either(homes))")
        continue
      }
      check(action)
      switch action {
      case .addTag, .notify: break
      default:
        guard !seen.insert(action.title).inserted else { break }
        let message =
          switch action {
          case .queue: "a ticket goes to one queue; remove this second `queue`"
          case .assign: "a ticket is assigned once; remove this second assignment"
          default: "`\(action.title)` stands twice in this rule; remove one"
          }
        report(action.span, message)
      }
      if case .atMost(let limit) = action, index + 1 < actions.count || index == 0 {
        report(limit.place.span, "`at most` is the last of a rule's actions, after what it limits")
      }
    }
    switch kind {
    case .route:
      if !seen.contains("queue"), actions.allSatisfy(kind.allows) {
        report(span, "`phase route` needs an action `queue \"…\"`")
      }
    case .classify, .assign, .notify, .escalate: break
    }
  }

  private mutating func check(_ action: Action) {
    switch action {
    case .queue(let action): action.check(&self)
    case .set(let action): action.check(&self)
    case .setStatus(let action): action.check(&self)
    case .addTag(let action): action.check(&self)
    case .raisePriority(let action): action.check(&self)
    case .respondWithin(let action): action.check(&self)
    case .assign(let action): action.check(&self)
    case .notify(let action): action.check(&self)
    case .atMost(let action): action.check(&self)
    }
  }

  mutating func checkPositive(_ duration: RuleDuration, _ place: Place) {
    if duration.amount == 0 { report(place.span, "a duration here is longer than nothing") }
  }

  /// A rule of `escalate` says when: without a bound that time passes it would fire at once or never.
  mutating func checkTiming(of rule: Rule) {
    guard rule.condition?.looksAtTime != true else { return }
    report(
      rule.name.span,
      "rule `\(rule.name.value)` never falls due; `phase escalate` needs `<`, `<=`, `>` or `>=` of `age`, `idle`, `time-in-queue` or `due-in`"
    )
  }
}

extension Condition {
  fileprivate var looksAtTime: Bool {
    switch self {
    case .and(let parts), .or(let parts): parts.contains(where: \.looksAtTime)
    case .not(let part): part.looksAtTime
    case .less, .atMost, .greater, .atLeast: atom?.field.kind == .duration
    // That there is no such time says nothing of when.
    default: false
    }
  }
}
