import SignalboxCore
import SignalboxProtocol
import SignalboxStore

extension ProtoTenant {
  init(_ tenant: Tenant, revision: Revision) {
    self.init()
    name = tenant.name
    displayName = tenant.displayName
    settings = ProtoTenantSettings(tenant.settings)
    createdAtMs = tenant.createdAt.milliseconds
    self.revision = UInt64(clamping: revision.value)
    quotas = tenant.quotas.list.map { said in
      var quota = ProtoQuota()
      quota.name = said.quota.rawValue
      quota.value = UInt64(clamping: said.value)
      return quota
    }
  }
}

extension Tenant.Settings {
  init(_ settings: ProtoTenantSettings) {
    self.init(
      awardeeQueuePattern: settings.awardeeQueuePattern,
      resourceProviderQueuePattern: settings.resourceProviderQueuePattern, categories: settings.categories,
      timeZone: TimeZones.named(settings.timeZone))
  }
}

extension ProtoTenantSettings {
  init(_ settings: Tenant.Settings) {
    self.init()
    awardeeQueuePattern = settings.awardeeQueuePattern
    resourceProviderQueuePattern = settings.resourceProviderQueuePattern
    categories = settings.categories
    timeZone = settings.timeZone.name
  }
}

extension ProtoOrganization {
  init(_ organization: Organization) {
    self.init()
    name = organization.name
    kind = ProtoOrganizationKind(organization.kind)
    displayName = organization.displayName
  }
}

extension ProtoOrganizationKind {
  init(_ kind: Organization.Kind) {
    switch kind {
    case .resourceProvider: self = .resourceProvider
    case .awardee: self = .awardee
    case .partner: self = .partner
    case .internal: self = .internal
    }
  }
}

extension Organization.Kind {
  init?(_ kind: ProtoOrganizationKind) {
    switch kind {
    case .resourceProvider: self = .resourceProvider
    case .awardee: self = .awardee
    case .partner: self = .partner
    case .internal: self = .internal
    case .unspecified, .UNRECOGNIZED: return nil
    }
  }
}

extension ProtoPerson {
  init(_ person: Person, in configuration: TenantConfiguration) {
    self.init()
    handle = person.handle
    displayName = person.displayName
    email = person.email
    organization = person.organization.flatMap { configuration.organizations[$0]?.name } ?? ""
    if let absence = person.absence {
      self.absence.fromMs = absence.from.milliseconds
      self.absence.untilMs = absence.until.milliseconds
      self.absence.substitute = absence.substitute.flatMap { configuration.people[$0]?.handle } ?? ""
    }
    let availability = person.availability
    presence = ProtoPresence(availability.presence)
    presenceSinceMs = availability.since?.milliseconds ?? 0
    if let units = availability.capacity { capacity = UInt32(clamping: units) }
    skills = availability.skills
  }
}

extension ProtoPresence {
  init(_ presence: Availability.Presence) {
    switch presence {
    case .available: self = .available
    case .away: self = .away
    case .offline: self = .offline
    }
  }
}

extension Availability.Presence {
  init?(_ presence: ProtoPresence) {
    switch presence {
    case .available: self = .available
    case .away: self = .away
    case .offline: self = .offline
    case .unspecified, .UNRECOGNIZED: return nil
    }
  }
}
