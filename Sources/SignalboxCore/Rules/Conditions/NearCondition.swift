/// `FIELD near/N ["a", "b c"]` or `… list "name"`: all of the words and phrases stand within N words of the field, in
/// any order. For `text` all in the subject or all in the body.
package struct NearCondition: Atom {
  static var comparison: Comparison { .near }
  static var reference: RuleReference.Entry {
    .init("near/N […]", "all of these stand within N words, in any order", "text near/8 [\"cannot\", \"log in\"]")
  }

  package var field: Field
  package var window: Int
  package var words: ValueList
  package var span: SourceSpan

  static func parse(_ field: Field, from start: Token, _ parser: inout Parser) throws(ParseFailure) -> NearCondition {
    try parser.expect(symbol: "/", "after `near` (`near/8 [\"a\", \"b\"]`)")
    let window = try parser.expectInteger("the number of words", "after `near/`", limit: RuleLimits.nearWindow)
    let words = try parser.parseValueList(field, comparison)
    return NearCondition(field: field, window: window, words: words, span: parser.span(from: start))
  }

  func check(_ checker: inout Checker) {
    guard checker.checkFits(self) else { return }
    guard (1...RuleLimits.nearWindow).contains(window) else {
      return checker.report(span, "the window of `near` is from 1 to \(RuleLimits.nearWindow) words")
    }
    checker.checkWords(words, of: self)
    let patterns = checker.lists.literals(of: words)
    if patterns.count > RuleLimits.nearPatterns {
      checker.report(
        span, "`near` takes at most \(RuleLimits.nearPatterns) words or phrases, found \(patterns.count)")
    }
    if patterns.count <= RuleLimits.nearPatterns,
      let long = patterns.first(where: { WordAutomaton.wordCount($0.value) > window })
    {
      checker.report(span, "`\(long.value)` never stands within \(window) words; make the window larger")
    }
  }

  func print(_ printer: inout Printer) {
    printer.write("/\(window) ")
    printer.write(words, of: field)
  }

  func operand(_ compiler: inout Compiler) -> Int32 {
    let test = PlainTest.near(NearWords(compiler.literals(words).map(\.value), window: window))
    guard field.wordBits != 0 else { return compiler.plain(test, reading: field) }
    return compiler.plain(test, reading: field, path: .allPatterns(of: compiler.patternSet(words, of: field)))
  }

  static func holds(_ field: Field, _ operand: Int32, _ program: ConditionProgram, _ facts: FactValues) -> Bool {
    program.plainTests[Int(operand)].holds(field, program, facts)
  }
}
