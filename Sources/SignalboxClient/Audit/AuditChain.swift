public import SignalboxProtocol
import SignalboxTLS

/// Checks the rows of an export against their hashes, without a server: finds every row that was altered, is missing,
/// or stands where it does not belong.
///
/// Give it all rows in the order in which they stand, then ask how it ended. What it cannot know is that both the last
/// rows and the head were replaced by older ones: compare the head with one that was kept elsewhere.
public struct AuditChain: Sendable {
  public enum Problem: Sendable, Hashable {
    /// The row is not the one whose hash it carries, or does not follow the one before.
    case altered(revision: UInt64)
    case missing(ClosedRange<UInt64>)
    /// It comes again, or after a later one.
    case outOfOrder(revision: UInt64)
    /// All rows are there, but the last is not the one that the head names.
    case wrongHead
  }

  private let head: AuditHead
  /// Of the row before; nil where that row is not there.
  private var previous: [UInt8]? = []
  private var last: UInt64 = 0

  public init(_ head: AuditHead) {
    self.head = head
  }

  /// What is wrong with the next row; empty when it is the one that follows.
  public mutating func check(_ row: AuditRow) -> [Problem] {
    guard row.revision > last else { return [.outOfOrder(revision: row.revision)] }
    var problems: [Problem] = []
    if row.revision - last > 1 {
      problems.append(.missing(last + 1...row.revision - 1))
      previous = nil
    }
    let hash = Array(row.hash)
    if let previous, Self.hash(of: row, after: previous, in: head.tenantNumber) != hash {
      problems.append(.altered(revision: row.revision))
    }
    // The next row is measured by the hash that this one claims, so that one bad row does not spoil all after it.
    previous = hash
    last = row.revision
    return problems
  }

  /// What is wrong with the end; asked once, after the last row.
  public func finish() -> [Problem] {
    if last < head.revision { return [.missing(last + 1...head.revision)] }
    return last == head.revision && previous == Array(head.hash) ? [] : [.wrongHead]
  }

  /// The hash that a row must carry: SHA-256 over the row behind the hash of the row before, in the form of section 12 of
  /// the protocol.
  public static func hash(of row: AuditRow, after previous: [UInt8], in tenantNumber: UInt64) -> [UInt8] {
    var form = Form()
    form.append(bytes: previous)
    form.append(number: tenantNumber)
    form.append(number: row.revision)
    form.append(bytes: row.kind.utf8)
    for number in [row.ticket, row.ticketVersion, row.queueBefore, row.queueAfter] { form.append(number: number) }
    form.append(bytes: row.actor.utf8)
    form.append(bytes: row.source.utf8)
    form.append(number: UInt64(bitPattern: row.atMs))
    form.append(bytes: row.subject.utf8)
    form.append(bytes: row.reason.utf8)
    form.append(number: UInt64(row.changes.count))
    for change in row.changes {
      for text in [change.field, change.before, change.after] { form.append(bytes: text.utf8) }
    }
    form.append(bytes: row.decision)
    form.append(number: row.registration)
    return Digest.sha256(form.bytes)
  }

  private struct Form {
    var bytes = Array("SBA1".utf8)

    mutating func append(number: UInt64) {
      withUnsafeBytes(of: number.bigEndian) { bytes.append(contentsOf: $0) }
    }

    mutating func append(bytes part: some Collection<UInt8>) {
      withUnsafeBytes(of: UInt32(truncatingIfNeeded: part.count).bigEndian) { bytes.append(contentsOf: $0) }
      bytes.append(contentsOf: part)
    }
  }
}

extension AuditChain.Problem: CustomStringConvertible {
  public var description: String {
    switch self {
    case .altered(let revision): "row \(revision) was altered, or does not follow the row before it"
    case .missing(let range) where range.count == 1: "row \(range.lowerBound) is missing"
    case .missing(let range): "rows \(range.lowerBound) to \(range.upperBound) are missing"
    case .outOfOrder(let revision): "row \(revision) is out of order or stands there twice"
    case .wrongHead: "the last row is not the one that the head names"
    }
  }
}
