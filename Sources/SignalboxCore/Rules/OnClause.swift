/// `on update run classify, notify`: which phases run for what happens to a ticket later. Its creation always runs all
/// but `escalate`; what has no clause runs `RuleEvent.defaultPhases`.
package struct OnClause: Sendable {
  package enum Trigger: String, CaseIterable, Sendable {
    case update, comment, reassignment

    var event: RuleEvent {
      switch self {
      case .update: .updated
      case .comment: .commented
      case .reassignment: .reassigned
      }
    }
  }

  package struct PhaseName: Sendable {
    package var kind: Phase.Kind
    package var span: SourceSpan
  }

  package var comments: [String] = []
  package var trigger: Trigger
  package var span: SourceSpan
  /// One or more, as written; they run in their fixed order.
  package var phases: [PhaseName]

  var text: String { "on \(trigger.rawValue) run " + phases.map(\.kind.rawValue).joined(separator: ", ") }
}

extension RuleSet {
  /// The phases that run for the event.
  func phases(on event: RuleEvent) -> PhaseSet {
    guard let clause = clauses.first(where: { $0.trigger.event == event }) else { return event.defaultPhases }
    return PhaseSet(clause.phases.map { PhaseSet($0.kind) })
  }
}

extension Parser {
  /// After `on`.
  mutating func parseOn(_ comments: [String], from start: Token) throws(ParseFailure) -> OnClause {
    let triggers = OnClause.Trigger.allCases.map(\.rawValue)
    guard token.kind == .word, let trigger = OnClause.Trigger(rawValue: token.text) else {
      throw unexpected(Self.either(triggers), "after `on`", words: triggers)
    }
    advance()
    try expect(word: "run", "after `on \(trigger.rawValue)`")
    var phases = [try parsePhaseName()]
    while accept(symbol: ",") { phases.append(try parsePhaseName()) }
    return OnClause(comments: comments, trigger: trigger, span: start.span, phases: phases)
  }

  private mutating func parsePhaseName() throws(ParseFailure) -> OnClause.PhaseName {
    let kinds = Phase.Kind.allCases.map(\.rawValue).filter { $0 != Phase.Kind.escalate.rawValue }
    guard token.kind == .word, let kind = Phase.Kind(rawValue: token.text) else {
      throw unexpected("the name of a phase (\(Self.either(kinds)))", words: kinds)
    }
    defer { advance() }
    return OnClause.PhaseName(kind: kind, span: token.span)
  }
}

extension Checker {
  mutating func check(_ clauses: [OnClause]) {
    var lines: [OnClause.Trigger: Int] = [:]
    for clause in clauses {
      if let line = lines[clause.trigger] {
        report(clause.span, "`on \(clause.trigger.rawValue)` stands already on line \(line); put its phases there")
      }
      lines[clause.trigger] = clause.span.line
      var seen = PhaseSet()
      for phase in clause.phases {
        let kind = PhaseSet(phase.kind)
        if phase.kind == .escalate {
          report(phase.span, "`escalate` runs when time has passed, not on an event; remove it")
        } else if seen.contains(kind) {
          report(phase.span, "`\(phase.kind.rawValue)` stands twice")
        }
        seen.insert(kind)
      }
    }
  }
}

extension Printer {
  mutating func print(_ clause: OnClause) {
    comments(0, clause.comments)
    line(0, clause.text)
  }
}
