import SignalboxCore
import SignalboxProtocol
import SignalboxStore

enum CheckRulesCall: ReadCall {
  typealias Types = Methods.CheckRules

  /// Large rule sets are analysed for a second or more. It needs no right all the same: who proposes rules need not be one
  /// who puts them, and what it looks at of the tenant everybody sees.
  static var isUnhurried: Bool { true }

  static func read(_ request: ProtoCheckRulesRequest, _ scope: ReadScope) throws -> ProtoCheckRulesResponse {
    var response = ProtoCheckRulesResponse()
    let command = CheckRules(text: request.text)
    var checked: CheckedRuleSet?
    do {
      let ruleSet = try command.checked(in: scope.configuration)
      response.canonicalText = Printer.text(of: ruleSet.ruleSet)
      response.ruleCount = UInt32(ruleSet.ruleSet.phases.reduce(0) { $0 + $1.ruleCount })
      checked = ruleSet
    } catch {
      response.diagnostics = ProtoRuleDiagnostic.list(of: error, in: request.text)
    }
    // Counts of any word would tell everybody what others wrote.
    guard scope.access.rights.contains(.editRules) else {
      response.findings = command.findings(of: checked, in: scope.configuration).map(ProtoRuleFinding.init)
      return response
    }
    let findings = try command.findings(of: checked, in: scope.configuration) { words in
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
