extension Checker {
  mutating func checkName(_ name: Literal, _ what: String) {
    if name.value.isEmpty { report(name.span, "the name of the \(what) is empty") }
    if name.value.utf8.count > RuleLimits.nameBytes {
      report(
        name.span, "the name of the \(what) has \(name.value.utf8.count) bytes; the limit is \(RuleLimits.nameBytes)")
    }
  }

  mutating func checkLength(_ value: Literal) {
    if value.value.utf8.count > RuleLimits.patternBytes {
      report(value.span, "the value has \(value.value.utf8.count) bytes; the limit is \(RuleLimits.patternBytes)")
    }
  }

  mutating func checkQueue(_ name: Literal) {
    switch context.queues[name.value] {
    case .active: break
    case .retired:
      let instead = context.queues.redirect(of: name.value).map { "`\($0)`, where it leads" } ?? "an active queue"
      report(name.span, "queue `\(name.value)` is retired; name \(instead)")
    case nil:
      report(
        name.span, "unknown queue `\(name.value)`",
        suggestion: Suggestion.nearest(to: name.value, in: context.queues.activeNames))
    }
  }

  /// The value of a comparison of the whole field.
  mutating func checkValue(_ value: Literal, of atom: some Atom) {
    checkLength(value)
    switch atom.field.kind {
    case .joinedText:
      report(
        atom.span, "`text` is two texts, subject and body; compare one of these, or use `contains` or `any word of`")
    case .text where atom.field == .category: checkCategory(value)
    case .text, .name, .set, .custom: break
    case .label, .choice, .integer, .duration, .time, .date:
      if checkFits(atom) { checkForm(value, of: atom.field) }
    }
  }

  mutating func checkCategory(_ value: Literal) {
    guard let categories, !categories.contains(FoldedText(value.value).bytes) else { return }
    report(
      value.span, "unknown category `\(value.value)`",
      suggestion: Suggestion.nearest(to: value.value, in: context.categories ?? []))
  }

  /// The words of `any word of` and `all words of`.
  mutating func checkWords(_ words: ValueList, of atom: some Atom) {
    guard checkFits(atom) else { return }
    for word in elements(of: words, for: atom) {
      checkLength(word)
      let count = WordAutomaton.wordCount(word.value)
      if count == 0 {
        report(word.span, "`\(word.value)` has no letters or digits; words cannot match it, use `contains`")
      }
      if count > RuleLimits.phraseWords {
        report(word.span, "the phrase has \(count) words; the limit is \(RuleLimits.phraseWords), so use `contains`")
      }
    }
  }

  /// Empty, and reported, if there is no such list or nothing in it. Also empty for a list that has been
  /// checked for the same use, so that each of its errors is reported, and paid for, once.
  mutating func elements(of values: ValueList, for atom: some Atom) -> [Literal] {
    switch values {
    case .inline(let literals, let span):
      if literals.isEmpty { report(span, "the list is empty, so the condition is never true; add a value") }
      return literals
    case .list(let name):
      guard let list = lists[name.value] else {
        report(
          name.span, "unknown list `\(name.value)`",
          suggestion: Suggestion.nearest(to: name.value, in: lists.names))
        return []
      }
      let use =
        switch type(of: atom).comparison {
        case .anyWordOf, .allWordsOf, .near: ListUse(list: name.value, field: nil)
        default: ListUse(list: name.value, field: atom.field)
        }
      return checkedLists.insert(use).inserted ? list : []
    }
  }
}
