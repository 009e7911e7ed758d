import SignalboxCore
import SignalboxStore
import Testing

/// Data of an older schema after the steps since.
struct SchemaTests {
  private static let old: [SQL] = [
    """
    INSERT INTO tenants (id, name, display_name, awardee_queue_pattern, created_at) VALUES (1, 'one', 'One', 'A-<B>', 5)
    """,
    "INSERT INTO tenant_revisions (tenant, revision, configuration_revision) VALUES (1, 9, 7)",
    """
    INSERT INTO queues (tenant, id, name, kind, organization, description, default_assignee, state) VALUES
      (1, 5, 'Delta', 'internal', 3, '', NULL, 'retired'), (1, 6, 'Delta', 'internal', 3, '', NULL, 'requested')
    """,
    """
    INSERT INTO tokens (tenant, id, name, role, person, created_at, revoked, secret_hash) VALUES
      (1, 3, 'old', 'viewer', NULL, 5, 1, x'01'), (1, 4, 'new', 'viewer', NULL, 5, 0, x'02')
    """,
    """
    INSERT INTO queue_registrations (tenant, id, state, asked_by, asked_at, decided_by, decided_at, answer) VALUES
      (1, 5, 'approved', 'ada', 50, 'boss', 70, ''), (1, 6, 'declined', 'ada', 60, 'boss', 80, 'no')
    """,
    """
    INSERT INTO events (tenant, revision, kind, ticket, ticket_version, queue_before, queue_after, actor, at, subject,
      reason) VALUES
      (1, 5, 'queue.registered', NULL, 0, NULL, NULL, 'ada', 50, 'Delta', ''),
      (1, 6, 'queue.registered', NULL, 0, NULL, NULL, 'ada', 60, 'Delta', ''),
      (1, 7, 'queue.approved', NULL, 0, NULL, 5, 'boss', 70, 'Delta', ''),
      (1, 8, 'queue.declined', NULL, 0, NULL, NULL, 'boss', 80, 'Delta', 'no'),
      (1, 9, 'queue.retired', NULL, 0, 5, NULL, 'boss', 90, 'Delta', '')
    """,
  ]

