/// Replaces a tenant's settings.
package struct UpdateTenantSettings: Sendable {
  package var settings: Tenant.Settings

  package init(settings: Tenant.Settings) {
    self.settings = settings
  }

  package func decide(in situation: Situation) throws(Rejection) -> Decided<Tenant> {
    var check = FieldCheck()
    settings.check(&check)
    try check.finish()
    var tenant = situation.configuration.tenant
    let before = tenant.settings
    tenant.settings = settings
    var changes: [Event.FieldChange] = []
    if before.awardeeQueuePattern != settings.awardeeQueuePattern {
      changes.append(
        Event.FieldChange("awardee_queue_pattern", from: before.awardeeQueuePattern, to: settings.awardeeQueuePattern))
    }
    if before.resourceProviderQueuePattern != settings.resourceProviderQueuePattern {
      changes.append(
        Event.FieldChange(
          "resource_provider_queue_pattern", from: before.resourceProviderQueuePattern,
          to: settings.resourceProviderQueuePattern))
    }
    if before.categories != settings.categories {
      changes.append(
        Event.FieldChange(
          "categories", from: before.categories.joined(separator: "; "),
          to: settings.categories.joined(separator: "; ")))
    }
    return Decided(
      tenant,
      Plan(
        changes: [.updateTenantSettings(settings)],
        event: Event(.tenantSettingsChanged, subject: tenant.name, changes: changes)))
  }
}
