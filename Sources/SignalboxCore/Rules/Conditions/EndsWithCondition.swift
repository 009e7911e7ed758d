/// `FIELD ends with "x"`: the folded value ends with this.
package struct EndsWithCondition: Atom {
  static var comparison: Comparison { .endsWith }
  static var reference: RuleReference.Entry {
    .init("ends with \"x\"", "the value ends with this, inside words too", "requester-domain ends with \".edu\"")
  }

  package var field: Field
  package var value: Literal
  package var span: SourceSpan

  static func parse(_ field: Field, from start: Token, _ parser: inout Parser) throws(ParseFailure)
    -> EndsWithCondition
  {
    let value = try parser.parseValue(field, "after `ends with`")
    return EndsWithCondition(field: field, value: value, span: parser.span(from: start))
  }

  func check(_ checker: inout Checker) { checker.checkPart(value, of: self) }

  func print(_ printer: inout Printer) { printer.write(value, of: field) }

  func operand(_ compiler: inout Compiler) -> Int32 {
    compiler.plain(.endsWith(FoldedText(value.value).bytes), reading: field)
  }

  static func holds(_ field: Field, _ operand: Int32, _ program: ConditionProgram, _ facts: FactValues) -> Bool {
    program.plainTests[Int(operand)].holds(field, program, facts)
  }
}
