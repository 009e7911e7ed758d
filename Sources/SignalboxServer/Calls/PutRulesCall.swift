import SignalboxCore
import SignalboxProtocol
import SignalboxStore
import SignalboxTLS

enum PutRulesCall: StudiedWriteCall {
  typealias Types = Methods.PutRules

  struct Command: Sendable {
    var request: PutRules
    var tested: TestedRules?
  }

  static func prepare(_ request: ProtoPutRulesRequest, _ context: CallContext) -> Command {
    Command(
      request: PutRules(
        text: request.text, hash: Digest.sha256(Array(request.text.utf8)), expectedHash: Array(request.expectedHash),
        staged: request.stage, reason: request.reason))
  }

  static func study(_ command: inout Command, _ scope: ReadScope) {
    command.tested = command.request.tested(in: scope.configuration, for: scope.access)
  }

  static func write(_ command: Command, _ scope: inout WriteScope) throws -> ProtoRuleSet {
    let kept = try scope.transaction.first(RuleQueries.ruleSets(beginning: command.request.hash, of: scope.tenant))
    return try scope.commit(command.request.decide(in: scope.situation, given: kept, command.tested))
  }
}

extension WriteScope {
  mutating func commit(_ outcome: RuleSetOutcome) throws -> ProtoRuleSet {
    let record: RuleSetRecord
    switch outcome {
    case .changed(let decided, let rules): record = try commit(decided, compiled: rules)
    case .unchanged(let kept): record = kept
    case .outdated: throw OutdatedStudy()
    }
    let inForce = (nextConfiguration ?? situation.configuration).rules?.record.hash
    return ProtoRuleSet(record, isActive: record.hash == inForce)
  }
}
