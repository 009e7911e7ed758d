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
    let start = FoldedText(value.value)
    return compiler.plain(.startsWith(start.bytes), reading: field, path: path(start, &compiler))
  }

  /// The words of the beginning, except one that it may have cut off.
  private func path(_ start: FoldedText, _ compiler: inout Compiler) -> AccessPath? {
    let whole = start.words.filter { Int($0.end) < start.bytes.count }
    guard field.wordBits != 0, !whole.isEmpty else { return nil }
    let words = whole.prefix(RuleLimits.phraseWords).map { word in
      Literal(String(decoding: start.bytes[Int(word.start)..<Int(word.end)], as: UTF8.self), value.span)
    }
    return .allPatterns(of: compiler.patternSet(.inline(words, value.span), of: field))
  }

  static func holds(_ field: Field, _ operand: Int32, _ program: ConditionProgram, _ facts: FactValues) -> Bool {
    program.plainTests[Int(operand)].holds(field, program, facts)
  }
}
