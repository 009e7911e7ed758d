import SignalboxClient

enum RulesFormat {
  static func one(_ rules: RuleSet) -> Shown {
    .one(rules, id: HexText.of(rules.hash)) { style in
      var sheet = FactSheet()
      sheet.add("rules", rules.name)
      sheet.add("version", "\(rules.version)")
      sheet.add("hash", HexText.of(rules.hash))
      if rules.keptAtMs > 0 {
        sheet.add("kept since", "\(Instant.text(milliseconds: rules.keptAtMs)) by \(rules.keptBy)")
      }
      if rules.activatedAtMs > 0 {
        sheet.add(rules.active ? "active since" : "last activated", Instant.text(milliseconds: rules.activatedAtMs))
        sheet.add("activated by", rules.activatedBy)
        if !rules.reason.isEmpty { sheet.add("reason", rules.reason) }
      }
      return sheet.rendered(style)
    }
  }

  /// What was done to a rule set.
  static func sentence(_ verb: String, _ rules: RuleSet) -> String {
    "\(verb) rules `\(rules.name)` version \(rules.version), \(short(rules.hash))"
  }

  static func many(_ sets: [RuleSet]) -> Shown {
    .many(sets) {
      HexText.of($0.hash)
    } text: { style in
      var table = Table("HASH", "NAME", "VERSION", "STATE", "KEPT", "BY")
      for set in sets {
        let state = set.active ? "active" : set.activatedAtMs > 0 ? "was active" : "staged"
        table.add(
          short(set.hash), set.name, "\(set.version)", state, Instant.text(milliseconds: set.keptAtMs), set.keptBy)
      }
      return table.rendered(style)
    }
  }

  static func activations(_ activations: [RuleActivation]) -> Shown {
    .many(activations) {
      HexText.of($0.hash)
    } text: { style in
      var table = Table("SINCE", "HASH", "INSTEAD OF", "NAME", "VERSION", "BY", "REASON")
      for entry in activations {
        table.add(
          Instant.text(milliseconds: entry.activatedAtMs), short(entry.hash), short(entry.previousHash), entry.name,
          "\(entry.version)", entry.activatedBy, entry.reason)
      }
      return table.rendered(style)
    }
  }

  /// Enough of a hash to name one, as commands take it.
  static func short(_ hash: some Sequence<UInt8>) -> String { HexText.of(hash.prefix(6)) }

  /// - Parameter tests: What came of those in the file; none where it has errors.
  static func check(_ response: CheckRulesResponse, tests: [RuleTestResult], file: String) -> Shown {
    .one(response, id: "") { style in
      let findings = response.findings.filter { $0.severity != .hint }
      var text = response.diagnostics.isEmpty ? "" : diagnostics(response.diagnostics, file: file, style)
      text += response.findings.map { one($0, file: file, style) }.joined()
      if !findings.isEmpty { text += "\(Count.of(findings.count, "finding"))\n" }
      if findings.isEmpty, response.diagnostics.isEmpty, tests.allSatisfy(\.passed) {
        let passed = tests.isEmpty ? "" : " and \(Count.of(tests.count, "test"))"
        let rules = Count.of(response.ruleCount, "rule")
        text += style.good("\(SafeText.line(file)): \(rules)\(passed), nothing wrong") + "\n"
      }
      return text
    }
  }

  /// With the ticket that shows it below.
  private static func one(_ finding: RuleFinding, file: String, _ style: TextStyle) -> String {
    let place = style.bold("\(SafeText.line(file)):\(finding.line)")
    let severity = finding.severity == .hint ? style.dim("hint") : style.bad("finding")
    var text = "\(place): \(severity): \(SafeText.line(finding.message))\n"
    guard finding.severity != .hint else { return text }
    text += "    " + style.dim(finding.witness.isEmpty ? "with an ordinary new ticket" : "with this ticket:") + "\n"
    let width = finding.witness.map { SafeText.line($0.name).displayWidth }.max() ?? 0
    for field in finding.witness {
      let name = SafeText.line(field.name)
      let gap = String(repeating: " ", count: width - name.displayWidth + 2)
      text += "      \(name)\(gap)\(SafeText.line(field.value))\n"
    }
    return text
  }

  /// Each with its place, the line of the source and the marked part underlined.
  static func diagnostics(_ diagnostics: [RuleDiagnostic], file: String, _ style: TextStyle) -> String {
    diagnostics.map { one($0, file: file, style) }.joined()
      + "\(Count.of(diagnostics.count, "problem"))\n"
  }

  private static func one(_ diagnostic: RuleDiagnostic, file: String, _ style: TextStyle) -> String {
    let place = "\(SafeText.line(file)):\(diagnostic.line):\(diagnostic.column)"
    let heading = "\(style.bold(place)): \(style.bad("error")): \(SafeText.line(diagnostic.message))\n"
    guard !diagnostic.sourceLine.isEmpty else { return heading }
    // Escaped characters are wider than they were, so the mark is measured on what is shown.
    let before = diagnostic.sourceLine.prefix(Int(max(diagnostic.column, 1)) - 1)
    let marked = diagnostic.sourceLine.dropFirst(before.count).prefix(Int(max(diagnostic.length, 1)))
    let gutter = "\(diagnostic.line) | "
    let indent = String(repeating: " ", count: gutter.count + shown(String(before)).displayWidth)
    let mark = "^" + String(repeating: "~", count: max(0, shown(String(marked)).displayWidth - 1))
    return heading + "\(style.dim(gutter))\(shown(diagnostic.sourceLine))\n\(indent)\(style.bad(mark))\n"
  }

  private static func shown(_ source: String) -> String {
    SafeText.line(String(source.map { $0 == "\t" ? " " : $0 }))
  }
}
