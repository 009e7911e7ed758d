import SignalboxCore
import SignalboxStore
import Testing

/// Two tenants with the same ids and names in the real schema, so that a query that forgets its tenant is seen.
struct QueryScene {
  static let now = Timestamp(milliseconds: 1_780_000_000_000)
  static let actor = Actor(name: "admin")

  /// Stands for SHA-256, which the store knows only by what it is given: far from as good, but as long.
  static let digest: AuditDigest = { bytes in
    var sums = [UInt64](repeating: 0xcbf2_9ce4_8422_2325, count: 4)
    for (place, byte) in bytes.enumerated() {
      sums[place % 4] = (sums[place % 4] ^ UInt64(byte)) &* 0x100_0000_01b3
    }
    return sums.flatMap { sum in withUnsafeBytes(of: sum.bigEndian) { Array($0) } }
  }

  let database: any Database

  static func on(_ kind: StoreKind, _ body: (QueryScene) async throws -> Void) async throws {
    try await withDatabase(kind, migrations: Schema.migrations) { database in
      let scene = QueryScene(database: database)
      try await database.write { transaction in
        for (id, name) in [(Int64(1), "one"), (2, "two")] {
          try transaction.insert(
            Tenant(
              id: TenantID(id), name: name, displayName: name,
              settings: .init(
                awardeeQueuePattern: "A-<B>", categories: ["b", "a"], timeZone: TimeZones.named("Europe/Berlin")),
              createdAt: now))
        }
      }
      try await body(scene)
    }
  }

  /// Commits one plan as the revision and gives back the event.
  @discardableResult
  func commit(
    _ changes: [Change], _ event: Event = Event(.personCreated), at revision: Int64, tenant: Int64 = 1,
    outbox: [OutboxRecipient] = []
  ) async throws -> RecordedEvent {
    try await database.write { transaction in
      let revisions = try transaction.first(TenantQueries.revisions(of: TenantID(tenant)))
      _ = try transaction.commit(
        Plan(changes: changes, event: event, outbox: outbox), as: Revision(revision), of: TenantID(tenant),
        by: Self.actor, at: Self.now, configuration: Revision(0),
        audit: AuditLink(source: "here", previous: revisions?.auditHash ?? [], digest: Self.digest))
      return RecordedEvent(revision: Revision(revision), actor: Self.actor, at: Self.now, event: event)
    }
  }

  func read<Output: Sendable>(_ body: @escaping @Sendable (any Snapshot) throws -> Output) async throws -> Output {
    try await database.read(body)
  }

  func configuration(of tenant: Int64 = 1, version: Int64 = 1) async throws -> TenantConfiguration {
    let found = try await read {
      try ConfigurationQueries.configuration(of: TenantID(tenant), version: Revision(version), in: $0)
    }
    return try #require(found)
  }

  func ticket(_ number: Int64, tenant: Int64 = 1) async throws -> Ticket? {
    try await read { try $0.first(TicketQueries.ticket(TicketNumber(number), of: TenantID(tenant))) }
  }

  static func ticket(_ number: Int64, queue: Int64 = 10, assignee: Int64? = nil, status: Ticket.Status = .new) -> Ticket
  {
    Ticket(
      number: TicketNumber(number), version: 1, subject: "subject \(number)", body: "body\nof \(number) é漢🚂",
      requester: "u@lab.example.edu", channel: "web", category: "c", resource: "r", tags: ["t1", "t 2"],
      status: status, priority: .high, queue: QueueID(queue), assignee: assignee.map(PersonID.init(_:)),
      unassignedReason: assignee == nil ? "nobody" : "", createdAt: now, updatedAt: now)
  }

  static func queue(_ id: Int64, _ name: String, state: Queue.State = .active) -> Queue {
    Queue(
      id: QueueID(id), name: name, kind: .awardee, organization: OrganizationID(3), description: "d",
      agents: [PersonID(5), PersonID(4)],
      watchers: [
        Watcher(
          .address("w@example.org"), events: WatcherEvents(.arrivals, .notes), addedBy: actor, addedAt: now,
          confirmedBy: actor, confirmedAt: Timestamp(milliseconds: 7)),
        Watcher(.person(PersonID(4)), addedBy: actor, addedAt: now),
      ],
      defaultAssignee: PersonID(5), keywords: ["slurm", "gpu node"], state: state)
  }
}
