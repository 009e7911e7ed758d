/// A tenant admin says yes: the queue with its agents, watchers, default assignee and keywords comes to be, and the
/// asker is told, in one transaction.
package struct ApproveQueueRegistration: Sendable {
  package var registration: RegistrationID
  package var answer: String
  /// The admin answers for the bare addresses among the watchers.
  package var confirmsAddresses: Bool

  package init(registration: RegistrationID, answer: String, confirmsAddresses: Bool = false) {
    self.registration = registration
    self.answer = answer
    self.confirmsAddresses = confirmsAddresses
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
    var queue = registration.queue
    try RegisterQueue.requireFreeName(queue.name, in: situation)
    try Self.requireThatNobodyWasRemoved(from: queue, in: situation.configuration)
    try situation.requireRoom(for: .queues)
    registration.close(answer: answer, in: situation)
    let (tokens, mails) = situation.provision(
      &queue, confirmingAddresses: confirmsAddresses, secrets: facts.watcherSecrets)
    let provided = RegisterQueue(registration, in: situation.configuration)
    var event = Event(
      .queueApproved, registration, before: .submitted, reason: answer, queueAfter: queue.id,
      fields: provided.changes(since: .nothing))
    let confirmed = queue.watchers.filter { $0.confirmedAt != nil }.map { situation.configuration.text($0.who) }
    if !confirmed.isEmpty {
      event.changes.append(Event.FieldChange("confirmed", from: nil, to: confirmed.joined(separator: ", ")))
    }
    let plan = Plan(
      changes: [.updateRegistration(registration), .insertQueue(queue)] + tokens.map(Change.putWatcherToken),
      event: event, outbox: situation.recipients(of: registration, facts) + mails)
    return Decided(Outcome(registration: registration, queue: queue), plan)
  }
}

extension ApproveQueueRegistration {
  /// Who, or what, was there when the queue was asked for may have been removed since.
  private static func requireThatNobodyWasRemoved(
    from queue: Queue, in configuration: TenantConfiguration
  ) throws(Rejection) {
    if let organization = configuration.organizations[queue.organization], organization.isRemoved {
      throw .notFound(.organizationNotFound, "organization", organization.name)
    }
    let watchers = queue.watchers.compactMap { watcher in
      if case .person(let person) = watcher.who { person } else { nil }
    }
    for id in queue.agents + watchers {
      if let person = configuration.people[id], person.isRemoved {
        throw .notFound(.personNotFound, "person", person.handle)
      }
    }
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
