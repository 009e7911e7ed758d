package import SignalboxCore

/// What was answered to which key, kept at least a day, in the transaction of the effect.
///
/// The table is clustered in the order of arrival, so that a key costs no page of its own. A UUID of version 7 carries
/// its time; any other key is filed under the six hours in which it came, and looked for in those of the last day.
package enum IdempotencyQueries {
  package struct Key: Sendable {
    package var tenant: TenantID
    package var tokenTenant: TenantID
    package var token: TokenID
    package var bytes: [UInt8]

    package init(tenant: TenantID, tokenTenant: TenantID, token: TokenID, bytes: [UInt8]) {
      self.tenant = tenant
      self.tokenTenant = tokenTenant
      self.token = token
      self.bytes = bytes
    }
  }

  package struct Record: Equatable, Sendable {
    package var requestHash: [UInt8]
    /// The answer's message, without what follows from the revision.
    package var response: [UInt8]
    /// That of the change.
    package var revision: Revision

    package init(requestHash: [UInt8], response: [UInt8], revision: Revision) {
      self.requestHash = requestHash
      self.response = response
      self.revision = revision
    }
  }

  static let bucketMilliseconds: Int64 = 6 * 3_600_000
  static let keptMilliseconds: Int64 = 24 * 3_600_000
  /// Ages at which a key is filed under its own time: no older, or it would be forgotten early; no further in the future,
  /// or it would be kept for ever.
  static let ownTime: Range<Int64> = -48 * 3_600_000..<bucketMilliseconds

  package static func record(
    for key: Key, at now: Timestamp, in snapshot: any Snapshot
  ) throws -> Record? {
    for slot in slots(of: key.bytes, at: now) {
      if let record = try snapshot.first(record(for: key, slot: slot)) { return record }
    }
    return nil
  }

  package static func insert(_ record: Record, for key: Key, at now: Timestamp) -> Query<Void> {
    Query(
      "idempotency.insert", tenant: key.tenant.value,
      sql: SQL(
        """
        INSERT INTO idempotency (tenant, slot, token_tenant, token, key_bytes, request_hash, response, revision)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
        """),
      binds: [
        .integer(home(of: key.bytes, at: now)), .integer(key.tokenTenant.value),
        .integer(key.token.value), .blob(key.bytes), .blob(record.requestHash), .blob(record.response),
        .integer(record.revision.value),
      ])
  }

  /// Forgets at most `limit` keys of a tenant that are older than they are kept.
  package static func forget(of tenant: TenantID, at now: Timestamp, limit: Int) -> Query<Void> {
    let oldest = now.milliseconds - keptMilliseconds - bucketMilliseconds
    return Query(
      "idempotency.forget", tenant: tenant.value,
      sql: SQL(
        """
        DELETE FROM idempotency WHERE tenant = $1 AND slot < $2 AND slot <=
          (SELECT max(slot) FROM (SELECT slot FROM idempotency WHERE tenant = $1 ORDER BY slot LIMIT $3) AS oldest)
        """),
      binds: [.integer(oldest << 15), .integer(Int64(limit))])
  }

  /// Where a new key is filed: under its own time when that is near enough, else under that of its arrival.
  static func home(of key: [UInt8], at now: Timestamp) -> Int64 {
    guard let time = timeOfUUID(key), ownTime.contains(now.milliseconds - time) else {
      return buckets(of: key, at: now)[0]
    }
    return slot(time, key)
  }

  /// Every place where a key of the last day can stand. For a fresh key of a client whose clock is right it is one.
  static func slots(of key: [UInt8], at now: Timestamp) -> [Int64] {
    guard let time = timeOfUUID(key) else { return buckets(of: key, at: now) }
    // Its age when it came was this or less, by at most the time that keys are kept.
    let age = now.milliseconds - time
    let mayBeByTime = age >= ownTime.lowerBound && age < ownTime.upperBound + keptMilliseconds
    let mayBeByArrival = age >= ownTime.upperBound || age - keptMilliseconds <= ownTime.lowerBound
    return (mayBeByTime ? [slot(time, key)] : []) + (mayBeByArrival ? buckets(of: key, at: now) : [])
  }

  private static func buckets(of key: [UInt8], at now: Timestamp) -> [Int64] {
    let bucket = now.milliseconds / bucketMilliseconds
    return (0...(keptMilliseconds / bucketMilliseconds)).map { slot((bucket - $0) * bucketMilliseconds, key) }
  }

  private static func slot(_ time: Int64, _ key: [UInt8]) -> Int64 {
    time << 15 | Int64(hash(key) & 0x7fff)
  }

  private static func timeOfUUID(_ key: [UInt8]) -> Int64? {
    guard key.count == 16, key[6] >> 4 == 7 else { return nil }
    return key.prefix(6).reduce(0) { $0 << 8 | Int64($1) }
  }

  /// FNV-1a; spreads keys of the same millisecond or hours, nothing depends on its quality.
  private static func hash(_ key: [UInt8]) -> UInt32 {
    key.reduce(2_166_136_261) { ($0 ^ UInt32($1)) &* 16_777_619 }
  }

  private static func record(for key: Key, slot: Int64) -> Query<Record> {
    Query(
      "idempotency.get", tenant: key.tenant.value,
      sql: SQL(
        """
        SELECT request_hash, response, revision FROM idempotency
        WHERE tenant = $1 AND slot = $2 AND token_tenant = $3 AND token = $4 AND key_bytes = $5
        """),
      binds: [
        .integer(slot), .integer(key.tokenTenant.value), .integer(key.token.value),
        .blob(key.bytes),
      ]
    ) { row in
      Record(requestHash: try row.blob(0), response: try row.blob(1), revision: Revision(try row.integer(2)))
    }
  }
}
