import SignalboxCore
import SignalboxProtocol
import SignalboxStore

enum ListShadowDifferencesCall: ReadCall {
  typealias Types = Methods.ListShadowDifferences

  static func read(
    _ request: ProtoListShadowDifferencesRequest, _ scope: ReadScope
  ) throws -> ProtoListShadowDifferencesResponse {
    try scope.access.requireRuleEditing("seeing rules in the shadow")
    let paging = try Paging(scope, size: request.pageSize, page: request.page, scope: "shadow-differences")
    let rows = try scope.snapshot.all(
      ShadowQueries.page(of: scope.tenant, before: paging.after, limit: paging.limit + 1))
    let (page, next) = paging.cut(rows) { $0.position }
    var response = ProtoListShadowDifferencesResponse()
    response.differences = page.map { row in
      var difference = ProtoShadowDifference()
      difference.ticket = UInt64(clamping: row.ticket.value)
      difference.liveQueue = scope.configuration.queues[row.difference.live]?.name ?? ""
      difference.shadowQueue = row.difference.shadow.flatMap { scope.configuration.queues[$0]?.name } ?? ""
      difference.atMs = row.difference.at.milliseconds
      return difference
    }
    response.nextPage = next
    return response
  }
}
