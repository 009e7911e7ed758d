/// `field "NAME"` and any comparison: that of a field which the ticket's type brings along. All values are texts;
/// `<`, `<=`, `>` and `>=` are false unless both sides are numbers.
package struct CustomFieldCondition: Atom {
  static var comparison: Comparison { .custom }
  static var reference: RuleReference.Entry {
    .init("field \"NAME\" …", "any of the others, of a field of the ticket's type", "field \"cores\" > 128")
  }

  package var name: Literal
  /// One comparison of the field `.custom`.
  package var inner: Condition
  package var span: SourceSpan

  package var field: Field { .custom }

  /// After `field "NAME"`; `Parser` reads the name and the comparison.
  static func parse(_ field: Field, from start: Token, _ parser: inout Parser) throws(ParseFailure)
    -> CustomFieldCondition
  {
    let name = try parser.expectString("the name of a custom field", "after `field`")
    let inner = try parser.parseComparison(of: field, from: start)
    return CustomFieldCondition(name: name, inner: inner, span: parser.span(from: start))
  }

  func check(_ checker: inout Checker) {
    checker.checkCustomField(name)
    inner.atom?.check(&checker)
  }

  func print(_ printer: inout Printer) {
    guard let atom = inner.atom else { return }
    let comparison = type(of: atom).comparison
    printer.write("\(RuleText.quoted(name.value)) \(comparison.words)\(comparison.gap)")
    atom.print(&printer)
  }

  func operand(_ compiler: inout Compiler) -> Int32 {
    let (test, path) = test(&compiler)
    return compiler.plain(.custom(compiler.customField(name.value), test), path: path)
  }

  private func test(_ compiler: inout Compiler) -> (CustomTest, AccessPath?) {
    switch inner {
    case .equals(let atom):
      let value = compiler.value(atom.value, of: .custom)
      return (.equals(value), .value(value))
    case .notEquals(let atom): return (.notEquals(compiler.value(atom.value, of: .custom)), nil)
    case .isIn(let atom):
      let set = compiler.valueSet(atom.values, of: .custom)
      return (.isIn(set), .anyValue(of: set))
    case .anyWordOf(let atom): return (.anyWordOf(compiler.patternSet(atom.words, of: .custom)), nil)
    case .allWordsOf(let atom): return (.allWordsOf(compiler.patternSet(atom.words, of: .custom)), nil)
    case .isAbsent: return (.absent, nil)
    default: return (.part(PartTest(inner, compiler.literals) ?? .never), nil)
    }
  }

  static func holds(_ field: Field, _ operand: Int32, _ program: ConditionProgram, _ facts: FactValues) -> Bool {
    program.plainTests[Int(operand)].holds(field, program, facts)
  }
}
