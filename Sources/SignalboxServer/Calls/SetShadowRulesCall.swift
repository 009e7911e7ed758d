import SignalboxCore
import SignalboxProtocol
import SignalboxStore

enum SetShadowRulesCall: WriteCall {
  typealias Types = Methods.SetShadowRules

  static func write(_ request: ProtoSetShadowRulesRequest, _ scope: inout WriteScope) throws -> ProtoShadowRules {
    guard request.off == request.hash.isEmpty else {
      throw Rejection(
        .invalidField, "give the hash of a kept set, or `off` without one",
        violations: [.init(field: "hash", description: "is required without `off`, and not allowed with it")])
    }
    let kept = request.off ? [] : try scope.transaction.ruleSets(named: Array(request.hash), of: scope.tenant)
    let command = SetShadowRules(isOff: request.off)
    return ProtoShadowRules(try scope.commit(command.decide(in: scope.situation, given: kept)))
  }
}
