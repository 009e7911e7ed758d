/// What a secret, or a client certificate, stands for. The secret itself is never kept; the store has its hash.
package struct AccessToken: Equatable, Sendable {
  package var id: TokenID
  package var name: String
  package var role: Role
  package var person: PersonID?
  package var createdAt: Timestamp
  package var isRevoked: Bool
  /// From then on it is refused; nil: never.
  package var expiresAt: Timestamp?
  /// To about a minute.
  package var lastUsedAt: Timestamp?
  /// Until when the secret before the last rotation is good too.
  package var oldSecretUntil: Timestamp?
  /// The queues whose tickets it may touch, of those its person may; empty: all of them.
  package var queues: [QueueID]
  /// The rights it may use, of those its person or role has; nil: all of them.
  package var verbs: Rights?
  /// The name in the certificate it stands for; such a token has no secret.
  package var certificate: CertificateName?

  package init(
    id: TokenID, name: String, role: Role, person: PersonID?, createdAt: Timestamp, isRevoked: Bool,
    expiresAt: Timestamp? = nil, lastUsedAt: Timestamp? = nil, oldSecretUntil: Timestamp? = nil,
    queues: [QueueID] = [], verbs: Rights? = nil, certificate: CertificateName? = nil
  ) {
    self.id = id
    self.name = name
    self.role = role
    self.person = person
    self.createdAt = createdAt
    self.isRevoked = isRevoked
    self.expiresAt = expiresAt
    self.lastUsedAt = lastUsedAt
    self.oldSecretUntil = oldSecretUntil
    self.queues = queues
    self.verbs = verbs
    self.certificate = certificate
  }

  package func isExpired(at now: Timestamp) -> Bool {
    expiresAt.map { $0 <= now } ?? false
  }

  /// What its principal is limited to; nil: nothing.
  package var queueScope: Set<QueueID>? { queues.isEmpty ? nil : Set(queues) }
}
