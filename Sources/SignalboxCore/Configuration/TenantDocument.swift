/// A tenant's configuration as people write it, with names instead of ids.
///
/// A section that is nil is left alone. One that is there is complete: what the tenant has and the section does not
/// mention is removed. Lists that have names are compared by name, so the order of entries means nothing; the order within
/// an entry's list does.
package struct TenantDocument: Equatable, Sendable {
  /// Name of the tenant it is meant for; empty: any.
  package var tenant = ""
  package var settings: Tenant.Settings?
  package var organizations: [Organization]?
  package var people: [Person]?
  package var groups: [Group]?
  package var queues: [Queue]?
  /// Those to people and groups.
  package var grants: [Grant]?
  package var ticketTypes: [TicketType]?
  /// Text of the rule set.
  package var rules: String?

  package init() {}

  package struct Organization: Equatable, Sendable {
    package var name: String
    /// Nil for one that is not known.
    package var kind: SignalboxCore.Organization.Kind?
    package var displayName: String

    package init(name: String, kind: SignalboxCore.Organization.Kind?, displayName: String = "") {
      self.name = name
      self.kind = kind
      self.displayName = displayName.isEmpty ? name : displayName
    }
  }

  package struct Person: Equatable, Sendable {
    package var handle: String
    package var displayName: String
    package var email: String
    /// Empty for people outside every organization.
    package var organization: String

    package init(handle: String, displayName: String = "", email: String = "", organization: String = "") {
      self.handle = handle
      self.displayName = displayName.isEmpty ? handle : displayName
      self.email = email
      self.organization = organization
    }
  }

  package struct Group: Equatable, Sendable {
    package var name: String
    package var displayName: String
    package var members: [String]

    package init(name: String, displayName: String = "", members: [String] = []) {
      self.name = name
      self.displayName = displayName.isEmpty ? name : displayName
      self.members = members
    }
  }

  package struct Queue: Equatable, Sendable {
    package var name: String
    package var kind: SignalboxCore.Queue.Kind?
    package var organization: String
    package var description: String
    package var agents: [String]
    /// Handles or bare addresses.
    package var watchers: [String]
    /// Empty: nobody.
    package var defaultAssignee: String
    package var keywords: [String]

    package init(
      name: String, kind: SignalboxCore.Queue.Kind?, organization: String, description: String = "",
      agents: [String] = [], watchers: [String] = [], defaultAssignee: String = "", keywords: [String] = []
    ) {
      self.name = name
      self.kind = kind
      self.organization = organization
      self.description = description
      self.agents = agents
      self.watchers = watchers
      self.defaultAssignee = defaultAssignee
      self.keywords = keywords
    }
  }

  package struct Grant: Hashable, Sendable {
    package enum Grantee: Hashable, Sendable {
      case person(String)
      case group(String)
    }

    package enum Scope: Hashable, Sendable {
      case tenant
      case organization(String)
      case queue(String)
    }

    package var role: Role?
    package var grantee: Grantee?
    package var scope: Scope?

    package init(role: Role?, grantee: Grantee?, scope: Scope?) {
      self.role = role
      self.grantee = grantee
      self.scope = scope
    }

    /// As people read it.
    package var text: String {
      let who =
        switch grantee {
        case .person(let handle): "person `\(handle)`"
        case .group(let name): "group `\(name)`"
        case nil: "nobody"
        }
      let place =
        switch scope {
        case .tenant: "the tenant"
        case .organization(let name): "organization `\(name)`"
        case .queue(let name): "queue `\(name)`"
        case nil: "nothing"
        }
      return "\(role?.rawValue ?? "") to \(who) on \(place)"
    }
  }

  var entryCount: Int {
    (organizations?.count ?? 0) + (people?.count ?? 0) + (groups?.count ?? 0) + (queues?.count ?? 0)
      + (grants?.count ?? 0) + (ticketTypes?.count ?? 0)
  }
}
