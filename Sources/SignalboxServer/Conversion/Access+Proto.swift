import SignalboxCore
import SignalboxProtocol

extension ProtoGrant {
  /// - Parameter token: the grantee, where it is one; the configuration does not know tokens.
  init(_ grant: Grant, in configuration: TenantConfiguration, token: AccessToken?) {
    self.init()
    id = UInt64(clamping: grant.id.value)
    role = ProtoRole(grant.role)
    switch grant.grantee {
    case .person(let id): person = configuration.people[id]?.handle ?? ""
    case .group(let id): group = configuration.groups[id]?.name ?? ""
    case .token: self.token = token?.name ?? ""
    }
    switch grant.scope {
    case .tenant: tenant = true
    case .organization(let id): organization = configuration.organizations[id]?.name ?? ""
    case .queue(let id): queue = configuration.queues[id]?.name ?? ""
    }
    grantedBy = grant.grantedBy.name
    grantedAtMs = grant.grantedAt.milliseconds
  }
}

extension ProtoGroup {
  init(_ group: Group, in configuration: TenantConfiguration) {
    self.init()
    name = group.name
    displayName = group.displayName
    members = group.members.compactMap { configuration.people[$0]?.handle }
  }
}

extension ProtoRole {
  init(_ role: Role) {
    switch role {
    case .viewer: self = .viewer
    case .agent: self = .agent
    case .queueManager: self = .queueManager
    case .organizationManager: self = .organizationManager
    case .tenantAdmin: self = .tenantAdmin
    case .auditor: self = .auditor
    case .clientApplication: self = .clientApplication
    // Never granted.
    case .systemAdmin: self = .unspecified
    }
  }
}

extension Role {
  init?(_ role: ProtoRole) {
    switch role {
    case .viewer: self = .viewer
    case .agent: self = .agent
    case .queueManager: self = .queueManager
    case .organizationManager: self = .organizationManager
    case .tenantAdmin: self = .tenantAdmin
    case .auditor: self = .auditor
    case .clientApplication: self = .clientApplication
    case .unspecified, .UNRECOGNIZED: return nil
    }
  }
}

extension ProtoRight {
  /// The numbers of the protocol begin at 1.
  init(_ right: Right) { self = ProtoRight(rawValue: Int(right.rawValue) + 1) ?? .unspecified }
}

extension Right {
  init?(_ right: ProtoRight) {
    guard let number = UInt8(exactly: right.rawValue - 1) else { return nil }
    self.init(rawValue: number)
  }
}
