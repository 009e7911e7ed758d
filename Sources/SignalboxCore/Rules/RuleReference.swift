/// The tables of Protocol/RULES.md that come from the files in `Conditions/` and `Actions/`.
package enum RuleReference {
  /// One comparison or action, in Markdown.
  struct Entry: Sendable {
    let form: String
    let says: String
    /// Compiles: a condition, or actions of one rule.
    let example: String
    /// Where an action may stand.
    let phases: [Phase.Kind]

    init(_ form: String, _ says: String, _ example: String, _ phases: Phase.Kind...) {
      self.form = form
      self.says = says
      self.example = example
      self.phases = phases
    }
  }

  static let conditions: [Entry] = [
    EqualsCondition.reference, NotEqualsCondition.reference, InCondition.reference, LessCondition.reference,
    AtMostCondition.reference, GreaterCondition.reference, AtLeastCondition.reference, ContainsCondition.reference,
    StartsWithCondition.reference, EndsWithCondition.reference, AnyWordOfCondition.reference,
    AllWordsOfCondition.reference, NearCondition.reference, AbsentCondition.reference, CustomFieldCondition.reference,
  ]

  static let actions: [Entry] = [
    SetAction.reference, AddTagAction.reference, RaisePriorityAction.reference, RespondWithinAction.reference,
    QueueAction.reference, AssignAction.reference, NotifyAction.reference, SetStatusAction.reference,
    AtMostAction.reference,
  ]

  /// Where in Protocol/RULES.md the tables begin and end.
  package static let opening = "<!-- made from Rules/Conditions and Rules/Actions -->\n"
  package static let closing = "<!-- end of what is made -->\n"

  package static var markdown: String {
    var text = "| comparison | true when | example |\n|---|---|---|\n"
    for entry in conditions { text += "| \(code(entry.form)) | \(entry.says) | \(code(entry.example)) |\n" }
    text += "\n| action | phases | what it does | example |\n|---|---|---|---|\n"
    for entry in actions {
      let forms = entry.form.split(separator: ", ").map { code(String($0)) }.joined(separator: ", ")
      let phases = entry.phases.map(\.rawValue).joined(separator: ", ")
      text += "| \(forms) | \(phases) | \(entry.says) | \(code(entry.example)) |\n"
    }
    return text
  }

  private static func code(_ text: String) -> String { "`\(text)`" }
}
