/// `FIELD >= value`: the value is this, or greater or later. False for an absent field, and for a custom field unless both are numbers.
package struct AtLeastCondition: Atom {
  static var comparison: Comparison { .atLeast }
  static var reference: RuleReference.Entry {
    .init(">= value", "the value is this, or greater or later", "priority >= high")
  }

  package var field: Field
  package var value: Literal
  package var span: SourceSpan

  static func parse(_ field: Field, from start: Token, _ parser: inout Parser) throws(ParseFailure) -> AtLeastCondition
  {
    let value = try parser.parseValue(field, "after `>=`")
    return AtLeastCondition(field: field, value: value, span: parser.span(from: start))
  }

  func check(_ checker: inout Checker) { checker.checkOrdered(value, of: self) }

  func print(_ printer: inout Printer) { printer.write(value, of: field) }

  func operand(_ compiler: inout Compiler) -> Int32 { compiler.ordered(.atLeast, value, of: field) }

  static func holds(_ field: Field, _ operand: Int32, _ program: ConditionProgram, _ facts: FactValues) -> Bool {
    program.plainTests[Int(operand)].holds(field, program, facts)
  }
}
