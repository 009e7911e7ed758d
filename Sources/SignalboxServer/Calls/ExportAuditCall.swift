import Foundation
import SignalboxCore
import SignalboxProtocol
import SignalboxStore
import SwiftProtobuf

enum ExportAuditCall: ReadCall {
  typealias Types = Methods.ExportAudit

  /// Rows may be large; a page ends when it has so many bytes, so that its message stays below what clients take.
  private static let pageBytes = 256 * 1_024

  static func read(_ request: ProtoExportAuditRequest, _ scope: ReadScope) throws -> ProtoExportAuditResponse {
    guard scope.access.rights.contains(.audit) else {
      throw Rejection(
        .notPermitted,
        "the audit needs the right `audit` in the whole tenant; ask a tenant admin for the role `auditor`")
    }
    let paging = try Paging(scope, size: request.pageSize, page: request.page, scope: "audit")
    let records = try scope.snapshot.all(
      AuditQueries.page(of: scope.tenant, after: Revision(paging.after ?? 0), limit: paging.limit + 1))
    var response = ProtoExportAuditResponse()
    response.head.tenantNumber = UInt64(clamping: scope.tenant.value)
    response.head.revision = UInt64(clamping: scope.revisions.revision.value)
    response.head.hash = Data(scope.revisions.auditHash)
    var bytes = 0
    for record in records {
      let row = ProtoAuditRow(record)
      bytes += (try row.serializedBytes() as [UInt8]).count
      if response.rows.count == paging.limit || (bytes > pageBytes && !response.rows.isEmpty) {
        response.nextPage = paging.next(after: Int64(clamping: response.rows.last?.revision ?? 0))
        break
      }
      response.rows.append(row)
    }
    return response
  }
}

extension ProtoAuditRow {
  init(_ record: AuditRecord) {
    self.init()
    revision = UInt64(clamping: record.revision.value)
    kind = record.kind
    ticket = UInt64(clamping: record.ticket ?? 0)
    ticketVersion = UInt64(clamping: record.ticketVersion)
    queueBefore = UInt64(clamping: record.queueBefore ?? 0)
    queueAfter = UInt64(clamping: record.queueAfter ?? 0)
    actor = record.actor
    source = record.source
    atMs = record.at.milliseconds
    subject = record.subject
    reason = record.reason
    changes = record.changes.map(ProtoFieldChange.init)
    decision = Data(record.decision ?? [])
    registration = UInt64(clamping: record.registration ?? 0)
    hash = Data(record.hash)
  }
}
