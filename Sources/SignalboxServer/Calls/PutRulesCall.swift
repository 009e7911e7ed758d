import SignalboxCore
import SignalboxProtocol
import SignalboxTLS

enum PutRulesCall: WriteCall {
  typealias Types = Methods.PutRules

  static func write(_ request: ProtoPutRulesRequest, _ scope: inout WriteScope) throws -> ProtoRuleSet {
    let command = PutRules(
      text: request.text, hash: Digest.sha256(Array(request.text.utf8)), expectedHash: Array(request.expectedHash),
      staged: request.stage, reason: request.reason)
    let record = try scope.commit(command.decide(in: scope.situation))
    return ProtoRuleSet(record, isActive: !command.staged)
  }
}
