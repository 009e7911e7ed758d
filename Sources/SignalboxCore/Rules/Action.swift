/// What a rule does. To add an action: a file in `Actions/`, a case here and in `Action.Kind`; the
/// compiler then asks for the rest.
package enum Action: Equatable, Sendable {
  case queue(QueueAction)
  case set(SetAction)
  case setStatus(SetStatusAction)
  case addTag(AddTagAction)
  case raisePriority(RaisePriorityAction)
  case respondWithin(RespondWithinAction)
  case assign(AssignAction)
  case notify(NotifyAction)
  case atMost(AtMostAction)

  /// The words that actions begin with.
  enum Kind: String, CaseIterable {
    case queue, set
    case addTag = "add tag"
    case raisePriority = "raise priority"
    case respondWithin = "respond within"
    case assign
    case defaultAssignee = "default assignee"
    case leaveUnassigned = "leave unassigned"
    case notify
    case atMost = "at most"

    var firstWord: String { String(rawValue.prefix { $0 != " " }) }
  }

  var span: SourceSpan {
    switch self {
    case .queue(let action): action.target.span
    case .set(let action): action.value.span
    case .setStatus(let action): action.status.span
    case .addTag(let action): action.tag.span
    case .raisePriority(let action): action.priority.span
    case .respondWithin(let action): action.place.span
    case .assign(let action): action.place.span
    case .notify(let action): action.place.span
    case .atMost(let action): action.place.span
    }
  }

  /// As rule files write it.
  package var text: String {
    switch self {
    case .queue(let action): action.text
    case .set(let action): action.text
    case .setStatus(let action): action.text
    case .addTag(let action): action.text
    case .raisePriority(let action): action.text
    case .respondWithin(let action): action.text
    case .assign(let action): action.text
    case .notify(let action): action.text
    case .atMost(let action): action.text
    }
  }

  /// What it does, without the value, as messages name it.
  var title: String {
    switch self {
    case .queue: "queue"
    case .set(let action): action.target.title
    case .setStatus: "set status"
    case .addTag: "add tag"
    case .raisePriority: "raise priority"
    case .respondWithin: "respond within"
    case .assign: "assign"
    case .notify: "notify"
    case .atMost: "at most"
    }
  }
}

extension Phase.Kind {
  func allows(_ action: Action) -> Bool {
    switch action {
    case .queue: self == .route || self == .escalate
    case .set, .respondWithin: self == .classify
    case .addTag, .raisePriority: self == .classify || self == .escalate
    case .assign: self == .assign
    case .notify: self == .notify || self == .escalate
    case .setStatus, .atMost: self == .escalate
    }
  }
}

/// Where something stands; no part of what it says, so all places are equal.
package struct Place: Equatable, Sendable {
  package let span: SourceSpan

  package init(_ span: SourceSpan) { self.span = span }

  package static func == (left: Place, right: Place) -> Bool { true }
}
