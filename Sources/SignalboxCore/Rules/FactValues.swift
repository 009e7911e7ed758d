/// The facts of one ticket in the form that conditions are run on: whole values as numbers, texts folded,
/// words found. Only what the rule set's conditions use is computed.
///
/// Can be loaded with one ticket after another; it keeps its memory, so that after a few tickets none is asked for.
struct FactValues {
  /// The number of a field that is not there. A value that no condition names is `WordTable.absent`.
  static let absent: Int32 = -2

  private var values = [Int32](repeating: absent, count: Field.numbers)
  private var texts = [FoldedText](repeating: .empty, count: Field.numbers)
  /// The numbers of the tags that some condition names.
  private(set) var tags: [Int32] = []
  private(set) var hits = WordHits()
  /// For the comparisons that need no table.
  private(set) var facts = RoutingFacts(subject: "", body: "", channel: "")
  /// Values of `ConditionProgram.customFields`; nil where the ticket has none.
  private(set) var customs: [CustomFact?] = []
  /// The numbers of those values that some condition names, in whichever field.
  private(set) var customNumbers: [Int32] = []
  /// Bytes of all texts that were folded.
  private(set) var byteCount = 0

  init() {}

  init(_ facts: RoutingFacts, _ program: ConditionProgram, _ uses: [Compiler.FieldUse]) {
    load(facts, program, uses)
  }

  /// Forgets the ticket before.
  mutating func load(_ facts: RoutingFacts, _ program: ConditionProgram, _ uses: [Compiler.FieldUse]) {
    hits.removeAll()
    tags.removeAll(keepingCapacity: true)
    byteCount = 0
    self.facts = facts
    loadCustoms(uses[Int(Field.custom.rawValue)], program)
    for index in uses.indices {
      values[index] = Self.absent
      guard !uses[index].isEmpty, let field = Field(rawValue: UInt8(truncatingIfNeeded: index)) else {
        texts[index].clear()
        continue
      }
      load(field, uses[index], facts, program)
      byteCount &+= texts[index].bytes.count
    }
  }

  private mutating func load(
    _ field: Field, _ use: Compiler.FieldUse, _ facts: RoutingFacts, _ program: ConditionProgram
  ) {
    let index = Int(field.rawValue)
    if field == .tag {
      for tag in facts.tags {
        texts[index].fold(tag)
        byteCount &+= texts[index].bytes.count
        let number = program.values.find(texts[index].bytes)
        if number >= 0 { tags.append(number) }
      }
      // There is no one text of all of them.
      return texts[index].clear()
    }
    guard let value = facts.value(of: field) else { return texts[index].clear() }
    texts[index].fold(value)
    if use.contains(.value) { values[index] = program.values.find(texts[index].bytes) }
    if use.contains(.words) { program.words.scan(texts[index], field: field, into: &hits) }
  }

  private mutating func loadCustoms(_ use: Compiler.FieldUse, _ program: ConditionProgram) {
    customs.removeAll(keepingCapacity: true)
    customNumbers.removeAll(keepingCapacity: true)
    for name in program.customFields {
      guard let text = facts.custom(name) else {
        customs.append(nil)
        continue
      }
      var custom = CustomFact(value: CustomValue(text))
      byteCount &+= custom.value.text.bytes.count
      if use.contains(.value) { custom.number = program.values.find(custom.value.text.bytes) }
      if use.contains(.words) { program.words.scan(custom.value.text, field: .custom, into: &custom.hits) }
      if custom.number >= 0 { customNumbers.append(custom.number) }
      customs.append(custom)
    }
  }

  func value(of field: Field) -> Int32 { values[Int(field.rawValue)] }

  /// Empty for an absent field, and for one that no condition looks at.
  func text(of field: Field) -> FoldedText { texts[Int(field.rawValue)] }

  /// Folded bytes of the field; for `text` of subject and body.
  func byteCount(of field: Field) -> Int {
    field == .text
      ? byteCount(of: .subject) + byteCount(of: .body) : texts[Int(field.rawValue)].bytes.count
  }
}

/// The value of one custom field, prepared once for all comparisons of it.
struct CustomFact: Sendable {
  let value: CustomValue
  /// In `ConditionProgram.values`.
  var number = WordTable.absent
  /// Words and phrases in it.
  var hits = WordHits.empty
}
