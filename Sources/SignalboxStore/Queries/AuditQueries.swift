package import SignalboxCore

/// The audit: all events of a tenant with where they came from and the hashes that chain them.
package enum AuditQueries {
  /// A tenant's rows after a revision, oldest first.
  package static func page(of tenant: TenantID, after revision: Revision, limit: Int) -> Query<AuditRecord> {
    Query(
      "audit.page", tenant: tenant.value,
      sql: SQL(
        """
        SELECT revision, kind, ticket, ticket_version, queue_before, queue_after, actor, source, at, subject, reason,
          changes, decision, registration, hash
        FROM events WHERE tenant = $1 AND revision > $2 ORDER BY revision LIMIT $3
        """),
      binds: [.integer(revision.value), .integer(Int64(limit))]
    ) { row in try AuditRecord(row) }
  }

  /// Chains events that were committed before there was a chain, a part at a time. Called when the server starts, before
  /// anything is committed, until it answers nil.
  ///
  /// - Parameter place: The last row that was chained and its hash; nil at the beginning.
  /// - Returns: Where to go on; nil when the tenant is chained to its end.
  package static func seal(
    _ tenant: TenantID, after place: (revision: Revision, hash: [UInt8])?, limit: Int, digest: AuditDigest,
    in transaction: any Transaction
  ) throws -> (revision: Revision, hash: [UInt8])? {
    guard let revisions = try transaction.first(TenantQueries.revisions(of: tenant)), revisions.auditHash.isEmpty,
      revisions.revision > Revision(0)
    else { return nil }
    var (revision, hash) = place ?? (Revision(0), [])
    for var record in try transaction.all(page(of: tenant, after: revision, limit: limit)) {
      record.chain(after: hash, in: tenant, digest)
      (revision, hash) = (record.revision, record.hash)
      try transaction.run(setHash(hash, at: revision, of: tenant))
    }
    guard revision == revisions.revision else {
      // No progress would mean that the last event is missing; the export will show it.
      guard revision > (place?.revision ?? Revision(0)) else { return nil }
      return (revision, hash)
    }
    try transaction.run(
      TenantQueries.raiseRevision(
        of: tenant, to: revision, configuration: revisions.configuration, auditHash: hash, more: Usage()))
    return nil
  }

  private static func setHash(_ hash: [UInt8], at revision: Revision, of tenant: TenantID) -> Query<Void> {
    Query(
      "audit.set_hash", tenant: tenant.value,
      sql: SQL("UPDATE events SET hash = $3 WHERE tenant = $1 AND revision = $2"),
      binds: [.integer(revision.value), .blob(hash)])
  }
}
