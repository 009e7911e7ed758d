/// `FIELD any word of ["a", "b c"]` or `… list "name"`: at least one of the words or phrases stands in the
/// field. The words of a phrase follow each other; what separates them does not matter.
package struct AnyWordOfCondition: Atom {
  static var comparison: Comparison { .anyWordOf }
  static var reference: RuleReference.Entry {
    .init(
      "any word of […]", "one of these words or phrases stands in the field",
      "text any word of [\"outage\", \"log in\"]")
  }

  package var field: Field
  package var words: ValueList
  package var span: SourceSpan

  static func parse(_ field: Field, from start: Token, _ parser: inout Parser) throws(ParseFailure)
    -> AnyWordOfCondition
  {
    let words = try parser.parseValueList(field, comparison)
    return AnyWordOfCondition(field: field, words: words, span: parser.span(from: start))
  }

  func check(_ checker: inout Checker) { checker.checkWords(words, of: self) }

  func print(_ printer: inout Printer) { printer.write(words, of: field) }

  func operand(_ compiler: inout Compiler) -> Int32 { compiler.patternSet(words, of: field) }

  static func holds(_ field: Field, _ operand: Int32, _ program: ConditionProgram, _ facts: FactValues) -> Bool {
    facts.hits.containsAny(of: program.patternSets[operand], in: field)
  }

  static func access(_ operand: Int32) -> AccessPath? { .anyPattern(of: operand) }
}
