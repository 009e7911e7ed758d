/// An admin hands out a credential. A system admin makes tenant admins' (in a tenant) or system admins' (in the system
/// tenant); a tenant admin makes those of its tenant.
package struct CreateToken: Sendable {
  package var name: String
  package var role: Role?
  /// Handle; required for agents.
  package var person: String
  /// Empty where the credential is a certificate.
  package var secretHash: [UInt8]
  /// 0: it never expires.
  package var lifetimeMilliseconds: Int64
  /// Names; empty: not limited. For agents only: an admin could give itself a token without limits.
  package var queues: [String]
  /// Names of rights; empty: not limited. Never `administer_tenant`: its holder could make itself a token without limits.
  package var verbs: [String]
  package var certificate: CertificateName?

  package init(
    name: String, role: Role?, person: String, secretHash: [UInt8], lifetimeMilliseconds: Int64 = 0,
    queues: [String] = [], verbs: [String] = [], certificate: CertificateName? = nil
  ) {
    self.name = name
    self.role = role
    self.person = person
    self.secretHash = secretHash
    self.lifetimeMilliseconds = lifetimeMilliseconds
    self.queues = queues
    self.verbs = verbs
    self.certificate = certificate
  }

  package struct Facts {
    package var nameIsTaken: Bool
    /// A token that is not revoked, of this or another tenant, stands for the certificate.
    package var certificateIsTaken: Bool

    package init(nameIsTaken: Bool, certificateIsTaken: Bool = false) {
      self.nameIsTaken = nameIsTaken
      self.certificateIsTaken = certificateIsTaken
    }
  }

  package func decide(in situation: Situation, given facts: Facts) throws(Rejection) -> Decided<AccessToken> {
    var check = FieldCheck()
    check.name("name", name)
    if role == nil { check.add("role", "is required") }
    if role == .agent, person.isEmpty { check.add("person", "is required for an agent's token") }
    checkScope(&check)
    try check.finish()
    guard let role else { throw Rejection(.invalidField, "`role` is required") }
    let isSystem = situation.configuration.tenant.id == .system
    guard (role == .systemAdmin) == isSystem else {
      throw Rejection(
        .notPermitted,
        isSystem
          ? "a token of this role belongs to a tenant; name the tenant"
          : "a system admin's token is made by a system admin without naming a tenant")
    }
    let holder = person.isEmpty ? nil : try situation.person(withHandle: person)
    guard !facts.nameIsTaken else {
      throw Rejection(.alreadyExists, "there is a token `\(name)` already; choose another name, or revoke that one")
    }
    guard !facts.certificateIsTaken else {
      throw Rejection(
        .alreadyExists,
        "another token stands for this certificate already; revoke that one, or name another certificate")
    }
    try situation.requireRoom(for: .tokens)
    var token = AccessToken(
      id: TokenID(situation.revision.value), name: name, role: role, person: holder?.id, createdAt: situation.now,
      isRevoked: false, certificate: certificate)
    if lifetimeMilliseconds > 0 {
      token.expiresAt = Timestamp(milliseconds: situation.now.milliseconds + lifetimeMilliseconds)
    }
    for queue in queues {
      let queue = try situation.queue(named: queue).id
      if !token.queues.contains(queue) { token.queues.append(queue) }
    }
    if !verbs.isEmpty { token.verbs = Rights(verbs.compactMap(Right.init(name:))) }
    return Decided(
      token,
      Plan(
        changes: [.insertToken(token, secretHash: secretHash)],
        event: Event(.tokenCreated, subject: name, changes: fieldChanges(of: token))))
  }

  private func checkScope(_ check: inout FieldCheck) {
    if lifetimeMilliseconds != 0,
      !(Limits.shortestTokenLifetime...Limits.longestTokenLifetime).contains(lifetimeMilliseconds)
    {
      check.add("lifetime_ms", "is at least a second and at most ten years, or 0 for a token that never expires")
    }
    check.count("queues", queues.count, atMost: Limits.queuesPerToken)
    if !queues.isEmpty, role == .tenantAdmin || role == .systemAdmin {
      check.add("queues", "limit no admin's token; it could make itself one without limits")
    }
    checkVerbs(&check)
    certificate?.check(&check)
  }

  private func checkVerbs(_ check: inout FieldCheck) {
    check.count("verbs", verbs.count, atMost: Right.allCases.count)
    guard !verbs.isEmpty, verbs.count <= Right.allCases.count else { return }
    if role == .systemAdmin { check.add("verbs", "limit no system admin's token; make one in the tenant") }
    for verb in verbs {
      switch Right(name: verb) {
      case .administerTenant:
        check.add("verbs", "cannot have `administer_tenant`: its holder could make itself a token without limits")
      case nil:
        let names = Right.allCases.map(\.name)
        let advice =
          Suggestion.nearest(to: verb, in: names).map { "did you mean `\($0)`?" }
          ?? "the verbs are \(names.joined(separator: ", "))"
        check.add("verbs", "`\(Rejection.shown(verb))` is no verb; \(advice)")
      default: continue
      }
    }
  }

  private func fieldChanges(of token: AccessToken) -> [Event.FieldChange] {
    var changes = [Event.FieldChange("role", from: nil, to: token.role.rawValue)]
    if !person.isEmpty { changes.append(Event.FieldChange("person", from: nil, to: person)) }
    if let end = token.expiresAt {
      changes.append(Event.FieldChange("expires_at_ms", from: nil, to: String(end.milliseconds)))
    }
    if !queues.isEmpty { changes.append(Event.FieldChange("queues", from: nil, to: queues.joined(separator: "; "))) }
    if let verbs = token.verbs {
      changes.append(
        Event.FieldChange("verbs", from: nil, to: verbs.list.map(\.name).joined(separator: "; ")))
    }
    if let certificate = token.certificate {
      changes.append(Event.FieldChange("certificate_\(certificate.kind.rawValue)", from: nil, to: certificate.name))
    }
    return changes
  }
}
