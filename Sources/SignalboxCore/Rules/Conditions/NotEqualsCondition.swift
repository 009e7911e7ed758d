/// `FIELD != "x"`: the field is there and its value is another one. For `tag`: the ticket has not this tag;
/// a ticket without tags has none, so it is true of that.
package struct NotEqualsCondition: Atom {
  static var comparison: Comparison { .notEquals }
  static var reference: RuleReference.Entry {
    .init("!= value", "there is a value and it is another; `tag`: the ticket does not have it", "tag != \"spam\"")
  }

  package var field: Field
  package var value: Literal
  package var span: SourceSpan

  static func parse(_ field: Field, from start: Token, _ parser: inout Parser) throws(ParseFailure)
    -> NotEqualsCondition
  {
    let value = try parser.parseValue(field, "after `!=`")
    return NotEqualsCondition(field: field, value: value, span: parser.span(from: start))
  }

  func check(_ checker: inout Checker) { checker.checkValue(value, of: self) }

  func print(_ printer: inout Printer) { printer.write(value, of: field) }

  func operand(_ compiler: inout Compiler) -> Int32 { compiler.value(value, of: field) }

  static func holds(_ field: Field, _ operand: Int32, _ program: ConditionProgram, _ facts: FactValues) -> Bool {
    guard field != .tag else { return !facts.tags.contains(operand) }
    let value = facts.value(of: field)
    return value != operand && value != FactValues.absent
  }
}
