import SignalboxCore
import SignalboxProtocol

enum CheckRulesCall: ReadCall {
  typealias Types = Methods.CheckRules

  static func read(_ request: ProtoCheckRulesRequest, _ scope: ReadScope) throws -> ProtoCheckRulesResponse {
    var response = ProtoCheckRulesResponse()
    do {
      let ruleSet = try CheckRules(text: request.text).check(in: scope.configuration)
      response.canonicalText = Printer.text(of: ruleSet)
      response.ruleCount = UInt32(ruleSet.phases.reduce(0) { $0 + $1.ruleCount })
    } catch {
      response.diagnostics = ProtoRuleDiagnostic.list(of: error, in: request.text)
    }
    return response
  }
}

extension Phase {
  fileprivate var ruleCount: Int {
    elements.count { if case .rule = $0 { true } else { false } }
  }
}
