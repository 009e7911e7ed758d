package import SignalboxCore

/// Tenants, their settings and their revisions.
package enum TenantQueries {
  package struct Revisions: Equatable, Sendable {
    /// The last change of the tenant.
    package var revision: Revision
    /// The last change of what decisions look at.
    package var configuration: Revision
    /// Hash of the last change's event, to which the next one is chained; empty before the first.
    package var auditHash: [UInt8]
    package var usage: Usage

    package init(revision: Revision, configuration: Revision, auditHash: [UInt8], usage: Usage = Usage()) {
      self.revision = revision
      self.configuration = configuration
      self.auditHash = auditHash
      self.usage = usage
    }
  }

  /// One read tells whether what a process has in memory of a tenant is still current.
  package static func revisions(of tenant: TenantID) -> Query<Revisions> {
    Query(
      "tenants.revisions", tenant: tenant.value,
      sql: SQL(
        """
        SELECT revision, configuration_revision, audit_hash, tickets, tokens, open_registrations
        FROM tenant_revisions WHERE tenant = $1
        """)
    ) { row in
      Revisions(
        revision: Revision(try row.integer(0)), configuration: Revision(try row.integer(1)),
        auditHash: try row.blobOrNull(2) ?? [],
        usage: Usage(
          tickets: try row.integer(3), tokens: try row.integer(4), openRegistrations: try row.integer(5)))
    }
  }

  static func insertRevisions(of tenant: TenantID) -> Query<Void> {
    Query(
      "tenants.insert_revisions", tenant: tenant.value,
      sql: SQL("INSERT INTO tenant_revisions (tenant, revision, configuration_revision) VALUES ($1, 0, 0)"))
  }

  /// - Parameter more: By how much what the tenant has has grown.
  static func raiseRevision(
    of tenant: TenantID, to revision: Revision, configuration: Revision, auditHash: [UInt8], more: Usage
  ) -> Query<Void> {
    Query(
      "tenants.raise_revision", tenant: tenant.value,
      sql: SQL(
        """
        UPDATE tenant_revisions SET revision = $2, configuration_revision = $3, audit_hash = $4,
          tickets = tickets + $5, tokens = tokens + $6, open_registrations = open_registrations + $7
        WHERE tenant = $1
        """),
      binds: [
        .integer(revision.value), .integer(configuration.value), .blob(auditHash), .integer(more.tickets),
        .integer(more.tokens), .integer(more.openRegistrations),
      ])
  }

  static func insert(_ tenant: Tenant) -> Query<Void> {
    Query(
      "tenants.insert", tenant: tenant.id.value,
      sql: SQL(
        """
        INSERT INTO tenants (
          id, name, display_name, awardee_queue_pattern, resource_provider_queue_pattern, created_at, time_zone)
        VALUES ($1, $2, $3, $4, $5, $6, $7)
        """),
      binds: [
        .text(tenant.name), .text(tenant.displayName), .text(tenant.settings.awardeeQueuePattern),
        .text(tenant.settings.resourceProviderQueuePattern), .integer(tenant.createdAt.milliseconds),
        .text(tenant.settings.timeZone.name),
      ])
  }

  /// All but the categories, which have rows of their own.
  static func updateSettings(_ settings: Tenant.Settings, of tenant: TenantID) -> Query<Void> {
    Query(
      "tenants.update_settings", tenant: tenant.value,
      sql: SQL(
        """
        UPDATE tenants SET awardee_queue_pattern = $2, resource_provider_queue_pattern = $3, time_zone = $4
        WHERE id = $1
        """),
      binds: [
        .text(settings.awardeeQueuePattern), .text(settings.resourceProviderQueuePattern),
        .text(settings.timeZone.name),
      ])
  }

  static func deleteCategories(of tenant: TenantID) -> Query<Void> {
    Query(
      "tenants.delete_categories", tenant: tenant.value,
      sql: SQL("DELETE FROM tenant_categories WHERE tenant = $1"))
  }

  static func insertCategory(_ category: String, at position: Int, of tenant: TenantID) -> Query<Void> {
    Query(
      "tenants.insert_category", tenant: tenant.value,
      sql: SQL("INSERT INTO tenant_categories (tenant, position, category) VALUES ($1, $2, $3)"),
      binds: [.integer(Int64(position)), .text(category)])
  }

  private static func categories(of tenant: TenantID) -> Query<String> {
    Query(
      "tenants.categories", tenant: tenant.value,
      sql: SQL("SELECT category FROM tenant_categories WHERE tenant = $1 ORDER BY position")
    ) { row in try row.text(0) }
  }

  private static func decode(_ row: borrowing Row) throws -> Tenant {
    Tenant(
      id: TenantID(try row.integer(0)), name: try row.text(1), displayName: try row.text(2),
      settings: Tenant.Settings(
        awardeeQueuePattern: try row.text(3), resourceProviderQueuePattern: try row.text(5),
        timeZone: TimeZones.named(try row.text(6))),
      createdAt: Timestamp(milliseconds: try row.integer(4)))
  }

  /// The tenant with its settings, or nil.
  package static func tenant(_ id: TenantID, in snapshot: any Snapshot) throws -> Tenant? {
    let query = Query(
      "tenants.get", tenant: id.value,
      sql: SQL(
        """
        SELECT id, name, display_name, awardee_queue_pattern, created_at, resource_provider_queue_pattern, time_zone
        FROM tenants WHERE id = $1
        """),
      decode: decode)
    guard var tenant = try snapshot.first(query) else { return nil }
    tenant.settings.categories = try snapshot.all(categories(of: id))
    for (name, value) in try snapshot.all(quotas(of: id)) {
      if let quota = Quota(rawValue: name) { tenant.quotas[quota] = Int(clamping: value) }
    }
    return tenant
  }

  private static func quotas(of tenant: TenantID) -> Query<(String, Int64)> {
    Query(
      "tenants.quotas", tenant: tenant.value,
      sql: SQL("SELECT name, value FROM tenant_quotas WHERE tenant = $1 ORDER BY name")
    ) { row in (try row.text(0), try row.integer(1)) }
  }

  /// Writes the tenant's quotas anew.
  static func put(_ quotas: Quotas, of tenant: TenantID, in transaction: any Transaction) throws {
    try transaction.run(
      Query<Void>(
        "tenants.delete_quotas", tenant: tenant.value, sql: SQL("DELETE FROM tenant_quotas WHERE tenant = $1")))
    for (quota, value) in quotas.list {
      try transaction.run(
        Query<Void>(
          "tenants.insert_quota", tenant: tenant.value,
          sql: SQL("INSERT INTO tenant_quotas (tenant, name, value) VALUES ($1, $2, $3)"),
          binds: [.text(quota.rawValue), .integer(Int64(value))]))
    }
  }

  package static func id(named name: String) -> Query<TenantID> {
    Query(
      acrossTenants: "tenants.id", sql: SQL("SELECT id FROM tenants WHERE name = $1"),
      binds: [.text(name)]
    ) { row in TenantID(try row.integer(0)) }
  }

  /// Ids of tenants after an id, oldest first; the system tenant is not listed.
  package static func page(after id: Int64, limit: Int) -> Query<TenantID> {
    Query(
      acrossTenants: "tenants.page",
      sql: SQL("SELECT id FROM tenants WHERE id > $1 AND id <> 0 ORDER BY id LIMIT $2"),
      binds: [.integer(id), .integer(Int64(limit))]
    ) { row in TenantID(try row.integer(0)) }
  }

  /// The tenant after another one, for timers; nil: the first, which is the system's.
  package static func next(after tenant: TenantID?) -> Query<TenantID> {
    Query(
      acrossTenants: "tenants.next", sql: SQL("SELECT id FROM tenants WHERE id > $1 ORDER BY id LIMIT 1"),
      binds: [.integer(tenant?.value ?? -1)]
    ) { row in TenantID(try row.integer(0)) }
  }

  /// Every tenant's name and number, read in parts of which each fits a query.
  package static func names(in snapshot: any Snapshot) throws -> [(name: String, id: TenantID)] {
    try snapshot.parts { last, limit in
      Query(
        acrossTenants: "tenants.names", sql: SQL("SELECT name, id FROM tenants WHERE id > $1 ORDER BY id LIMIT $2"),
        binds: [.integer(last.map(\.id.value) ?? -1), .integer(Int64(limit))]
      ) { row in (try row.text(0), TenantID(try row.integer(1))) }
    }
  }

  /// The quotas of every tenant for which some are set.
  package static func allQuotas(in snapshot: any Snapshot) throws -> [TenantID: Quotas] {
    let rows: [(tenant: Int64, name: String, value: Int64)] = try snapshot.parts { last, limit in
      Query(
        acrossTenants: "tenants.all_quotas",
        sql: SQL(
          """
          SELECT tenant, name, value FROM tenant_quotas WHERE (tenant, name) > ($1, $2) ORDER BY tenant, name LIMIT $3
          """),
        binds: [.integer(last?.tenant ?? -1), .text(last?.name ?? ""), .integer(Int64(limit))]
      ) { row in (try row.integer(0), try row.text(1), try row.integer(2)) }
    }
    var all: [TenantID: Quotas] = [:]
    for row in rows {
      guard let quota = Quota(rawValue: row.name) else { continue }
      all[TenantID(row.tenant), default: Quotas()][quota] = Int(clamping: row.value)
    }
    return all
  }

  package static func serverKey(_ purpose: String) -> Query<[UInt8]> {
    Query(
      acrossTenants: "server_keys.get",
      sql: SQL("SELECT key_bytes FROM server_keys WHERE purpose = $1"), binds: [.text(purpose)]
    ) { row in try row.blob(0) }
  }

  package static func insertServerKey(_ purpose: String, _ key: [UInt8]) -> Query<Void> {
    Query(
      acrossTenants: "server_keys.insert",
      sql: SQL("INSERT INTO server_keys (purpose, key_bytes) VALUES ($1, $2)"), binds: [.text(purpose), .blob(key)])
  }
}
