import SignalboxCore
import SignalboxProtocol
import SignalboxStore

enum GetRulesCall: ReadCall {
  typealias Types = Methods.GetRules

  static func read(_ request: ProtoGetRulesRequest, _ scope: ReadScope) throws -> ProtoRuleSet {
    let query =
      request.hash.isEmpty
      ? RuleQueries.active(of: scope.tenant) : RuleQueries.ruleSet(Array(request.hash), of: scope.tenant)
    guard let record = try scope.snapshot.first(query) else {
      throw Rejection(.rulesNotFound, "no such rule set here; put one with `rules put`")
    }
    return ProtoRuleSet(record)
  }
}
