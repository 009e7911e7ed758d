/// `FIELD starts with "x"`: the folded value begins with this, which never ends inside a letter with its marks.
package struct StartsWithCondition: Atom {
  static var comparison: Comparison { .startsWith }
  static var reference: RuleReference.Entry {
    .init("starts with \"x\"", "the value begins with this, inside words too", "category starts with \"Operations:\"")
  }

  package var field: Field
  package var value: Literal
  package var span: SourceSpan

  static func parse(_ field: Field, from start: Token, _ parser: inout Parser) throws(ParseFailure)
    -> StartsWithCondition
  {
    let value = try parser.parseValue(field, "after `starts with`")
    return StartsWithCondition(field: field, value: value, span: parser.span(from: start))
  }

  func check(_ checker: inout Checker) { checker.checkPart(value, of: self) }

  func print(_ printer: inout Printer) { printer.write(value, of: field) }

  func operand(_ compiler: inout Compiler) -> Int32 {
    compiler.plain(.startsWith(FoldedText(value.value).bytes), reading: field)
  }

  static func holds(_ field: Field, _ operand: Int32, _ program: ConditionProgram, _ facts: FactValues) -> Bool {
    program.plainTests[Int(operand)].holds(field, facts)
  }
}
