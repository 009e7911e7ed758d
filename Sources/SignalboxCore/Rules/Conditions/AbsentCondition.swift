/// `FIELD is absent`: the ticket has no value there. For `tag`: it has no tags at all.
package struct AbsentCondition: Atom {
  static var comparison: Comparison { .isAbsent }
  static var reference: RuleReference.Entry {
    .init("is absent", "there is no value; `tag`: the ticket has no tags", "organization is absent")
  }

  package var field: Field
  package var span: SourceSpan

  static func parse(_ field: Field, from start: Token, _ parser: inout Parser) throws(ParseFailure) -> AbsentCondition {
    AbsentCondition(field: field, span: parser.span(from: start))
  }

  func check(_ checker: inout Checker) { _ = checker.checkFits(self) }

  func print(_ printer: inout Printer) {}

  func operand(_ compiler: inout Compiler) -> Int32 { compiler.plain(.absent) }

  static func holds(_ field: Field, _ operand: Int32, _ program: ConditionProgram, _ facts: FactValues) -> Bool {
    program.plainTests[Int(operand)].holds(field, program, facts)
  }
}
