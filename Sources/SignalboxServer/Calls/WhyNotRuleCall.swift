import SignalboxCore
import SignalboxProtocol

enum WhyNotRuleCall: ReadCall {
  typealias Types = Methods.WhyNotRule

  /// A set that is not in force is compiled.
  static var isUnhurried: Bool { true }

  static func read(_ request: ProtoWhyNotRuleRequest, _ scope: ReadScope) throws -> ProtoWhyNotRuleResponse {
    let ticket = try scope.ticket(request.ticket)
    let rules = try scope.rules(text: request.text, hash: request.hash)
    guard
      let verdict = rules.verdict(on: request.rule, for: ticket, in: scope.configuration, at: scope.context.now)
    else {
      throw Rejection.notFound(.ruleNotFound, "rule", request.rule)
    }
    var response = ProtoWhyNotRuleResponse()
    response.ticket = request.ticket
    response.rule = verdict.trace.rule
    response.line = UInt32(clamping: verdict.trace.line)
    response.phase = verdict.trace.phase.rawValue
    response.fires = verdict.fires
    response.condition = verdict.trace.failure?.condition ?? ""
    response.actual = verdict.trace.failure?.actual.map(ProtoActualValue.init) ?? []
    response.matched = verdict.trace.failure?.matches.map(ProtoMatchedWord.init) ?? []
    response.instead = verdict.instead ?? ""
    return response
  }
}
