/// Keeps rules from sending a ticket round and round: more than ``Limits/ruleMoves`` moves within
/// ``Limits/ruleMoveWindow`` and it stays in triage until a person acts on it.
///
/// What happens within one chain of changes is bounded by ``Limits/ruleDepth`` and by each rule firing once; this is for
/// what comes back with every further change, made by a timer or another system.
package enum LoopGuard {
  package enum Verdict: Equatable, Sendable {
    case allowed
    /// This would be one too many.
    case stops
    /// It was one too many before.
    case isStopped
  }

  package static func verdict(on placement: TicketPlacement, at now: Timestamp) -> Verdict {
    if placement.isStopped { return .isStopped }
    return recent(placement.ruleMoves, at: now).count < Limits.ruleMoves ? .allowed : .stops
  }

  /// Moves that still count.
  package static func recent(_ moves: [Timestamp], at now: Timestamp) -> [Timestamp] {
    moves.filter { now.milliseconds - $0.milliseconds < Limits.ruleMoveWindow }
  }
}

extension TicketPlacement {
  /// Rules have moved it.
  mutating func noteRuleMove(at now: Timestamp) {
    ruleMoves = Array((LoopGuard.recent(ruleMoves, at: now) + [now]).suffix(Limits.ruleMoves))
  }

  /// A person has acted on the ticket: rules may move it again.
  mutating func release() {
    guard isStopped else { return }
    isStopped = false
    ruleMoves = []
  }
}
