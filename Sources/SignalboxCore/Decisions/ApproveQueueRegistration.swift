/// A tenant admin says yes: the queue with its agents, watchers, default assignee and keywords comes to be, and the
/// asker is told, in one transaction.
package struct ApproveQueueRegistration: Sendable {
  package var registration: RegistrationID
  package var answer: String

  package init(registration: RegistrationID, answer: String) {
    self.registration = registration
    self.answer = answer
  }

  package struct Outcome {
    package var registration: QueueRegistration
    package var queue: Queue
  }

  package func decide(in situation: Situation, given facts: RegistrationFacts) throws(Rejection) -> Decided<Outcome> {
    var check = FieldCheck()
    check.line("answer", answer, atMost: Limits.reasonLength, required: false)
    try check.finish()
    var registration = try facts.registration(self.registration, after: .approve, in: situation)
    let queue = registration.queue
    try RegisterQueue.requireFreeName(queue.name, in: situation)
    try situation.requireRoom(for: .queues)
    registration.close(answer: answer, in: situation)
    let plan = Plan(
      changes: [.updateRegistration(registration), .insertQueue(queue)],
      event: Event(.queueApproved, registration, before: .submitted, reason: answer, queueAfter: queue.id),
      outbox: situation.recipients(of: registration, facts))
    return Decided(Outcome(registration: registration, queue: queue), plan)
  }
}

/// A tenant admin says no, and why.
package struct DeclineQueueRegistration: Sendable {
  package var registration: RegistrationID
  package var answer: String

  package init(registration: RegistrationID, answer: String) {
    self.registration = registration
    self.answer = answer
  }

  package func decide(
    in situation: Situation, given facts: RegistrationFacts
  ) throws(Rejection) -> Decided<QueueRegistration> {
    var check = FieldCheck()
    check.line("answer", answer, atMost: Limits.reasonLength)
    try check.finish()
    var registration = try facts.registration(self.registration, after: .decline, in: situation)
    registration.close(answer: answer, in: situation)
    let before = facts.registration?.state ?? .submitted
    let plan = Plan(
      changes: [.updateRegistration(registration)],
      event: Event(.queueDeclined, registration, before: before, reason: answer),
      outbox: situation.recipients(of: registration, facts))
    return Decided(registration, plan)
  }
}

extension QueueRegistration {
  /// Notes who brought it to its end.
  mutating func close(answer: String, in situation: Situation) {
    self.answer = answer
    decidedBy = situation.principal.actor
    decidedAt = situation.now
  }
}
