/// The asker's side hands a registration to the tenant admins: a draft, or what was changed on their request.
package struct SubmitQueueRegistration: Sendable {
  package var registration: RegistrationID

  package init(registration: RegistrationID) {
    self.registration = registration
  }

  package func decide(
    in situation: Situation, given facts: RegistrationFacts
  ) throws(Rejection) -> Decided<QueueRegistration> {
    var registration = try facts.registration(self.registration, after: .submit, in: situation)
    let before = facts.registration?.state ?? .draft
    let wish = RegisterQueue(registration, in: situation.configuration)
    try wish.checkName(in: situation)
    try wish.checkThatNoneServes(registration.queue.organization, in: situation)
    // What was asked for then is done; history keeps it.
    registration.answer = ""
    return Decided(
      registration,
      Plan(
        changes: [.updateRegistration(registration)],
        event: Event(.registrationSubmitted, registration, before: before),
        outbox: situation.recipients(of: registration, facts)))
  }
}
