/// The way from the text of a rule file to something that runs.
package enum RuleSetSource {
  /// Reads the text; throws what is wrong with its form. Says nothing of names and types, see `check`.
  package static func parse(_ text: String) throws(Diagnostics) -> RuleSet {
    guard text.utf8.count <= RuleLimits.sourceBytes else {
      throw Diagnostics([
        Diagnostic(
          .start,
          "the file has \(text.utf8.count) bytes; the limit is \(RuleLimits.sourceBytes), so split it or use lists")
      ])
    }
    var parser = Parser(text)
    let ruleSet = parser.parseRuleSet()
    guard parser.diagnostics.isEmpty else { throw Diagnostics(parser.diagnostics) }
    return ruleSet
  }

  /// Checks a tree, from a text or made otherwise, against the tenant it is for.
  package static func check(_ ruleSet: RuleSet, against context: RuleSetContext) throws(Diagnostics) -> CheckedRuleSet {
    try Checker.check(ruleSet, against: context)
  }

  /// The canonical text, which reads as the same tree.
  package static func format(_ text: String) throws(Diagnostics) -> String {
    Printer.text(of: try parse(text))
  }

  /// Parse, check and compile.
  package static func compile(
    _ text: String, for context: RuleSetContext, keywords: [QueueKeywords], hash: [UInt8]
  ) throws(Diagnostics) -> CompiledRuleSet {
    CompiledRuleSet(try check(try parse(text), against: context), keywords: keywords, hash: hash)
  }
}
