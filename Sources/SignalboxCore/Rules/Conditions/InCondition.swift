/// `FIELD in ["a", "b"]` or `FIELD in list "name"`: the value is one of these, folded. For `tag`: the
/// ticket has at least one of them.
package struct InCondition: Atom {
  static var comparison: Comparison { .isIn }
  static var reference: RuleReference.Entry {
    .init(
      "in […]", "the whole value is one of these; `tag`: the ticket has one of them",
      "organization in [\"NCSA\", \"TACC\"]")
  }

  package var field: Field
  package var values: ValueList
  package var span: SourceSpan

  static func parse(_ field: Field, from start: Token, _ parser: inout Parser) throws(ParseFailure) -> InCondition {
    let values = try parser.parseValueList(field, comparison)
    return InCondition(field: field, values: values, span: parser.span(from: start))
  }

  func check(_ checker: inout Checker) {
    for value in checker.elements(of: values, for: self) { checker.checkValue(value, of: self) }
  }

  func print(_ printer: inout Printer) { printer.write(values, of: field) }

  func operand(_ compiler: inout Compiler) -> Int32 { compiler.valueSet(values, of: field) }

  static func holds(_ field: Field, _ operand: Int32, _ program: ConditionProgram, _ facts: FactValues) -> Bool {
    let set = program.valueSets[operand]
    return field == .tag ? facts.tags.contains { set.containsSorted($0) } : set.containsSorted(facts.value(of: field))
  }

  static func access(_ operand: Int32) -> AccessPath? { .anyValue(of: operand) }
}
