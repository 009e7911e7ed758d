/// `FIELD > value`: the value is greater or later than this. False for an absent field, and for a custom field unless both are numbers.
package struct GreaterCondition: Atom {
  static var comparison: Comparison { .greater }
  static var reference: RuleReference.Entry {
    .init("> value", "the value is greater or later than this", "handoffs > 3")
  }

  package var field: Field
  package var value: Literal
  package var span: SourceSpan

  static func parse(_ field: Field, from start: Token, _ parser: inout Parser) throws(ParseFailure) -> GreaterCondition
  {
    let value = try parser.parseValue(field, "after `>`")
    return GreaterCondition(field: field, value: value, span: parser.span(from: start))
  }

  func check(_ checker: inout Checker) { checker.checkOrdered(value, of: self) }

  func print(_ printer: inout Printer) { printer.write(value, of: field) }

  func operand(_ compiler: inout Compiler) -> Int32 { compiler.ordered(.greater, value, of: field) }

  static func holds(_ field: Field, _ operand: Int32, _ program: ConditionProgram, _ facts: FactValues) -> Bool {
    program.plainTests[Int(operand)].holds(field, program, facts)
  }
}
