/// Tenants, people, queues, rules, tickets, and what every change leaves behind: event, outbox row, idempotency record.
///
/// Every primary key begins with the tenant. Tables whose rows are small are clustered on their key; tickets are not,
/// because a clustered SQLite row of more than a quarter of a page costs an overflow page of its own.
extension Migration {
  static let foundation = Migration(version: 1, name: "foundation", statements: foundationTables + foundationIndexes)

  private static let foundationTables: [SQL] = [
    // Secrets of the installation, such as the one that authenticates cursors.
    SQL(
      sqlite: """
        CREATE TABLE server_keys (
          purpose TEXT NOT NULL, key_bytes BLOB NOT NULL, PRIMARY KEY (purpose)
        ) STRICT, WITHOUT ROWID
        """,
      postgres: """
        CREATE TABLE server_keys (
          purpose TEXT NOT NULL, key_bytes BYTEA NOT NULL, PRIMARY KEY (purpose)
        )
        """),
    SQL(
      sqlite: """
        CREATE TABLE tenants (
          id INTEGER NOT NULL, name TEXT NOT NULL, display_name TEXT NOT NULL,
          awardee_queue_pattern TEXT NOT NULL, created_at INTEGER NOT NULL, PRIMARY KEY (id)
        ) STRICT, WITHOUT ROWID
        """,
      postgres: """
        CREATE TABLE tenants (
          id BIGINT NOT NULL, name TEXT NOT NULL, display_name TEXT NOT NULL,
          awardee_queue_pattern TEXT NOT NULL, created_at BIGINT NOT NULL, PRIMARY KEY (id)
        )
        """),
    SQL(
      sqlite: """
        CREATE TABLE tenant_categories (
          tenant INTEGER NOT NULL, position INTEGER NOT NULL, category TEXT NOT NULL,
          PRIMARY KEY (tenant, position)
        ) STRICT, WITHOUT ROWID
        """,
      postgres: """
        CREATE TABLE tenant_categories (
          tenant BIGINT NOT NULL, position BIGINT NOT NULL, category TEXT NOT NULL,
          PRIMARY KEY (tenant, position)
        )
        """),
    // Apart from `tenants`, since every change rewrites this row.
    SQL(
      sqlite: """
        CREATE TABLE tenant_revisions (
          tenant INTEGER NOT NULL, revision INTEGER NOT NULL, configuration_revision INTEGER NOT NULL,
          PRIMARY KEY (tenant)
        ) STRICT, WITHOUT ROWID
        """,
      postgres: """
        CREATE TABLE tenant_revisions (
          tenant BIGINT NOT NULL, revision BIGINT NOT NULL, configuration_revision BIGINT NOT NULL,
          PRIMARY KEY (tenant)
        )
        """),
    SQL(
      sqlite: """
        CREATE TABLE organizations (
          tenant INTEGER NOT NULL, id INTEGER NOT NULL, name TEXT NOT NULL, kind TEXT NOT NULL,
          display_name TEXT NOT NULL, PRIMARY KEY (tenant, id)
        ) STRICT, WITHOUT ROWID
        """,
      postgres: """
        CREATE TABLE organizations (
          tenant BIGINT NOT NULL, id BIGINT NOT NULL, name TEXT NOT NULL, kind TEXT NOT NULL,
          display_name TEXT NOT NULL, PRIMARY KEY (tenant, id)
        )
        """),
    SQL(
      sqlite: """
        CREATE TABLE people (
          tenant INTEGER NOT NULL, id INTEGER NOT NULL, handle TEXT NOT NULL, display_name TEXT NOT NULL,
          email TEXT NOT NULL, organization INTEGER, PRIMARY KEY (tenant, id)
        ) STRICT, WITHOUT ROWID
        """,
      postgres: """
        CREATE TABLE people (
          tenant BIGINT NOT NULL, id BIGINT NOT NULL, handle TEXT NOT NULL, display_name TEXT NOT NULL,
          email TEXT NOT NULL, organization BIGINT, PRIMARY KEY (tenant, id)
        )
        """),
    SQL(
      sqlite: """
        CREATE TABLE tokens (
          tenant INTEGER NOT NULL, id INTEGER NOT NULL, name TEXT NOT NULL, role TEXT NOT NULL, person INTEGER,
          created_at INTEGER NOT NULL, revoked INTEGER NOT NULL, secret_hash BLOB NOT NULL,
          PRIMARY KEY (tenant, id)
        ) STRICT, WITHOUT ROWID
        """,
      postgres: """
        CREATE TABLE tokens (
          tenant BIGINT NOT NULL, id BIGINT NOT NULL, name TEXT NOT NULL, role TEXT NOT NULL, person BIGINT,
          created_at BIGINT NOT NULL, revoked BIGINT NOT NULL, secret_hash BYTEA NOT NULL,
          PRIMARY KEY (tenant, id)
        )
        """),
    // A registration's queue stands here from the asking on, in state `requested`.
    SQL(
      sqlite: """
        CREATE TABLE queues (
          tenant INTEGER NOT NULL, id INTEGER NOT NULL, name TEXT NOT NULL, kind TEXT NOT NULL,
          organization INTEGER NOT NULL, description TEXT NOT NULL, default_assignee INTEGER,
          state TEXT NOT NULL, PRIMARY KEY (tenant, id)
        ) STRICT, WITHOUT ROWID
        """,
      postgres: """
        CREATE TABLE queues (
          tenant BIGINT NOT NULL, id BIGINT NOT NULL, name TEXT NOT NULL, kind TEXT NOT NULL,
          organization BIGINT NOT NULL, description TEXT NOT NULL, default_assignee BIGINT,
          state TEXT NOT NULL, PRIMARY KEY (tenant, id)
        )
        """),
    SQL(
      sqlite: """
        CREATE TABLE queue_agents (
          tenant INTEGER NOT NULL, queue INTEGER NOT NULL, position INTEGER NOT NULL, person INTEGER NOT NULL,
          PRIMARY KEY (tenant, queue, position)
        ) STRICT, WITHOUT ROWID
        """,
      postgres: """
        CREATE TABLE queue_agents (
          tenant BIGINT NOT NULL, queue BIGINT NOT NULL, position BIGINT NOT NULL, person BIGINT NOT NULL,
          PRIMARY KEY (tenant, queue, position)
        )
        """),
    // Either a person or a bare address.
    SQL(
      sqlite: """
        CREATE TABLE queue_watchers (
          tenant INTEGER NOT NULL, queue INTEGER NOT NULL, position INTEGER NOT NULL, person INTEGER,
          address TEXT, PRIMARY KEY (tenant, queue, position)
        ) STRICT, WITHOUT ROWID
        """,
      postgres: """
        CREATE TABLE queue_watchers (
          tenant BIGINT NOT NULL, queue BIGINT NOT NULL, position BIGINT NOT NULL, person BIGINT, address TEXT,
          PRIMARY KEY (tenant, queue, position)
        )
        """),
    SQL(
      sqlite: """
        CREATE TABLE queue_keywords (
          tenant INTEGER NOT NULL, queue INTEGER NOT NULL, position INTEGER NOT NULL, keyword TEXT NOT NULL,
          PRIMARY KEY (tenant, queue, position)
        ) STRICT, WITHOUT ROWID
        """,
      postgres: """
        CREATE TABLE queue_keywords (
          tenant BIGINT NOT NULL, queue BIGINT NOT NULL, position BIGINT NOT NULL, keyword TEXT NOT NULL,
          PRIMARY KEY (tenant, queue, position)
        )
        """),
    // The id is the queue's.
    SQL(
      sqlite: """
        CREATE TABLE queue_registrations (
          tenant INTEGER NOT NULL, id INTEGER NOT NULL, state TEXT NOT NULL, asked_by TEXT NOT NULL,
          asked_at INTEGER NOT NULL, decided_by TEXT, decided_at INTEGER, answer TEXT NOT NULL,
          PRIMARY KEY (tenant, id)
        ) STRICT, WITHOUT ROWID
        """,
      postgres: """
        CREATE TABLE queue_registrations (
          tenant BIGINT NOT NULL, id BIGINT NOT NULL, state TEXT NOT NULL, asked_by TEXT NOT NULL,
          asked_at BIGINT NOT NULL, decided_by TEXT, decided_at BIGINT, answer TEXT NOT NULL,
          PRIMARY KEY (tenant, id)
        )
        """),
    SQL(
      sqlite: """
        CREATE TABLE rule_sets (
          tenant INTEGER NOT NULL, hash BLOB NOT NULL, name TEXT NOT NULL, version INTEGER NOT NULL,
          text TEXT NOT NULL, PRIMARY KEY (tenant, hash)
        ) STRICT
        """,
      postgres: """
        CREATE TABLE rule_sets (
          tenant BIGINT NOT NULL, hash BYTEA NOT NULL, name TEXT NOT NULL, version BIGINT NOT NULL,
          text TEXT NOT NULL, PRIMARY KEY (tenant, hash)
        )
        """),
    // The last one of a tenant is in force.
    SQL(
      sqlite: """
        CREATE TABLE rule_activations (
          tenant INTEGER NOT NULL, revision INTEGER NOT NULL, hash BLOB NOT NULL,
          activated_at INTEGER NOT NULL, activated_by TEXT NOT NULL, PRIMARY KEY (tenant, revision)
        ) STRICT
        """,
      postgres: """
        CREATE TABLE rule_activations (
          tenant BIGINT NOT NULL, revision BIGINT NOT NULL, hash BYTEA NOT NULL, activated_at BIGINT NOT NULL,
          activated_by TEXT NOT NULL, PRIMARY KEY (tenant, revision)
        )
        """),
    // The body stands last, so that reading the rest need not reach it.
    SQL(
      sqlite: """
        CREATE TABLE tickets (
          tenant INTEGER NOT NULL, number INTEGER NOT NULL, version INTEGER NOT NULL, queue INTEGER NOT NULL,
          assignee INTEGER, status INTEGER NOT NULL, priority INTEGER NOT NULL, created_at INTEGER NOT NULL,
          updated_at INTEGER NOT NULL, requester TEXT NOT NULL, channel TEXT NOT NULL, category TEXT NOT NULL,
          resource TEXT NOT NULL, tags TEXT NOT NULL, subject TEXT NOT NULL, unassigned_reason TEXT NOT NULL,
          referrers TEXT NOT NULL, body TEXT NOT NULL, PRIMARY KEY (tenant, number)
        ) STRICT
        """,
      postgres: """
        CREATE TABLE tickets (
          tenant BIGINT NOT NULL, number BIGINT NOT NULL, version BIGINT NOT NULL, queue BIGINT NOT NULL,
          assignee BIGINT, status BIGINT NOT NULL, priority BIGINT NOT NULL, created_at BIGINT NOT NULL,
          updated_at BIGINT NOT NULL, requester TEXT NOT NULL, channel TEXT NOT NULL, category TEXT NOT NULL,
          resource TEXT NOT NULL, tags TEXT NOT NULL, subject TEXT NOT NULL, unassigned_reason TEXT NOT NULL,
          referrers TEXT NOT NULL, body TEXT NOT NULL, PRIMARY KEY (tenant, number)
        )
        """),
    // History, watches and the audit read these.
    SQL(
      sqlite: """
        CREATE TABLE events (
          tenant INTEGER NOT NULL, revision INTEGER NOT NULL, kind TEXT NOT NULL, ticket INTEGER,
          ticket_version INTEGER NOT NULL, queue_before INTEGER, queue_after INTEGER, actor TEXT NOT NULL,
          at INTEGER NOT NULL, subject TEXT NOT NULL, reason TEXT NOT NULL, changes BLOB, decision BLOB,
          PRIMARY KEY (tenant, revision)
        ) STRICT, WITHOUT ROWID
        """,
      postgres: """
        CREATE TABLE events (
          tenant BIGINT NOT NULL, revision BIGINT NOT NULL, kind TEXT NOT NULL, ticket BIGINT,
          ticket_version BIGINT NOT NULL, queue_before BIGINT, queue_after BIGINT, actor TEXT NOT NULL,
          at BIGINT NOT NULL, subject TEXT NOT NULL, reason TEXT NOT NULL, changes BYTEA, decision BYTEA,
          PRIMARY KEY (tenant, revision)
        )
        """),
    // Who is still to be told of the event of that revision: `role address` lines.
    SQL(
      sqlite: """
        CREATE TABLE outbox (
          tenant INTEGER NOT NULL, revision INTEGER NOT NULL, recipients TEXT NOT NULL, state TEXT NOT NULL,
          PRIMARY KEY (tenant, revision)
        ) STRICT, WITHOUT ROWID
        """,
      postgres: """
        CREATE TABLE outbox (
          tenant BIGINT NOT NULL, revision BIGINT NOT NULL, recipients TEXT NOT NULL, state TEXT NOT NULL,
          PRIMARY KEY (tenant, revision)
        )
        """),
    // `slot` puts keys in the order of their arrival, see IdempotencyQueries.
    SQL(
      sqlite: """
        CREATE TABLE idempotency (
          tenant INTEGER NOT NULL, slot INTEGER NOT NULL, token_tenant INTEGER NOT NULL,
          token INTEGER NOT NULL, key_bytes BLOB NOT NULL, request_hash BLOB NOT NULL, response BLOB NOT NULL,
          revision INTEGER NOT NULL,
          PRIMARY KEY (tenant, slot, token_tenant, token, key_bytes)
        ) STRICT, WITHOUT ROWID
        """,
      postgres: """
        CREATE TABLE idempotency (
          tenant BIGINT NOT NULL, slot BIGINT NOT NULL, token_tenant BIGINT NOT NULL, token BIGINT NOT NULL,
          key_bytes BYTEA NOT NULL, request_hash BYTEA NOT NULL, response BYTEA NOT NULL, revision BIGINT NOT NULL,
          PRIMARY KEY (tenant, slot, token_tenant, token, key_bytes)
        )
        """),
  ]

  private static let foundationIndexes: [SQL] = [
    SQL("CREATE UNIQUE INDEX tenants_by_name ON tenants (name)"),
    SQL("CREATE UNIQUE INDEX organizations_by_name ON organizations (tenant, name)"),
    SQL("CREATE UNIQUE INDEX people_by_handle ON people (tenant, handle)"),
    SQL("CREATE UNIQUE INDEX tokens_by_name ON tokens (tenant, name)"),
    SQL("CREATE UNIQUE INDEX queues_by_name ON queues (tenant, name) WHERE state IN ('active', 'retired')"),
    SQL("CREATE INDEX registrations_by_state ON queue_registrations (tenant, state, id)"),
    SQL("CREATE INDEX tickets_by_queue ON tickets (tenant, queue, number)"),
    SQL("CREATE INDEX tickets_by_assignee ON tickets (tenant, assignee, number) WHERE assignee IS NOT NULL"),
    SQL("CREATE INDEX events_by_ticket ON events (tenant, ticket, revision) WHERE ticket IS NOT NULL"),
  ]
}
