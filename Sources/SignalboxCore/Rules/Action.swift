/// What a rule does. To add an action: a file in `Actions/`, a case here and in `Action.Kind`; the
/// compiler then asks for the rest.
package enum Action: Sendable {
  case queue(QueueAction)

  enum Kind: String, CaseIterable {
    case queue
  }

  var span: SourceSpan {
    switch self {
    case .queue(let action): action.target.span
    }
  }
}
