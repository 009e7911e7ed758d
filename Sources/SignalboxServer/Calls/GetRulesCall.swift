import SignalboxCore
import SignalboxProtocol
import SignalboxStore

enum GetRulesCall: ReadCall {
  typealias Types = Methods.GetRules

  static func read(_ request: ProtoGetRulesRequest, _ scope: ReadScope) throws -> ProtoRuleSet {
    let active = scope.configuration.rules?.record
    guard request.hash.isEmpty else {
      let record = try RuleSetRecord.one(of: scope.snapshot.ruleSets(named: Array(request.hash), of: scope.tenant))
      return ProtoRuleSet(record, isActive: record.hash == active?.hash)
    }
    guard let active else {
      throw Rejection(.rulesNotFound, "the tenant has no rule set in force; put one with `rules put`")
    }
    return ProtoRuleSet(active, isActive: true)
  }
}
