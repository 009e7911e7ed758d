package import SignalboxCore

/// A function to SHA-256, handed in: the store knows no cryptography.
package typealias AuditDigest = @Sendable ([UInt8]) -> [UInt8]

/// What a commit needs to go on with its tenant's audit.
package struct AuditLink: Sendable {
  /// Where the change comes from.
  package var source: String
  /// Hash of the tenant's last event; empty before the first.
  package var previous: [UInt8]
  package var digest: AuditDigest

  package init(source: String, previous: [UInt8], digest: @escaping AuditDigest) {
    self.source = source
    self.previous = previous
    self.digest = digest
  }
}

/// An event as the audit has it: every column, as stored.
package struct AuditRecord: Equatable, Sendable {
  package var revision: Revision
  /// As text, so that kinds of a later server can be exported and checked too.
  package var kind: String
  package var ticket: Int64?
  package var ticketVersion: Int64
  package var queueBefore: Int64?
  package var queueAfter: Int64?
  package var actor: String
  package var source: String
  package var at: Timestamp
  package var subject: String
  package var reason: String
  package var changes: [Event.FieldChange]
  /// The encoded decision record; nil where no rules decided.
  package var decision: [UInt8]?
  package var registration: Int64?
  /// Empty as long as it was not chained.
  package var hash: [UInt8] = []

  package init(_ recorded: RecordedEvent, from source: String) {
    let event = recorded.event
    revision = recorded.revision
    kind = event.kind.rawValue
    ticket = event.ticket?.value
    ticketVersion = event.ticketVersion
    queueBefore = event.queueBefore?.value
    queueAfter = event.queueAfter?.value
    actor = recorded.actor.name
    self.source = source
    at = recorded.at
    subject = event.subject
    reason = event.reason
    changes = event.changes
    decision = event.decision?.encode()
    registration = event.registration?.value
  }

  init(_ row: borrowing Row) throws {
    revision = Revision(try row.integer(0))
    kind = try row.text(1)
    ticket = try row.integerOrNull(2)
    ticketVersion = try row.integer(3)
    queueBefore = try row.integerOrNull(4)
    queueAfter = try row.integerOrNull(5)
    actor = try row.text(6)
    source = try row.text(7)
    at = Timestamp(milliseconds: try row.integer(8))
    subject = try row.text(9)
    reason = try row.text(10)
    changes = try FieldChangeCoding.decode(try row.blobOrNull(11) ?? [])
    decision = try row.blobOrNull(12)
    registration = try row.integerOrNull(13)
    hash = try row.blobOrNull(14) ?? []
  }

  /// What is hashed, as `Protocol/README.md`, section 12, has it: numbers as 8 bytes, texts and bytes behind their length
  /// in 4, all big-endian; what is absent is 0 or empty.
  package func hashed(after previous: [UInt8], in tenant: TenantID) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(384 + (decision?.count ?? 0))
    bytes.append(contentsOf: Self.mark)
    bytes.appendAudit(previous)
    for number in [tenant.value, revision.value] { bytes.appendAudit(number) }
    bytes.appendAudit(kind)
    for number in [ticket ?? 0, ticketVersion, queueBefore ?? 0, queueAfter ?? 0] { bytes.appendAudit(number) }
    bytes.appendAudit(actor)
    bytes.appendAudit(source)
    bytes.appendAudit(at.milliseconds)
    bytes.appendAudit(subject)
    bytes.appendAudit(reason)
    bytes.appendAudit(Int64(changes.count))
    for change in changes {
      bytes.appendAudit(change.field)
      bytes.appendAudit(change.before ?? "")
      bytes.appendAudit(change.after ?? "")
    }
    bytes.appendAudit(decision ?? [])
    bytes.appendAudit(registration ?? 0)
    return bytes
  }

  mutating func chain(after previous: [UInt8], in tenant: TenantID, _ digest: AuditDigest) {
    hash = digest(hashed(after: previous, in: tenant))
  }

  private static let mark = Array("SBA1".utf8)
}

extension [UInt8] {
  fileprivate mutating func appendAudit(_ number: Int64) {
    Swift.withUnsafeBytes(of: number.bigEndian) { append(contentsOf: $0) }
  }

  fileprivate mutating func appendAudit(_ text: String) {
    appendAudit(length: text.utf8.count)
    append(contentsOf: text.utf8)
  }

  fileprivate mutating func appendAudit(_ bytes: [UInt8]) {
    appendAudit(length: bytes.count)
    append(contentsOf: bytes)
  }

  private mutating func appendAudit(length: Int) {
    Swift.withUnsafeBytes(of: UInt32(truncatingIfNeeded: length).bigEndian) { append(contentsOf: $0) }
  }
}
