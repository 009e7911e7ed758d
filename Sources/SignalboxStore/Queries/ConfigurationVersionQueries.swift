package import SignalboxCore

/// The versions of tenants' configurations.
package enum ConfigurationVersionQueries {
  static func insert(_ version: ConfigurationVersion, of tenant: TenantID) -> Query<Void> {
    Query(
      "configuration_versions.insert", tenant: tenant.value,
      sql: SQL(
        """
        INSERT INTO configuration_versions (tenant, version, applied_by, applied_at, reason, document)
        VALUES ($1, $2, $3, $4, $5, $6)
        """),
      binds: [
        .integer(version.version.value), .text(version.appliedBy.name), .integer(version.appliedAt.milliseconds),
        .text(version.reason), .blob(version.document),
      ])
  }

  /// All but the newest.
  static func deleteOld(keeping count: Int, of tenant: TenantID) -> Query<Void> {
    Query(
      "configuration_versions.delete_old", tenant: tenant.value,
      sql: SQL(
        """
        DELETE FROM configuration_versions WHERE tenant = $1 AND version <= (
          SELECT version FROM configuration_versions WHERE tenant = $1 ORDER BY version DESC LIMIT 1 OFFSET $2)
        """),
      binds: [.integer(Int64(count))])
  }

  package static func version(_ version: Revision, of tenant: TenantID) -> Query<ConfigurationVersion> {
    Query(
      "configuration_versions.get", tenant: tenant.value,
      sql: SQL(
        """
        SELECT version, applied_by, applied_at, reason, document FROM configuration_versions
        WHERE tenant = $1 AND version = $2
        """),
      binds: [.integer(version.value)]
    ) { row in try decode(row, document: try row.blob(4)) }
  }

  package static func newest(of tenant: TenantID) -> Query<ConfigurationVersion> {
    Query(
      "configuration_versions.newest", tenant: tenant.value,
      sql: SQL(
        """
        SELECT version, applied_by, applied_at, reason, document FROM configuration_versions
        WHERE tenant = $1 ORDER BY version DESC LIMIT 1
        """)
    ) { row in try decode(row, document: try row.blob(4)) }
  }

  /// Versions below one, newest first, without their documents.
  package static func page(of tenant: TenantID, before version: Int64, limit: Int) -> Query<ConfigurationVersion> {
    Query(
      "configuration_versions.page", tenant: tenant.value,
      sql: SQL(
        """
        SELECT version, applied_by, applied_at, reason FROM configuration_versions
        WHERE tenant = $1 AND version < $2 ORDER BY version DESC LIMIT $3
        """),
      binds: [.integer(version), .integer(Int64(limit))]
    ) { row in try decode(row, document: []) }
  }

  private static func decode(_ row: borrowing Row, document: [UInt8]) throws -> ConfigurationVersion {
    ConfigurationVersion(
      version: Revision(try row.integer(0)), appliedBy: Actor(name: try row.text(1)),
      appliedAt: Timestamp(milliseconds: try row.integer(2)), reason: try row.text(3), document: document)
  }
}
