/// A word from one side of a registration to the other, in any state: an asker may want to know more of a decline.
package struct CommentQueueRegistration: Sendable {
  package var registration: RegistrationID
  package var comment: String

  package init(registration: RegistrationID, comment: String) {
    self.registration = registration
    self.comment = comment
  }

  package func decide(
    in situation: Situation, given facts: RegistrationFacts
  ) throws(Rejection) -> Decided<QueueRegistration> {
    var check = FieldCheck()
    check.line("comment", comment, atMost: Limits.reasonLength)
    try check.finish()
    let registration = try facts.registration(self.registration, after: .comment, in: situation)
    return Decided(
      registration,
      Plan(
        changes: [],
        event: Event(.registrationCommented, registration, before: registration.state, reason: comment),
        outbox: situation.recipients(of: registration, facts, reachesAdmins: registration.state != .draft)))
  }
}
