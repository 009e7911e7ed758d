/// `FIELD == "x"`: the whole value is this one, folded. For `tag`: the ticket has this tag.
package struct EqualsCondition: Atom {
  static var comparison: Comparison { .equals }
  static var reference: RuleReference.Entry {
    .init("== value", "the whole value is this one; `tag`: the ticket has it", "channel == email")
  }

  package var field: Field
  package var value: Literal
  package var span: SourceSpan

  static func parse(_ field: Field, from start: Token, _ parser: inout Parser) throws(ParseFailure) -> EqualsCondition {
    let value = try parser.parseValue(field, "after `==`")
    return EqualsCondition(field: field, value: value, span: parser.span(from: start))
  }

  func check(_ checker: inout Checker) { checker.checkValue(value, of: self) }

  func print(_ printer: inout Printer) { printer.write(value, of: field) }

  func operand(_ compiler: inout Compiler) -> Int32 { compiler.value(value, of: field) }

  static func holds(_ field: Field, _ operand: Int32, _ program: ConditionProgram, _ facts: FactValues) -> Bool {
    field == .tag ? facts.tags.contains(operand) : facts.value(of: field) == operand
  }

  static func access(_ operand: Int32) -> AccessPath? { .value(operand) }
}
