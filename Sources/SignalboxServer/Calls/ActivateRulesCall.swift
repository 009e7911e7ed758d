import SignalboxCore
import SignalboxProtocol
import SignalboxStore

enum ActivateRulesCall: WriteCall {
  typealias Types = Methods.ActivateRules

  static func write(_ request: ProtoActivateRulesRequest, _ scope: inout WriteScope) throws -> ProtoRuleSet {
    let command = ActivateRules(expectedHash: Array(request.expectedHash), reason: request.reason)
    let kept = try scope.transaction.ruleSets(named: Array(request.hash), of: scope.tenant)
    return ProtoRuleSet(try scope.commit(command.decide(in: scope.situation, given: kept)), isActive: true)
  }
}

extension Snapshot {
  /// The sets that may be meant by a hash or its beginning.
  func ruleSets(named hash: [UInt8], of tenant: TenantID) throws -> [RuleSetRecord] {
    guard (Limits.ruleHashPrefixBytes...32).contains(hash.count) else {
      throw Rejection(
        .invalidField,
        "`hash` is the SHA-256 of the rules' text, or its first \(Limits.ruleHashPrefixBytes) bytes or more",
        violations: [.init(field: "hash", description: "\(Limits.ruleHashPrefixBytes) to 32 bytes")])
    }
    return try all(RuleQueries.ruleSets(beginning: hash, of: tenant))
  }
}
