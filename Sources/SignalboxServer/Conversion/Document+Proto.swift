import SignalboxCore
import SignalboxProtocol

extension TenantDocument {
  init(_ document: ProtoTenantDocument) {
    self.init()
    tenant = document.tenant
    if document.hasSettings { settings = Tenant.Settings(document.settings) }
    if document.hasOrganizations {
      organizations = document.organizations.entries.map {
        Organization(name: $0.name, kind: .init($0.kind), displayName: $0.displayName)
      }
    }
    if document.hasPeople {
      people = document.people.entries.map {
        Person(handle: $0.handle, displayName: $0.displayName, email: $0.email, organization: $0.organization)
      }
    }
    if document.hasGroups {
      groups = document.groups.entries.map {
        Group(name: $0.name, displayName: $0.displayName, members: $0.members)
      }
    }
    if document.hasQueues {
      queues = document.queues.entries.map {
        Queue(
          name: $0.name, kind: .init($0.kind), organization: $0.organization, description: $0.description_p,
          agents: $0.agents, watchers: $0.watchers, defaultAssignee: $0.defaultAssignee, keywords: $0.keywords)
      }
    }
    if document.hasGrants { grants = document.grants.entries.map(Grant.init) }
    if document.hasTicketTypes { ticketTypes = document.ticketTypes.entries.map(TicketType.init) }
    if !document.rules.isEmpty { rules = document.rules }
  }
}

extension TenantDocument.Grant {
  init(_ grant: ProtoDocumentGrant) {
    self.init(role: Role(grant.role), grantee: nil, scope: nil)
    switch grant.grantee {
    case .person(let handle): grantee = .person(handle)
    case .group(let name): grantee = .group(name)
    case nil: break
    }
    switch grant.scope {
    case .tenant(true): scope = .tenant
    case .organization(let name): scope = .organization(name)
    case .queue(let name): scope = .queue(name)
    case .tenant(false), nil: break
    }
  }
}

extension TicketType {
  init(_ type: ProtoTicketType) {
    let fields = type.fields.map {
      Field(name: $0.name, kind: Field.Kind($0.type), isRequired: $0.required, options: $0.options)
    }
    // A status that is not known becomes one that the check refuses.
    let statuses = type.endsIn.map { Ticket.Status($0) ?? .new }
    self.init(
      name: type.name, displayName: type.displayName.isEmpty ? type.name : type.displayName, fields: fields,
      endsIn: statuses.isEmpty ? [.solved, .closed] : statuses)
  }
}

extension TicketType.Field.Kind {
  init?(_ type: ProtoFieldType) {
    switch type {
    case .text: self = .text
    case .number: self = .number
    case .boolean: self = .boolean
    case .choice: self = .choice
    case .date: self = .date
    case .unspecified, .UNRECOGNIZED: return nil
    }
  }
}

extension ProtoFieldType {
  init(_ kind: TicketType.Field.Kind) {
    switch kind {
    case .text: self = .text
    case .number: self = .number
    case .boolean: self = .boolean
    case .choice: self = .choice
    case .date: self = .date
    }
  }
}

extension ProtoTenantDocument {
  /// The same bytes for the same document.
  init(_ document: TenantDocument) {
    self.init()
    tenant = document.tenant
    if let settings = document.settings { self.settings = ProtoTenantSettings(settings) }
    if let list = document.organizations { organizations.entries = list.map(ProtoDocumentOrganization.init) }
    if let list = document.people { people.entries = list.map(ProtoDocumentPerson.init) }
    if let list = document.groups { groups.entries = list.map(ProtoDocumentGroup.init) }
    if let list = document.queues { queues.entries = list.map(ProtoDocumentQueue.init) }
    if let list = document.grants { grants.entries = list.map(ProtoDocumentGrant.init) }
    if let list = document.ticketTypes { ticketTypes.entries = list.map(ProtoTicketType.init) }
    rules = document.rules ?? ""
  }
}

extension ProtoDocumentOrganization {
  init(_ organization: TenantDocument.Organization) {
    self.init()
    name = organization.name
    if let kind = organization.kind { self.kind = ProtoOrganizationKind(kind) }
    displayName = organization.displayName == organization.name ? "" : organization.displayName
  }
}

extension ProtoDocumentPerson {
  init(_ person: TenantDocument.Person) {
    self.init()
    handle = person.handle
    displayName = person.displayName == person.handle ? "" : person.displayName
    email = person.email
    organization = person.organization
  }
}

extension ProtoDocumentGroup {
  init(_ group: TenantDocument.Group) {
    self.init()
    name = group.name
    displayName = group.displayName == group.name ? "" : group.displayName
    members = group.members
  }
}

extension ProtoDocumentQueue {
  init(_ queue: TenantDocument.Queue) {
    self.init()
    name = queue.name
    if let kind = queue.kind { self.kind = ProtoQueueKind(kind) }
    organization = queue.organization
    description_p = queue.description
    agents = queue.agents
    watchers = queue.watchers
    defaultAssignee = queue.defaultAssignee
    keywords = queue.keywords
  }
}

extension ProtoDocumentGrant {
  init(_ grant: TenantDocument.Grant) {
    self.init()
    if let role = grant.role { self.role = ProtoRole(role) }
    switch grant.grantee {
    case .person(let handle): person = handle
    case .group(let name): group = name
    case nil: break
    }
    switch grant.scope {
    case .tenant: tenant = true
    case .organization(let name): organization = name
    case .queue(let name): queue = name
    case nil: break
    }
  }
}

extension ProtoTicketType {
  init(_ type: TicketType) {
    self.init()
    name = type.name
    displayName = type.displayName == type.name ? "" : type.displayName
    fields = type.fields.map { field in
      var made = ProtoTicketTypeField()
      made.name = field.name
      if let kind = field.kind { made.type = ProtoFieldType(kind) }
      made.required = field.isRequired
      made.options = field.options
      return made
    }
    endsIn = type.endsIn.map(ProtoTicketStatus.init)
  }
}
