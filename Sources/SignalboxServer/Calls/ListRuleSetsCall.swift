import SignalboxCore
import SignalboxProtocol
import SignalboxStore

enum ListRuleSetsCall: ReadCall {
  typealias Types = Methods.ListRuleSets

  static func read(_ request: ProtoListRuleSetsRequest, _ scope: ReadScope) throws -> ProtoListRuleSetsResponse {
    let paging = try Paging(scope, size: request.pageSize, page: request.page, scope: "rule-sets")
    let rows = try scope.snapshot.all(
      RuleQueries.page(of: scope.tenant, before: paging.after.map(Revision.init), limit: paging.limit + 1))
    let (page, next) = paging.cut(rows) { $0.kept.value }
    let active = scope.configuration.rules?.record.hash
    var response = ProtoListRuleSetsResponse()
    response.ruleSets = page.map { ProtoRuleSet($0.record, isActive: $0.record.hash == active) }
    response.nextPage = next
    return response
  }
}
