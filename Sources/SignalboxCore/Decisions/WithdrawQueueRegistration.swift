/// The asker's side no longer wants the queue. Until it is decided, and for good.
package struct WithdrawQueueRegistration: Sendable {
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
    check.line("answer", answer, atMost: Limits.reasonLength, required: false)
    try check.finish()
    var registration = try facts.registration(self.registration, after: .withdraw, in: situation)
    let before = facts.registration?.state ?? .draft
    registration.close(answer: answer, in: situation)
    return Decided(
      registration,
      Plan(
        changes: [.updateRegistration(registration)],
        event: Event(.registrationWithdrawn, registration, before: before, reason: answer),
        outbox: situation.recipients(of: registration, facts, reachesAdmins: before != .draft)))
  }
}
