import SignalboxClient

/// Reads a list page by page.
enum Paging {
  static let largestPage = 200

  /// Up to `limit` elements. `next` gets the size and name of a page, and gives its elements and the name of the
  /// page after it, empty at the end. Says on standard error when there are more.
  static func collect<Element>(
    limit: Int, in session: Session, _ next: (_ size: UInt32, _ page: String) async throws -> ([Element], String)
  ) async throws -> [Element] {
    var elements: [Element] = []
    var page = ""
    repeat {
      let (found, following) = try await next(UInt32(min(largestPage, limit - elements.count)), page)
      elements += found.prefix(limit - elements.count)
      // A server that gives the same page again, or pages without anything, would keep us here for ever.
      guard following != page, !found.isEmpty else { return elements }
      page = following
    } while !page.isEmpty && elements.count < limit
    if !page.isEmpty { session.note("there are more than \(limit); see them with --limit") }
    return elements
  }
}
