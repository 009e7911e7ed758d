/// `FIELD all words of ["a", "b c"]` or `… list "name"`: each of the words or phrases stands in the field,
/// in any order. For `text` some may stand in the subject and the others in the body.
package struct AllWordsOfCondition: Atom {
  static var comparison: Comparison { .allWordsOf }
  static var reference: RuleReference.Entry {
    .init(
      "all words of […]", "each of them does, in any order; for `text` some in the subject and others in the body",
      "text all words of [\"gpu\", \"driver\"]")
  }

  package var field: Field
  package var words: ValueList
  package var span: SourceSpan

  static func parse(_ field: Field, from start: Token, _ parser: inout Parser) throws(ParseFailure)
    -> AllWordsOfCondition
  {
    let words = try parser.parseValueList(field, comparison)
    return AllWordsOfCondition(field: field, words: words, span: parser.span(from: start))
  }

  func check(_ checker: inout Checker) { checker.checkWords(words, of: self) }

  func print(_ printer: inout Printer) { printer.write(words, of: field) }

  func operand(_ compiler: inout Compiler) -> Int32 { compiler.patternSet(words, of: field) }

  static func holds(_ field: Field, _ operand: Int32, _ program: ConditionProgram, _ facts: FactValues) -> Bool {
    facts.hits.containsAll(of: program.patternSets[operand], in: field)
  }

  static func access(_ operand: Int32) -> AccessPath? { .allPatterns(of: operand) }
}
