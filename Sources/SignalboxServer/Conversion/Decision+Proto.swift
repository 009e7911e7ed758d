import Foundation
import SignalboxCore
import SignalboxProtocol

extension ProtoDecision {
  init(_ record: DecisionRecord) {
    self.init()
    ruleSet = record.ruleSet
    ruleSetVersion = UInt32(clamping: record.version)
    ruleSetHash = Data(record.hash)
    phase = record.phase.rawValue
    queue = record.queue ?? ""
    switch record.element {
    case .rule(let name, let line):
      by = "rule"
      rule = name
      self.line = UInt32(clamping: line)
    case .keywords(let line):
      by = "keywords"
      self.line = UInt32(clamping: line)
    case .otherwise(let line):
      by = "otherwise"
      self.line = UInt32(clamping: line)
    case .nothing, .stays:
      break
    }
    because = record.because ?? ""
    matched = record.matches.map(ProtoMatchedWord.init)
    if let scores = record.scores {
      score = UInt32(clamping: scores.best.score)
      margin = UInt32(clamping: scores.margin)
      runnerUp = scores.runnerUp?.queue ?? ""
      runnerUpScore = UInt32(clamping: scores.runnerUp?.score ?? 0)
      if case .keywords = record.element {
      } else {
        notes.append(
          "keywords favoured `\(scores.best.queue)` with \(scores.best.score), not \(scores.margin) ahead of \(runnerUpScore)"
        )
      }
    }
    notes += record.skipped.map { skipped in
      skipped.state == .redirected
        ? "`\(skipped.queue)` on line \(skipped.line) is retired and leads to `\(queue)`"
        : "passed over `\(skipped.queue)` on line \(skipped.line): it is \(skipped.state.word)"
    }
    notes += record.notes
    fired = record.fired.map(ProtoFiredRule.init)
    cost = UInt64(clamping: record.cost)
    chain = UInt64(clamping: record.cause?.chain.value ?? 0)
    depth = UInt32(clamping: record.cause?.depth ?? 0)
    if record.isOverBudget { notes.append("the rules cost more than an evaluation may; only `otherwise` counted") }
  }
}

extension ProtoMatchedWord {
  init(_ match: DecisionRecord.Match) {
    self.init()
    pattern = match.pattern
    field = match.field.name
    if let word = match.word { position = UInt32(clamping: word) }
    points = UInt32(clamping: match.points ?? 0)
  }
}

extension ProtoFiredRule {
  init(_ fired: DecisionRecord.Fired) {
    self.init()
    phase = fired.phase.rawValue
    rule = fired.rule
    line = UInt32(clamping: fired.line)
    actions = fired.actions
  }
}

extension ProtoRuleTrace {
  init(_ trace: RuleTrace) {
    self.init()
    phase = trace.phase.rawValue
    rule = trace.rule
    line = UInt32(clamping: trace.line)
    fired = trace.failure == nil
    guard let failure = trace.failure else { return }
    // A running text would be there again with every rule.
    let actual = failure.actual.filter { !$0.field.isRunningText }.map {
      "\($0.field.name) is \($0.value.map { "`\($0)`" } ?? "absent")"
    }
    let there = failure.matches.filter(\.field.isRunningText).map { "`\($0.pattern)` is in \($0.field.name)" }
    let met = actual + there
    failed = met.isEmpty ? failure.condition : "\(failure.condition): \(met.joined(separator: ", "))"
  }
}
