/// A tenant admin gives a registration back and says what is to be changed.
package struct RequestRegistrationChanges: Sendable {
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
    var registration = try facts.registration(self.registration, after: .requestChanges, in: situation)
    registration.answer = answer
    return Decided(
      registration,
      Plan(
        changes: [.updateRegistration(registration)],
        event: Event(.registrationChangesRequested, registration, before: .submitted, reason: answer),
        outbox: situation.recipients(of: registration, facts)))
  }
}
