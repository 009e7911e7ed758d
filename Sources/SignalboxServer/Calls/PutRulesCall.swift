import SignalboxCore
import SignalboxProtocol
import SignalboxTLS

enum PutRulesCall: WriteCall {
  typealias Types = Methods.PutRules

  static func write(_ request: ProtoPutRulesRequest, _ scope: inout WriteScope) throws -> ProtoRuleSet {
    let command = PutRules(
      text: request.text, hash: Digest.sha256(Array(request.text.utf8)), expectedHash: Array(request.expectedHash))
    return ProtoRuleSet(try scope.commit(command.decide(in: scope.situation)))
  }
}
