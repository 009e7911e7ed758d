import SignalboxCore
import SwiftProtobuf

/// One page of a list: how many, and after what. The position is that of the last one shown.
struct Paging {
  let limit: Int
  let after: Int64?
  private let scope: String
  private let context: CallContext
  private let tenant: TenantID

  /// - Parameter scope: names the list and its filters; a page of one list is refused by another.
  init(size: UInt32, page: String, scope: String, _ context: CallContext, tenant: TenantID) throws {
    guard size <= Limits.pageSize else {
      throw Rejection(
        .invalidField, "`page_size` is \(size), at most \(Limits.pageSize) is allowed",
        violations: [.init(field: "page_size", description: "at most \(Limits.pageSize)")])
    }
    limit = size == 0 ? Limits.usualPageSize : Int(size)
    after = page.isEmpty ? nil : try context.server.cursors.position(of: page, scope: scope, tenant: tenant)
    self.scope = scope
    self.context = context
    self.tenant = tenant
  }

  init(_ read: ReadScope, size: UInt32, page: String, scope: String) throws {
    try self.init(size: size, page: page, scope: scope, read.context, tenant: read.tenant)
  }

  /// Cuts rows, of which one more than the limit was asked for, to the page; the second value is the next page.
  func cut<Row>(_ rows: some Sequence<Row>, position: (Row) -> Int64) -> ([Row], String) {
    let rows = Array(rows.prefix(limit + 1))
    guard rows.count > limit, let last = rows.prefix(limit).last else { return (rows, "") }
    return (Array(rows.prefix(limit)), next(after: position(last)))
  }

  /// Cuts messages that may be large, of which one more than the limit was asked for, to the page and to so many bytes;
  /// the first is shown whatever its size.
  func cut<Shown: SwiftProtobuf.Message>(
    _ messages: [Shown], bytes most: Int, position: (Shown) -> Int64
  ) throws -> ([Shown], String) {
    var page: [Shown] = []
    var bytes = 0
    for message in messages {
      bytes += (try message.serializedBytes() as [UInt8]).count
      if page.count == limit || bytes > most, let last = page.last { return (page, next(after: position(last))) }
      page.append(message)
    }
    return (page, "")
  }

  func next(after position: Int64) -> String {
    context.server.cursors.page(after: position, scope: scope, of: tenant)
  }
}
