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
    response.activations = page.map(ProtoRuleActivation.init)
    response.nextPage = next
    return response
  }
}
