import SignalboxClient

enum DecisionFormat {
  /// On what grounds, in a few words: the rule, the keywords that matched, or that nothing did.
  static func summary(_ decision: Decision) -> String {
    switch decision.by {
    case "rule": "rule \(SafeText.line(decision.rule))"
    case "keywords": "keywords \(words(decision.matched))"
    case "otherwise": "otherwise"
    default: decision.by.isEmpty ? rules(decision.fired) : SafeText.line(decision.by)
    }
  }

  /// Those that changed something else than the queue.
  private static func rules(_ fired: [FiredRule]) -> String {
    let names = fired.map { "`\(SafeText.line($0.rule))`" }
    return names.isEmpty ? "" : (names.count == 1 ? "rule " : "rules ") + names.joined(separator: ", ")
  }

  /// What followed from a later change: by which change it began, the rules that fired, and notes.
  static func later(_ decision: Decision) -> FactSheet {
    var sheet = FactSheet()
    sheet.add("after change", "\(decision.chain), step \(decision.depth)")
    sheet.add("queue", decision.queue)
    add(decision.fired, to: &sheet)
    for note in decision.notes { sheet.add("note", note) }
    return sheet
  }

  private static func add(_ fired: [FiredRule], to sheet: inout FactSheet) {
    for rule in fired {
      let actions = rule.actions.isEmpty ? "" : ": \(rule.actions.joined(separator: "; "))"
      sheet.add("\(rule.phase)", "rule `\(rule.rule)`, line \(rule.line)\(actions)")
    }
  }

  /// The grounds in full, a name and a value a line.
  static func sheet(_ decision: Decision) -> FactSheet {
    var sheet = FactSheet()
    sheet.add("queue", decision.queue)
    sheet.add("by", by(decision))
    sheet.add("because", decision.because)
    for word in decision.matched { sheet.add("matched", place(of: word)) }
    if decision.by == "keywords" {
      sheet.add("score", "\(decision.score)")
      sheet.add("runner-up", decision.runnerUp.isEmpty ? "none" : "\(decision.runnerUp) with \(decision.runnerUpScore)")
      sheet.add(
        "ahead by", "\(Int(decision.score) - Int(decision.runnerUpScore)), at least \(decision.margin) asked for")
    }
    add(decision.fired, to: &sheet)
    for note in decision.notes { sheet.add("note", note) }
    if decision.cost > 0 { sheet.add("cost", "\(decision.cost)") }
    sheet.add(
      "rules", "\(decision.ruleSet) version \(decision.ruleSetVersion), \(HexText.of(decision.ruleSetHash.prefix(6)))")
    sheet.add("phase", decision.phase)
    return sheet
  }

  /// As people count: the first word is word 1.
  static func place(of word: MatchedWord) -> String {
    let place = "`\(word.pattern)` in \(word.field)"
    let whole = word.hasPosition ? "\(place), word \(UInt64(word.position) + 1)" : place
    return word.points > 0 ? "\(whole): \(word.points)" : whole
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
