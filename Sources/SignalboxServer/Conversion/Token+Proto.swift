import SignalboxCore
import SignalboxProtocol

extension ProtoToken {
  init(_ token: AccessToken, in configuration: TenantConfiguration) {
    self.init()
    name = token.name
    role = ProtoTokenRole(token.role)
    person = token.person.flatMap { configuration.people[$0]?.handle } ?? ""
    createdAtMs = token.createdAt.milliseconds
    revoked = token.isRevoked
    expiresAtMs = token.expiresAt?.milliseconds ?? 0
    lastUsedAtMs = token.lastUsedAt?.milliseconds ?? 0
    oldSecretUntilMs = token.oldSecretUntil?.milliseconds ?? 0
    queues = token.queues.compactMap { configuration.queues[$0]?.name }
    verbs = token.verbs?.list.map(\.name) ?? []
    switch token.certificate?.kind {
    case .uri: certificateUri = token.certificate?.name ?? ""
    case .dns: certificateDns = token.certificate?.name ?? ""
    case .email: certificateEmail = token.certificate?.name ?? ""
    case nil: break
    }
  }
}

extension CertificateName {
  init?(_ certificate: ProtoCreateTokenRequest.OneOf_Certificate?) {
    switch certificate {
    case .certificateUri(let name): self.init(.uri, name)
    case .certificateDns(let name): self.init(.dns, name)
    case .certificateEmail(let name): self.init(.email, name)
    case nil: return nil
    }
  }
}

extension ProtoTokenRole {
  init(_ role: Role) {
    switch role {
    case .systemAdmin: self = .systemAdmin
    case .tenantAdmin: self = .tenantAdmin
    case .agent: self = .agent
    case .clientApplication: self = .clientApplication
    case .viewer: self = .viewer
    case .auditor: self = .auditor
    // Held by grants only; no token is made of them.
    case .queueManager, .organizationManager: self = .unspecified
    }
  }
}

extension Role {
  init?(_ role: ProtoTokenRole) {
    switch role {
    case .systemAdmin: self = .systemAdmin
    case .tenantAdmin: self = .tenantAdmin
    case .agent: self = .agent
    case .clientApplication: self = .clientApplication
    case .viewer: self = .viewer
    case .auditor: self = .auditor
    case .unspecified, .UNRECOGNIZED: return nil
    }
  }
}
