/// A system admin makes room for a help desk. Decided in the system tenant.
package struct CreateTenant: Sendable {
  package var name: String
  package var displayName: String
  package var settings: Tenant.Settings

  package init(name: String, displayName: String, settings: Tenant.Settings) {
    self.name = name
    self.displayName = displayName
    self.settings = settings
  }

  package struct Facts {
    package var nameIsTaken: Bool

    package init(nameIsTaken: Bool) {
      self.nameIsTaken = nameIsTaken
    }
  }

  package func decide(in situation: Situation, given facts: Facts) throws(Rejection) -> Decided<Tenant> {
    var check = FieldCheck()
    check.name("name", name)
    check.line("display_name", displayName, atMost: Limits.displayNameLength, required: false)
    settings.check(&check)
    try check.finish()
    guard !facts.nameIsTaken else {
      throw Rejection(.alreadyExists, "there is a tenant `\(name)` already; choose another name")
    }
    let tenant = Tenant(
      id: TenantID(situation.revision.value), name: name, displayName: displayName.isEmpty ? name : displayName,
      settings: settings, createdAt: situation.now)
    let changes = Event.made(
      ("display_name", tenant.displayName), ("awardee_queue_pattern", settings.awardeeQueuePattern),
      ("categories", settings.categories.joined(separator: "; ")), ("time_zone", settings.timeZone.name))
    return Decided(
      tenant, Plan(changes: [.insertTenant(tenant)], event: Event(.tenantCreated, subject: name, changes: changes)))
  }
}

extension Tenant.Settings {
  func check(_ check: inout FieldCheck) {
    for (field, pattern) in [
      ("settings.awardee_queue_pattern", awardeeQueuePattern),
      ("settings.resource_provider_queue_pattern", resourceProviderQueuePattern),
    ] {
      check.line(field, pattern, atMost: Limits.displayNameLength, required: false)
      if NamePattern(pattern) == nil {
        check.add(field, "`\(Rejection.shown(pattern))` is no pattern; write it like `ACCESS-<TRACK>-<Purpose>`")
      }
    }
    if !timeZone.isKnown {
      check.add(
        "settings.time_zone",
        "`\(Rejection.shown(timeZone.name))` is no time zone; write it like `America/New_York`, or leave it empty for UTC")
    }
    check.lines(
      "settings.categories", categories, atMost: Limits.categoriesPerTenant, length: Limits.categoryLength)
  }
}
