import SignalboxCore
import SignalboxProtocol
import SignalboxStore

enum CheckRulesCall: ReadCall {
  typealias Types = Methods.CheckRules

  /// Large rule sets are analysed for a second or more.
  static var isUnhurried: Bool { true }

  static func read(_ request: ProtoCheckRulesRequest, _ scope: ReadScope) throws -> ProtoCheckRulesResponse {
    var response = ProtoCheckRulesResponse()
    do {
      let ruleSet = try CheckRules(text: request.text).check(in: scope.configuration)
      response.canonicalText = Printer.text(of: ruleSet)
      response.ruleCount = UInt32(ruleSet.phases.reduce(0) { $0 + $1.ruleCount })
    } catch {
      response.diagnostics = ProtoRuleDiagnostic.list(of: error, in: request.text)
    }
    let rules = CheckRules(text: request.text)
    guard scope.access.rights.contains(.editRules) else {
      response.findings = rules.findings(in: scope.configuration).map(ProtoRuleFinding.init)
      return response
    }
    let findings = try rules.findings(in: scope.configuration) { words in
      try PastTicketQueries.each(
        of: scope.tenant, newest: Limits.pastTickets, byteLimit: Limits.pastTicketBytes, in: scope.snapshot
      ) { subject, body in words.count(subject: subject, body: body) }
      response.ticketsLookedAt = UInt32(clamping: words.ticketCount)
    }
    response.findings = findings.map(ProtoRuleFinding.init)
    return response
  }
}

extension Phase {
  fileprivate var ruleCount: Int {
    elements.count { if case .rule = $0 { true } else { false } }
  }
}
