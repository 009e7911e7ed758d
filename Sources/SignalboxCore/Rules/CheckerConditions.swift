extension Checker {
  /// False, and reported, if the comparison has no meaning for the field.
  mutating func checkFits(_ atom: some Atom) -> Bool {
    let (field, comparison) = (atom.field, type(of: atom).comparison)
    guard !field.allows(comparison) else { return true }
    let fitting = Parser.either(Comparison.allCases.filter(field.allows).map { "\($0.title)" })
    switch comparison {
    case .isAbsent:
      report(atom.span, "`\(field.name)` is never absent; compare it with \(fitting)")
    case .contains, .anyWordOf, .allWordsOf, .startsWith, .endsWith, .near:
      report(atom.span, "`\(comparison.title)` searches texts; compare `\(field.name)` with \(fitting)")
    default:
      report(atom.span, "`\(comparison.title)` does not fit `\(field.name)`; compare it with \(fitting)")
    }
    return false
  }

  /// The value of `starts with` and `ends with`.
  mutating func checkPart(_ value: Literal, of atom: some Atom) {
    guard checkFits(atom) else { return }
    checkLength(value)
    if FoldedText(value.value).bytes.isEmpty {
      report(
        value.span,
        "`\(type(of: atom).comparison.title)` takes a text with at least one visible character")
    }
  }

  /// The value of `<`, `<=`, `>` and `>=`.
  mutating func checkOrdered(_ value: Literal, of atom: some Atom) {
    guard checkFits(atom) else { return }
    if atom.field == .custom {
      guard DecimalNumber(value.value) == nil else { return }
      report(
        value.span,
        "`\(value.value)` is no number, so the condition is never true; `\(type(of: atom).comparison.title)` compares numbers"
      )
    } else {
      checkForm(value, of: atom.field)
    }
  }

  /// Of a value that stands for the whole field.
  mutating func checkForm(_ value: Literal, of field: Field) {
    switch field.kind {
    case .choice:
      guard !field.choices.contains(value.value.lowercased()) else { return }
      let title = field == .status ? "status" : field.name
      report(
        value.span, "unknown \(title) `\(value.value)`; there are " + Parser.either(field.choices, "and"),
        suggestion: Suggestion.nearest(to: value.value, in: field.choices))
    case .time:
      if LocalTime.minutes(value.value) == nil {
        report(value.span, "`\(value.value)` is no time of day; write hours and minutes, as in `\"08:30\"`")
      }
    case .date:
      if LocalTime.day(value.value) == nil {
        report(value.span, "`\(value.value)` is no date; write year, month and day, as in `\"2026-03-01\"`")
      }
    case .integer:
      if !RuleText.isInteger(value.value) { report(value.span, "`\(value.value)` is no whole number") }
    case .duration:
      if RuleDuration(value.value) == nil { report(value.span, "`\(value.value)` is no duration such as `4h`") }
    case .label:
      switch field {
      case .type: checkKnown(value, "ticket type", among: context.types)
      case .queue, .previousQueue: checkQueueName(value)
      case .assignee: checkKnown(value, "person", among: context.people)
      default: break
      }
    case .text, .joinedText, .name, .set, .custom: break
    }
  }

  /// Of a name that must be one of these exactly; nil if it is not to be checked.
  mutating func checkKnown(_ name: Literal, _ what: String, among names: Set<String>?) {
    // Looking for what was meant is dear, and for nothing where nobody is told.
    guard let names, !names.contains(name.value), diagnostics.count < RuleLimits.diagnostics else { return }
    report(
      name.span, "unknown \(what) `\(name.value)`", suggestion: Suggestion.nearest(to: name.value, in: names.sorted()))
  }

  /// A queue that a ticket may be or have been in: retired ones too.
  mutating func checkQueueName(_ name: Literal) {
    guard context.queues[name.value] == nil else { return }
    report(
      name.span, "unknown queue `\(name.value)`",
      suggestion: Suggestion.nearest(to: name.value, in: context.queues.activeNames))
  }

  mutating func checkCustomField(_ name: Literal) {
    checkName(name, "custom field")
    checkKnown(name, "custom field", among: context.fields)
  }
}
