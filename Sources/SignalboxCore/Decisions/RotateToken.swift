/// An admin gives a token another secret; the present one stays good for a while, so that its holders can change over.
package struct RotateToken: Sendable {
  package var name: String
  /// Nil: the usual overlap; 0: the present secret is cut off at once.
  package var overlapMilliseconds: Int64?
  package var secretHash: [UInt8]

  package init(name: String, overlapMilliseconds: Int64?, secretHash: [UInt8]) {
    self.name = name
    self.overlapMilliseconds = overlapMilliseconds
    self.secretHash = secretHash
  }

  package struct Facts {
    /// The token of that name in the tenant.
    package var token: AccessToken?

    package init(token: AccessToken?) {
      self.token = token
    }
  }

  package func decide(in situation: Situation, given facts: Facts) throws(Rejection) -> Decided<AccessToken> {
    var check = FieldCheck()
    let overlap = overlapMilliseconds ?? Limits.usualRotationOverlap
    if !(0...Limits.longestRotationOverlap).contains(overlap) { check.add("overlap_ms", "is at most 30 days") }
    try check.finish()
    guard var token = facts.token else { throw .notFound(.tokenNotFound, "token", name) }
    guard !token.isRevoked else { throw Rejection(.tokenRevoked, "the token `\(name)` was revoked before") }
    guard !token.isExpired(at: situation.now) else {
      throw Rejection(.tokenExpired, "the token `\(name)` has expired; make another one")
    }
    guard token.certificate == nil else {
      throw Rejection(
        .noSecret, "the token `\(name)` stands for a client certificate; give its holder a new certificate")
    }
    let before = token.oldSecretUntil.map { String($0.milliseconds) }
    let end = Timestamp(milliseconds: situation.now.milliseconds + overlap)
    token.oldSecretUntil = end
    return Decided(
      token,
      Plan(
        changes: [.rotateToken(token, secretHash: secretHash)],
        event: Event(
          .tokenRotated, subject: name,
          changes: [Event.FieldChange("old_secret_until_ms", from: before, to: String(end.milliseconds))])))
  }
}