  /// Watchers of queues that there are were told until then and are still; those of registrations wait for an approval.
  @Test func watchersOfAnOlderSchemaAreToldAsBefore() async throws {
    try await withFolder { folder in
      let path = folder + "/tickets.db"
      let older = try SQLiteDatabase(at: .file(path), migrations: Array(Schema.migrations.prefix(5)))
      try await older.write { transaction in
        for sql in Self.old { try transaction.run(Query(acrossTenants: "old", sql: sql)) }
        let watchers: SQL = """
          INSERT INTO queue_watchers (tenant, queue, position, person, address) VALUES
            (1, 5, 0, 4, NULL), (1, 5, 1, NULL, 'w@example.org'), (1, 6, 0, NULL, 'w@example.org')
          """
        try transaction.run(Query(acrossTenants: "old", sql: watchers))
      }
      await older.close()

      let database = try SQLiteDatabase(at: .file(path), migrations: Schema.migrations)
      let watchers = try await database.read { snapshot in
        try RegistrationQueries.registrations(of: TenantID(1), after: 0, state: nil, limit: 9, in: snapshot)
          .map(\.queue.watchers)
      }
      let (asked, approved) = (Actor(name: "ada"), Actor(name: "boss"))
      #expect(
        watchers == [
          [
            Watcher(.person(PersonID(4)), addedBy: asked, addedAt: Timestamp(milliseconds: 50)),
            Watcher(
              .address("w@example.org"), addedBy: asked, addedAt: Timestamp(milliseconds: 50), confirmedBy: approved,
              confirmedAt: Timestamp(milliseconds: 70)),
          ],
          [Watcher(.address("w@example.org"), addedBy: asked, addedAt: Timestamp(milliseconds: 60))],
        ])
      #expect(watchers.joined().map(\.state) == [.active, .active, .pending])
      #expect(try await database.checkIntegrity().isEmpty)
      await database.close()
    }
  }

  @Test func registrationsOfTheFirstSchemaHaveTheirHistory() async throws {
    try await withFolder { folder in
      let path = folder + "/tickets.db"
      let older = try SQLiteDatabase(at: .file(path), migrations: Array(Schema.migrations.prefix(1)))
      try await older.write { transaction in
        for sql in Self.old { try transaction.run(Query(acrossTenants: "old", sql: sql)) }
      }
      await older.close()

      let database = try SQLiteDatabase(at: .file(path), migrations: Schema.migrations)
      let (tenant, queues, registrations, histories) = try await database.read { snapshot in
        let configuration = try ConfigurationQueries.configuration(
          of: TenantID(1), version: Revision(7), in: snapshot)
        let registrations = try RegistrationQueries.registrations(
          of: TenantID(1), after: 0, state: nil, limit: 9, in: snapshot)
        let histories = try registrations.map { registration in
          try snapshot.all(
            EventQueries.history(of: registration.id, tenant: TenantID(1), after: Revision(0), limit: 9)
          ).map(\.revision.value)
        }
        return (configuration?.tenant, configuration?.queues.values.map(\.redirect), registrations, histories)
      }
      #expect(tenant?.settings == .init(awardeeQueuePattern: "A-<B>"))
      // What is counted with each change was counted once: of two tokens one is revoked, and no registration is open.
      let revisions = try await database.read { try $0.first(TenantQueries.revisions(of: TenantID(1))) }
      #expect(revisions?.usage == Usage(tokens: 1))
      #expect(queues == [nil])
      #expect(registrations.map(\.state) == [.approved, .declined])
      #expect(registrations.allSatisfy { !$0.isAdditional })
      #expect(histories == [[5, 7], [6, 8]])
      #expect(try await database.checkIntegrity().isEmpty)
      await database.close()
    }
  }

  /// They have been where they are since they were created, and their comments are counted; all are to be looked at for
  /// rules of `escalate`.
  @Test func ticketsOfAnOlderSchemaHaveTheirPlace() async throws {
    try await withFolder { folder in
      let path = folder + "/tickets.db"
      let older = try SQLiteDatabase(at: .file(path), migrations: Array(Schema.migrations.prefix(12)))
      try await older.write { transaction in
        for sql in Self.old + Self.oldTickets { try transaction.run(Query(acrossTenants: "old", sql: sql)) }
      }
      await older.close()

      let database = try SQLiteDatabase(at: .file(path), migrations: Schema.migrations)
      let (ticket, sweep) = try await database.read { snapshot in
        (
          try snapshot.first(TicketQueries.ticket(TicketNumber(3), of: TenantID(1))),
          try snapshot.first(EscalationQueries.nextSweep(after: TenantID(0)))
        )
      }
      #expect(ticket?.placement == TicketPlacement(since: Timestamp(milliseconds: 70)))
      #expect(ticket?.commentCount == 2 && ticket?.type == "" && ticket?.escalateAt == nil)
      #expect(sweep == TenantID(1))
      await database.close()
    }
  }

  private static let oldTickets: [SQL] = [
    """
    INSERT INTO tickets (tenant, number, version, queue, assignee, status, priority, created_at, updated_at, requester,
      channel, category, resource, tags, subject, unassigned_reason, referrers, body)
    VALUES (1, 3, 1, 5, NULL, 1, 2, 70, 80, '', 'web', '', '', '', 's', '', '', 'b')
    """,
    """
    INSERT INTO ticket_comments (tenant, ticket, number, author, at, internal, body) VALUES
      (1, 3, 4, 'a', 71, 0, 'x'), (1, 3, 5, 'a', 72, 1, 'y'), (1, 3, 6, 'a', 73, 0, 'z')
    """,
  ]
}
