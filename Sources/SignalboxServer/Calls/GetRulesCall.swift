import SignalboxCore
import SignalboxProtocol
import SignalboxStore

enum GetRulesCall: ReadCall {
  typealias Types = Methods.GetRules

  static func read(_ request: ProtoGetRulesRequest, _ scope: ReadScope) throws -> ProtoRuleSet {
    let active = scope.configuration.rules?.record
    let found =
      request.hash.isEmpty
      ? [active].compactMap(\.self) : try scope.snapshot.ruleSets(named: Array(request.hash), of: scope.tenant)
    guard let record = found.first else {
      throw Rejection(.rulesNotFound, "no such rule set here; put one with `rules put`")
    }
    guard found.count == 1 else {
      throw Rejection(.invalidField, "several rule sets have a hash that begins so; give more of it")
    }
    return ProtoRuleSet(record, isActive: record.hash == active?.hash)
  }
}
