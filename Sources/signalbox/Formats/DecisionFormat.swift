import SignalboxClient

enum DecisionFormat {
  /// On what grounds, in a few words: the rule, the keywords that matched, or that nothing did.
  static func summary(_ decision: Decision) -> String {
    switch decision.by {
    case "rule": "rule \(SafeText.line(decision.rule))"
    case "keywords": "keywords \(words(decision.matched))"
    case "otherwise": "otherwise"
    default: SafeText.line(decision.by)
    }
  }

  /// The grounds in full, a name and a value a line.
  static func sheet(_ decision: Decision) -> FactSheet {
    var sheet = FactSheet()
    sheet.add("queue", decision.queue)
    sheet.add("by", by(decision))
    sheet.add("because", decision.because)
    for word in decision.matched {
      sheet.add("matched", "`\(word.pattern)` in \(word.field), word \(UInt64(word.position) + 1)")
    }
    if decision.by == "keywords" {
      sheet.add("score", "\(decision.score)")
      sheet.add("runner-up", decision.runnerUp.isEmpty ? "" : "\(decision.runnerUp) with \(decision.runnerUpScore)")
    }
    for note in decision.notes { sheet.add("note", note) }
    sheet.add(
      "rules", "\(decision.ruleSet) version \(decision.ruleSetVersion), \(HexText.of(decision.ruleSetHash.prefix(6)))")
    sheet.add("phase", decision.phase)
    return sheet
  }

  private static func by(_ decision: Decision) -> String {
    switch decision.by {
    case "rule": "rule `\(decision.rule)`, line \(decision.line)"
    case "keywords": "the keywords of the queues, line \(decision.line)"
    case "otherwise": "otherwise, line \(decision.line): nothing above decided"
    default: decision.by
    }
  }

  /// Each word once, in the order it stood.
  private static func words(_ matched: [MatchedWord]) -> String {
    var seen: Set<String> = []
    return matched.map(\.pattern).filter { seen.insert($0).inserted }.map { "`\(SafeText.line($0))`" }.joined(
      separator: ", ")
  }
}
