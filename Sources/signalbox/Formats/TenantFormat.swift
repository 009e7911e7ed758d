import SignalboxClient

enum TenantFormat {
  static func one(_ tenant: Tenant) -> Shown {
    .one(tenant, id: tenant.name) { style in
      var sheet = FactSheet()
      sheet.add("name", tenant.name)
      sheet.add("display name", tenant.displayName)
      sheet.add(
        "awardee queues", tenant.settings.awardeeQueuePattern.isEmpty ? "any name" : tenant.settings.awardeeQueuePattern
      )
      sheet.add(
        "provider queues",
        tenant.settings.resourceProviderQueuePattern.isEmpty
          ? "any name" : tenant.settings.resourceProviderQueuePattern)
      sheet.add("time zone", tenant.settings.timeZone.isEmpty ? "UTC" : tenant.settings.timeZone)
      sheet.add("created", Instant.text(milliseconds: tenant.createdAtMs))
      sheet.add("revision", "\(tenant.revision)")
      sheet.add("categories", tenant.settings.categories.isEmpty ? "any" : "\(tenant.settings.categories.count)")
      for quota in tenant.quotas { sheet.add("quota", "\(quota.name) \(quota.value == 0 ? "none" : "\(quota.value)")") }
      // A category may hold a comma, so each has a line of its own.
      return sheet.rendered(style) + tenant.settings.categories.map { "  \(SafeText.line($0))\n" }.joined()
    }
  }

  static func many(_ tenants: [Tenant]) -> Shown {
    .many(tenants, id: \.name) { style in
      var table = Table("NAME", "REVISION", "CREATED", "DISPLAY NAME")
      for tenant in tenants {
        table.add(tenant.name, "\(tenant.revision)", Instant.text(milliseconds: tenant.createdAtMs), tenant.displayName)
      }
      return table.rendered(style)
    }
  }
}
