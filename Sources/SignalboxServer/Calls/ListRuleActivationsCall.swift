import SignalboxCore
import SignalboxProtocol
import SignalboxStore

enum ListRuleActivationsCall: ReadCall {
  typealias Types = Methods.ListRuleActivations

  static func read(
    _ request: ProtoListRuleActivationsRequest, _ scope: ReadScope
  ) throws -> ProtoListRuleActivationsResponse {
    let paging = try Paging(scope, size: request.pageSize, page: request.page, scope: "rule-activations")
    let rows = try scope.snapshot.all(
      RuleQueries.activations(of: scope.tenant, before: paging.after.map(Revision.init), limit: paging.limit + 1))
    let (page, next) = paging.cut(rows) { $0.revision.value }
    var response = ProtoListRuleActivationsResponse()
    // One row more than the page was asked for, so that what was in force before its last is known too.
    response.activations = page.enumerated().map { index, entry in
      ProtoRuleActivation(entry, after: index + 1 < rows.count ? rows[index + 1] : nil)
    }
    response.nextPage = next
    return response
  }
}
