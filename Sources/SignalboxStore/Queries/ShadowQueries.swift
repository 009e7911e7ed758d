package import SignalboxCore

/// The rule set in the shadow, and how it differs from the one in force.
package enum ShadowQueries {
  static func insert(_ record: ShadowRecord, of tenant: TenantID) -> Query<Void> {
    Query(
      "shadow.insert", tenant: tenant.value,
      sql: SQL(
        """
        INSERT INTO shadow_rules (tenant, hash, since, set_by, seen, different) VALUES ($1, $2, $3, $4, 0, 0)
        """),
      binds: [.blob(record.set.hash), .integer(record.since.milliseconds), .text(record.setBy.name)])
  }

  static func delete(of tenant: TenantID) -> Query<Void> {
    Query("shadow.delete", tenant: tenant.value, sql: SQL("DELETE FROM shadow_rules WHERE tenant = $1"))
  }

  static func deleteDifferences(of tenant: TenantID) -> Query<Void> {
    Query(
      "shadow.delete_differences", tenant: tenant.value, sql: SQL("DELETE FROM shadow_differences WHERE tenant = $1"))
  }

  static func count(isDifferent: Bool, of tenant: TenantID) -> Query<Void> {
    Query(
      "shadow.count", tenant: tenant.value,
      sql: SQL("UPDATE shadow_rules SET seen = seen + 1, different = different + $2 WHERE tenant = $1"),
      binds: [.integer(isDifferent ? 1 : 0)])
  }

  /// Under the number that it has just been counted with.
  static func insert(_ difference: ShadowDifference, on ticket: TicketNumber, of tenant: TenantID) -> Query<Void> {
    Query(
      "shadow.insert_difference", tenant: tenant.value,
      sql: SQL(
        """
        INSERT INTO shadow_differences (tenant, position, ticket, live_queue, shadow_queue, at)
        SELECT tenant, different, $2, $3, $4, $5 FROM shadow_rules WHERE tenant = $1
        """),
      binds: [
        .integer(ticket.value), .integer(difference.live.value), SQLValue(difference.shadow?.value),
        .integer(difference.at.milliseconds),
      ])
  }

  static func deleteOldDifferences(keeping kept: Int, of tenant: TenantID) -> Query<Void> {
    Query(
      "shadow.delete_old", tenant: tenant.value,
      sql: SQL(
        """
        DELETE FROM shadow_differences
        WHERE tenant = $1 AND position <= (SELECT s.different FROM shadow_rules s WHERE s.tenant = $1) - $2
        """),
      binds: [.integer(Int64(kept))])
  }

  /// The set that runs in the shadow.
  static func shadow(of tenant: TenantID) -> Query<ShadowRecord> {
    Query(
      "shadow.get", tenant: tenant.value,
      sql: SQL(
        """
        SELECT s.name, s.version, s.hash, s.text, s.kept_at, s.kept_by, r.since, r.set_by
        FROM shadow_rules r JOIN rule_sets s ON s.tenant = r.tenant AND s.hash = r.hash WHERE r.tenant = $1
        """)
    ) { row in
      ShadowRecord(
        set: RuleSetRecord(
          name: try row.text(0), version: try row.integer(1), hash: try row.blob(2), text: try row.text(3),
          keptAt: Timestamp(milliseconds: try row.integer(4)), keptBy: Actor(name: try row.text(5))),
        since: Timestamp(milliseconds: try row.integer(6)), setBy: Actor(name: try row.text(7)))
    }
  }

  /// New tickets since it runs, and those that differ.
  package static func counts(of tenant: TenantID) -> Query<(seen: Int64, different: Int64)> {
    Query(
      "shadow.counts", tenant: tenant.value, sql: SQL("SELECT seen, different FROM shadow_rules WHERE tenant = $1")
    ) { row in (try row.integer(0), try row.integer(1)) }
  }

  /// The kept differences by their pairs of queues, the most frequent first, each with the newest ticket.
  package static func moves(
    of tenant: TenantID, limit: Int
  ) -> Query<(live: QueueID, shadow: QueueID?, count: Int64, newest: TicketNumber)> {
    Query(
      "shadow.moves", tenant: tenant.value,
      sql: SQL(
        """
        SELECT live_queue, shadow_queue, count(*), max(ticket) FROM shadow_differences WHERE tenant = $1
        GROUP BY live_queue, shadow_queue ORDER BY count(*) DESC, live_queue, shadow_queue LIMIT $2
        """),
      binds: [.integer(Int64(limit))]
    ) { row in
      (
        QueueID(try row.integer(0)), try row.integerOrNull(1).map(QueueID.init), try row.integer(2),
        TicketNumber(try row.integer(3))
      )
    }
  }

  /// The kept differences with their numbers, the newest first; those below `position`.
  package static func page(
    of tenant: TenantID, before position: Int64?, limit: Int
  ) -> Query<(position: Int64, ticket: TicketNumber, difference: ShadowDifference)> {
    Query(
      "shadow.page", tenant: tenant.value,
      sql: SQL(
        """
        SELECT position, ticket, live_queue, shadow_queue, at FROM shadow_differences
        WHERE tenant = $1 AND position < $2 ORDER BY position DESC LIMIT $3
        """),
      binds: [.integer(position ?? Int64.max), .integer(Int64(limit))]
    ) { row in
      (
        try row.integer(0), TicketNumber(try row.integer(1)),
        ShadowDifference(
          live: QueueID(try row.integer(2)), shadow: try row.integerOrNull(3).map(QueueID.init),
          at: Timestamp(milliseconds: try row.integer(4)))
      )
    }
  }
}
