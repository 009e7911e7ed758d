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

    package init(revision: Revision, configuration: Revision, auditHash: [UInt8]) {
      self.revision = revision
      self.configuration = configuration
      self.auditHash = auditHash
    }
  }

  /// One read tells whether what a process has in memory of a tenant is still current.
  package static func revisions(of tenant: TenantID) -> Query<Revisions> {
    Query(
      "tenants.revisions", tenant: tenant.value,
      sql: SQL("SELECT revision, configuration_revision, audit_hash FROM tenant_revisions WHERE tenant = $1")
    ) { row in
      Revisions(
        revision: Revision(try row.integer(0)), configuration: Revision(try row.integer(1)),
        auditHash: try row.blobOrNull(2) ?? [])
    }
  }

  static func insertRevisions(of tenant: TenantID) -> Query<Void> {
    Query(
      "tenants.insert_revisions", tenant: tenant.value,
      sql: SQL("INSERT INTO tenant_revisions (tenant, revision, configuration_revision) VALUES ($1, 0, 0)"))
  }

  static func raiseRevision(
    of tenant: TenantID, to revision: Revision, configuration: Revision, auditHash: [UInt8]
  ) -> Query<Void> {
    Query(
      "tenants.raise_revision", tenant: tenant.value,
      sql: SQL(
        "UPDATE tenant_revisions SET revision = $2, configuration_revision = $3, audit_hash = $4 WHERE tenant = $1"),
      binds: [.integer(revision.value), .integer(configuration.value), .blob(auditHash)])
  }

  static func insert(_ tenant: Tenant) -> Query<Void> {
    Query(
      "tenants.insert", tenant: tenant.id.value,
      sql: SQL(
        """
        INSERT INTO tenants (id, name, display_name, awardee_queue_pattern, resource_provider_queue_pattern, created_at)
        VALUES ($1, $2, $3, $4, $5, $6)
        """),
      binds: [
        .text(tenant.name), .text(tenant.displayName), .text(tenant.settings.awardeeQueuePattern),
        .text(tenant.settings.resourceProviderQueuePattern), .integer(tenant.createdAt.milliseconds),
      ])
  }

  static func updatePatterns(_ settings: Tenant.Settings, of tenant: TenantID) -> Query<Void> {
    Query(
      "tenants.update_patterns", tenant: tenant.value,
      sql: SQL("UPDATE tenants SET awardee_queue_pattern = $2, resource_provider_queue_pattern = $3 WHERE id = $1"),
      binds: [.text(settings.awardeeQueuePattern), .text(settings.resourceProviderQueuePattern)])
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
      settings: Tenant.Settings(awardeeQueuePattern: try row.text(3), resourceProviderQueuePattern: try row.text(5)),
      createdAt: Timestamp(milliseconds: try row.integer(4)))
  }

  /// The tenant with its settings, or nil.
  package static func tenant(_ id: TenantID, in snapshot: any Snapshot) throws -> Tenant? {
    let query = Query(
      "tenants.get", tenant: id.value,
      sql: SQL(
        """
        SELECT id, name, display_name, awardee_queue_pattern, created_at, resource_provider_queue_pattern
        FROM tenants WHERE id = $1
        """),
      decode: decode)
    guard var tenant = try snapshot.first(query) else { return nil }
    tenant.settings.categories = try snapshot.all(categories(of: id))
    return tenant
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

  /// Every tenant's name; read once, when the server starts.
  package static var names: Query<(name: String, id: TenantID)> {
    Query(acrossTenants: "tenants.names", sql: SQL("SELECT name, id FROM tenants")) { row in
      (try row.text(0), TenantID(try row.integer(1)))
    }
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
