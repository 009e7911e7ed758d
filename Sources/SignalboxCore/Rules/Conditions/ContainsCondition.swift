/// `FIELD contains "x"`: the folded text holds this one anywhere, inside words too, but never ends inside
/// a letter with its marks.
package struct ContainsCondition: Atom {
  static var comparison: Comparison { .contains }
  static var reference: RuleReference.Entry {
    .init("contains \"x\"", "the text has this anywhere, inside words too", "subject contains \"err-\"")
  }

  package var field: Field
  package var value: Literal
  package var span: SourceSpan

  static func parse(_ field: Field, from start: Token, _ parser: inout Parser) throws(ParseFailure) -> ContainsCondition
  {
    let value = try parser.parseValue(field, "after `contains`")
    return ContainsCondition(field: field, value: value, span: parser.span(from: start))
  }

  func check(_ checker: inout Checker) {
    guard checker.checkFits(self) else { return }
    checker.checkLength(value)
    if Needle(value.value) == nil {
      checker.report(value.span, "`contains` takes a text with at least one visible character")
    }
  }

  func print(_ printer: inout Printer) { printer.write(value, of: field) }

  func operand(_ compiler: inout Compiler) -> Int32 { compiler.needle(value, of: field) }

  static func holds(_ field: Field, _ operand: Int32, _ program: ConditionProgram, _ facts: FactValues) -> Bool {
    let needle = program.needles[Int(operand)]
    switch field {
    case .text: return needle.find(in: facts.text(of: .subject)) != nil || needle.find(in: facts.text(of: .body)) != nil
    default: return needle.find(in: facts.text(of: field)) != nil
    }
  }
}
