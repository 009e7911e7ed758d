import Foundation
import SignalboxCore
import SignalboxProtocol

extension ProtoRuleDiagnostic {
  /// Characters of a line that an answer quotes.
  private static let longestSourceLine = 500

  /// What is wrong with the text, each with its line.
  static func list(of diagnostics: Diagnostics, in text: String) -> [ProtoRuleDiagnostic] {
    let lines = TextLines.of(text)
    return diagnostics.items.map { item in
      var diagnostic = ProtoRuleDiagnostic()
      diagnostic.line = UInt32(clamping: item.span.line)
      diagnostic.column = UInt32(clamping: item.span.column)
      diagnostic.length = UInt32(clamping: item.span.length)
      diagnostic.message = item.message + (item.suggestion.map { "; did you mean `\($0)`?" } ?? "")
      let line = item.span.line - 1
      if lines.indices.contains(line) { diagnostic.sourceLine = String(lines[line].prefix(longestSourceLine)) }
      return diagnostic
    }
  }
}

extension ProtoRuleTestResult {
  init(_ result: RuleTests.Result) {
    self.init()
    name = result.name
    line = UInt32(clamping: result.line)
    passed = result.hasPassed
    failures = result.failures
  }
}

extension ProtoActualValue {
  init(_ actual: RuleTrace.Actual) {
    self.init()
    field = actual.field.name
    value = actual.value ?? ""
    absent = actual.value == nil
  }
}

extension ProtoReplayResult {
  init(_ result: RuleReplay.Result) {
    self.init()
    lookedAt = UInt64(clamping: result.lookedAt)
    same = UInt64(clamping: result.same)
    moved = UInt64(clamping: result.moved)
    moves = result.moves.map(ProtoQueueMove.init)
    otherMoved = UInt64(clamping: result.otherMoved)
    activeAgrees = UInt64(clamping: result.active.agrees)
    candidateAgrees = UInt64(clamping: result.candidate.agrees)
    activeOtherwise = UInt64(clamping: result.active.otherwise)
    candidateOtherwise = UInt64(clamping: result.candidate.otherwise)
    chosenByPeople = UInt64(clamping: result.chosenByPeople)
    activeAgreesWithPeople = UInt64(clamping: result.active.agreesWithPeople)
    candidateAgreesWithPeople = UInt64(clamping: result.candidate.agreesWithPeople)
  }
}

extension ProtoRuleSetDifference {
  init(_ difference: RuleSetDifference) {
    self.init()
    part = difference.part.rawValue
    change = difference.change.rawValue
    phase = difference.phase?.rawValue ?? ""
    name = difference.name
    before = String((difference.before ?? "").prefix(Limits.ruleDifferenceText))
    after = String((difference.after ?? "").prefix(Limits.ruleDifferenceText))
  }
}

extension ProtoQueueMove {
  init(_ move: RuleReplay.Move) {
    self.init()
    from = move.from ?? ""
    to = move.to ?? ""
    count = UInt64(clamping: move.count)
    samples = move.samples.map { UInt64(clamping: $0.value) }
  }
}

extension ProtoShadowRules {
  /// Empty for nil. What it has seen is told apart.
  init(_ record: ShadowRecord?) {
    self.init()
    guard let record else { return }
    hash = Data(record.set.hash)
    name = record.set.name
    version = UInt32(clamping: record.set.version)
    sinceMs = record.since.milliseconds
    setBy = record.setBy.name
  }
}
