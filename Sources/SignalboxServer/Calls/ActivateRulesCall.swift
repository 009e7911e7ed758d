import SignalboxCore
import SignalboxProtocol
import SignalboxStore

enum ActivateRulesCall: StudiedWriteCall {
  typealias Types = Methods.ActivateRules

  struct Command: Sendable {
    var request: ActivateRules
    var hash: [UInt8]
    var tested: TestedRules?
  }

  static func prepare(_ request: ProtoActivateRulesRequest, _ context: CallContext) -> Command {
    Command(
      request: ActivateRules(expectedHash: Array(request.expectedHash), reason: request.reason),
      hash: Array(request.hash))
  }

  static func study(_ command: inout Command, _ scope: ReadScope) throws {
    let kept = try scope.snapshot.all(RuleQueries.ruleSets(beginning: command.hash, of: scope.tenant))
    command.tested = command.request.tested(kept, in: scope.configuration, for: scope.access)
  }

  static func write(_ command: Command, _ scope: inout WriteScope) throws -> ProtoRuleSet {
    let kept = try scope.transaction.ruleSets(named: command.hash, of: scope.tenant)
    return try scope.commit(command.request.decide(in: scope.situation, given: kept, command.tested))
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
