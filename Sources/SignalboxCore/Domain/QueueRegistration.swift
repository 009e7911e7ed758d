/// The wish for a queue, from the asking to the answer.
package struct QueueRegistration: Equatable, Sendable {
  package enum State: String, CaseIterable, Sendable {
    /// Left by approval or by decline; an admin decides.
    case submitted
    case approved
    case declined
  }

  package var id: RegistrationID
  package var state: State
  /// The queue as asked for; it keeps its id when it is made.
  package var queue: Queue
  package var askedBy: Actor
  package var askedAt: Timestamp
  package var decidedBy: Actor?
  package var decidedAt: Timestamp?
  package var answer: String

  package init(
    id: RegistrationID, state: State, queue: Queue, askedBy: Actor, askedAt: Timestamp, decidedBy: Actor? = nil,
    decidedAt: Timestamp? = nil, answer: String = ""
  ) {
    self.id = id
    self.state = state
    self.queue = queue
    self.askedBy = askedBy
    self.askedAt = askedAt
    self.decidedBy = decidedBy
    self.decidedAt = decidedAt
    self.answer = answer
  }
}
