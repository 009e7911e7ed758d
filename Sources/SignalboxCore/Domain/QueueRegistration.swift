/// The wish for a queue, from the asking to the answer.
package struct QueueRegistration: Equatable, Sendable {
  package enum State: String, CaseIterable, Sendable {
    /// Not handed in yet; its asker's own affair.
    case draft
    /// An admin decides, or asks for changes.
    case submitted
    /// Back with the asker, who changes it and submits it again.
    case changesRequested = "changes_requested"
    case approved
    case declined
    case withdrawn

    /// Never left again.
    package var isDecided: Bool {
      switch self {
      case .draft, .submitted, .changesRequested: false
      case .approved, .declined, .withdrawn: true
      }
    }
  }

  package var id: RegistrationID
  package var state: State
  /// The queue as asked for; it keeps its id when it is made.
  package var queue: Queue
  /// Asked for although the organization has a queue of the kind.
  package var isAdditional: Bool
  package var askedBy: Actor
  package var askedAt: Timestamp
  package var decidedBy: Actor?
  package var decidedAt: Timestamp?
  /// Why it was declined or withdrawn, what is to be changed, or a word with the approval.
  package var answer: String

  package init(
    id: RegistrationID, state: State, queue: Queue, isAdditional: Bool = false, askedBy: Actor, askedAt: Timestamp,
    decidedBy: Actor? = nil, decidedAt: Timestamp? = nil, answer: String = ""
  ) {
    self.id = id
    self.state = state
    self.queue = queue
    self.isAdditional = isAdditional
    self.askedBy = askedBy
    self.askedAt = askedAt
    self.decidedBy = decidedBy
    self.decidedAt = decidedAt
    self.answer = answer
  }
}
