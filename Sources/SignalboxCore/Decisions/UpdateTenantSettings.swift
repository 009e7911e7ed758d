/// Replaces a tenant's settings; a system admin also its quotas.
package struct UpdateTenantSettings: Sendable {
  /// All of them; nil: they stay as they are.
  package var settings: Tenant.Settings?
  /// By name, all that are to differ from the server's standard; nil: they stay as they are.
  package var quotas: [(name: String, value: UInt64)]?

  package init(settings: Tenant.Settings?, quotas: [(name: String, value: UInt64)]? = nil) {
    self.settings = settings
    self.quotas = quotas
  }

  package func decide(in situation: Situation) throws(Rejection) -> Decided<Tenant> {
    var check = FieldCheck()
    settings?.check(&check)
    let wanted = checkQuotas(&check)
    try check.finish()
    var tenant = situation.configuration.tenant
    let before = tenant.settings
    let settings = settings ?? before
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
    if before.timeZone != settings.timeZone {
      changes.append(Event.FieldChange("time_zone", from: before.timeZone.name, to: settings.timeZone.name))
    }
    var planned: [Change] = self.settings.map { [.updateTenantSettings($0)] } ?? []
    if let wanted, wanted != tenant.quotas {
      guard situation.principal.role == .systemAdmin else {
        throw Rejection(.notPermitted, "a tenant's quotas are set by a system admin; ask one, or leave `quotas` out")
      }
      changes += wanted.changes(from: tenant.quotas)
      tenant.quotas = wanted
      planned.append(.updateTenantQuotas(wanted))
    }
    return Decided(
      tenant,
      Plan(changes: planned, event: Event(.tenantSettingsChanged, subject: tenant.name, changes: changes)))
  }

  private func checkQuotas(_ check: inout FieldCheck) -> Quotas? {
    guard let quotas else { return nil }
    var wanted = Quotas()
    for (name, value) in quotas.prefix(Quota.allCases.count + 1) {
      guard let quota = Quota(rawValue: name) else {
        let names = Quota.allCases.map(\.rawValue)
        let advice =
          Suggestion.nearest(to: name, in: names).map { "did you mean `\($0)`?" }
          ?? "the quotas are \(names.joined(separator: ", "))"
        check.add("quotas", "`\(Rejection.shown(name))` is no quota; \(advice)")
        continue
      }
      if wanted[quota] != nil { check.add("quotas", "names `\(name)` twice") }
      if value > UInt64(quota.most) { check.add("quotas", "`\(name)` is \(value), at most \(quota.most) can be set") }
      wanted[quota] = Int(clamping: value)
    }
    check.count("quotas", quotas.count, atMost: Quota.allCases.count)
    return wanted
  }
}

extension Quotas {
  fileprivate func changes(from before: Quotas) -> [Event.FieldChange] {
    Quota.allCases.filter { self[$0] != before[$0] }.map { quota in
      Event.FieldChange(quota.rawValue, from: before[quota].map(String.init), to: self[quota].map(String.init))
    }
  }
}
