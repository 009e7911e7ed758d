/// The facts of one ticket in the form that conditions are run on: whole values as numbers, texts folded,
/// words found. Only what the rule set's conditions use is computed.
struct FactValues {
  /// The number of a field that is not there. A value that no condition names is `WordTable.absent`.
  static let absent: Int32 = -2

  private var values = [Int32](repeating: absent, count: Field.numbers)
  private var texts = [FoldedText](repeating: .empty, count: Field.numbers)
  /// The numbers of the tags that some condition names.
  private(set) var tags: [Int32] = []
  private(set) var hits: WordHits
  /// For the comparisons that need no table.
  let facts: RoutingFacts
  /// Values of `ConditionProgram.customFields`; nil where the ticket has none.
  let customs: [CustomValue?]

  init(_ facts: RoutingFacts, _ program: ConditionProgram, _ uses: [Compiler.FieldUse]) {
    hits = WordHits(patternCount: program.words.patternCount)
    self.facts = facts
    customs = program.customFields.map { facts.custom($0).map { CustomValue($0) } }
    for field in Field.allCases {
      let use = uses[Int(field.rawValue)]
      guard !use.isEmpty else { continue }
      if field == .tag {
        tags = facts.tags.map { program.values.find(FoldedText($0).bytes) }.filter { $0 >= 0 }
        continue
      }
      guard let value = facts.value(of: field) else { continue }
      let text = FoldedText(value)
      if use.contains(.value) { values[Int(field.rawValue)] = program.values.find(text.bytes) }
      if use.contains(.words) { program.words.scan(text, field: field, into: &hits) }
      if use != .value { texts[Int(field.rawValue)] = text }
    }
  }

  func value(of field: Field) -> Int32 { values[Int(field.rawValue)] }

  /// Empty for an absent field, and for one that is never searched.
  func text(of field: Field) -> FoldedText { texts[Int(field.rawValue)] }
}
