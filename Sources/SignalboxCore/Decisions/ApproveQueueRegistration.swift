/// A tenant admin says yes: the queue with its agents, watchers, default assignee and keywords comes to be, and the
/// asker is told, in one transaction.
package struct ApproveQueueRegistration: Sendable {
  package var registration: RegistrationID
  package var answer: String

  package init(registration: RegistrationID, answer: String) {
    self.registration = registration
    self.answer = answer
  }

  package struct Facts {
    package var registration: QueueRegistration?

    package init(registration: QueueRegistration?) {
      self.registration = registration
    }
  }

  package struct Outcome {
    package var registration: QueueRegistration
    package var queue: Queue
  }

  package func decide(in situation: Situation, given facts: Facts) throws(Rejection) -> Decided<Outcome> {
    var check = FieldCheck()
    check.line("answer", answer, atMost: Limits.reasonLength, required: false)
    try check.finish()
    var registration = try facts.registration.undecided(self.registration)
    let queue = registration.queue
    try RegisterQueue.requireFreeName(queue.name, in: situation)
    registration.decide(.approved, answer: answer, in: situation)
    let plan = Plan(
      changes: [.updateRegistration(registration), .insertQueue(queue)],
      event: Event(.queueApproved, queueAfter: queue.id, subject: queue.name, reason: answer),
      outbox: situation.recipients(asker: registration.askedBy))
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
    in situation: Situation, given facts: ApproveQueueRegistration.Facts
  ) throws(Rejection) -> Decided<QueueRegistration> {
    var check = FieldCheck()
    check.line("answer", answer, atMost: Limits.reasonLength)
    try check.finish()
    var registration = try facts.registration.undecided(self.registration)
    registration.decide(.declined, answer: answer, in: situation)
    let plan = Plan(
      changes: [.updateRegistration(registration)],
      event: Event(.queueDeclined, subject: registration.queue.name, reason: answer),
      outbox: situation.recipients(asker: registration.askedBy))
    return Decided(registration, plan)
  }
}

extension QueueRegistration? {
  fileprivate func undecided(_ id: RegistrationID) throws(Rejection) -> QueueRegistration {
    guard let registration = self else {
      throw .notFound(.registrationNotFound, "queue registration", String(id.value))
    }
    guard registration.state == .submitted else {
      throw Rejection(
        .registrationDecided, "the registration was \(registration.state.rawValue) before; register the queue again")
    }
    return registration
  }
}

extension QueueRegistration {
  fileprivate mutating func decide(_ state: State, answer: String, in situation: Situation) {
    self.state = state
    self.answer = answer
    decidedBy = situation.principal.actor
    decidedAt = situation.now
  }
}

extension Situation {
  fileprivate func recipients(asker: Actor) -> [OutboxRecipient] {
    guard let address = configuration.person(withHandle: asker.name)?.email, !address.isEmpty else { return [] }
    return [OutboxRecipient(role: .asker, address: address)]
  }
}
