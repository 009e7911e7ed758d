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
    let path = path(&compiler)
    return compiler.plain(.custom(compiler.customField(name.value), test(compiler)), path: path)
  }

  private func path(_ compiler: inout Compiler) -> AccessPath? {
    switch inner {
    case .equals(let atom): .value(compiler.value(atom.value, of: .custom))
    case .isIn(let atom): .anyValue(of: compiler.valueSet(atom.values, of: .custom))
    default: nil
    }
  }

  static func holds(_ field: Field, _ operand: Int32, _ program: ConditionProgram, _ facts: FactValues) -> Bool {
    program.plainTests[Int(operand)].holds(field, facts)
  }

  private func test(_ compiler: Compiler) -> CustomTest {
    func folded(_ literal: Literal) -> [UInt8] { FoldedText(literal.value).bytes }
    func phrases(_ words: ValueList) -> [NearWords] {
      compiler.literals(words).map { NearWords(phrase: $0.value) }
    }
    return switch inner {
    case .equals(let atom): .equals(folded(atom.value))
    case .notEquals(let atom): .notEquals(folded(atom.value))
    case .isIn(let atom): .isIn(compiler.literals(atom.values).map(folded))
    case .contains(let atom): Needle(atom.value.value).map { .contains($0) } ?? .isIn([])
    case .anyWordOf(let atom): .anyWordOf(phrases(atom.words))
    case .allWordsOf(let atom): .allWordsOf(phrases(atom.words))
    case .startsWith(let atom): .startsWith(folded(atom.value))
    case .endsWith(let atom): .endsWith(folded(atom.value))
    case .near(let atom): .near(NearWords(compiler.literals(atom.words).map(\.value), window: atom.window))
    case .less(let atom): .ordered(.less, DecimalNumber(atom.value.value))
    case .atMost(let atom): .ordered(.atMost, DecimalNumber(atom.value.value))
    case .greater(let atom): .ordered(.greater, DecimalNumber(atom.value.value))
    case .atLeast(let atom): .ordered(.atLeast, DecimalNumber(atom.value.value))
    case .isAbsent: .absent
    // Not a comparison of a field; neither the parser nor the checker lets it pass.
    case .custom, .and, .or, .not: .isIn([])
    }
  }
}
