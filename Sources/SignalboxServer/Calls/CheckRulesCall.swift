import SignalboxCore
import SignalboxProtocol
import SignalboxStore

enum CheckRulesCall: ReadCall {
  typealias Types = Methods.CheckRules

  static func read(_ request: ProtoCheckRulesRequest, _ scope: ReadScope) throws -> ProtoCheckRulesResponse {
    var response = ProtoCheckRulesResponse()
    do {
      let ruleSet = try CheckRules(text: request.text).check(in: scope.configuration)
      response.canonicalText = Printer.text(of: ruleSet)
      response.ruleCount = UInt32(ruleSet.phases.reduce(0) { $0 + $1.ruleCount })
    } catch {
      let lines = request.text.split(separator: "\n", omittingEmptySubsequences: false)
      response.diagnostics = error.items.map { item in
        var diagnostic = ProtoRuleDiagnostic()
        diagnostic.line = UInt32(clamping: item.span.line)
        diagnostic.column = UInt32(clamping: item.span.column)
        diagnostic.length = UInt32(clamping: item.span.length)
        diagnostic.message = item.message + (item.suggestion.map { "; did you mean `\($0)`?" } ?? "")
        let line = item.span.line - 1
        if lines.indices.contains(line) { diagnostic.sourceLine = String(lines[line].prefix(longestSourceLine)) }
        return diagnostic
      }
    }
    let mayCount = scope.access.rights.contains(.editRules)
    let findings = try CheckRules(text: request.text).findings(in: scope.configuration) { words in
      // Counts of any word would tell everybody what others wrote.
      guard mayCount else { return }
      try PastTicketQueries.each(
        of: scope.tenant, newest: Limits.pastTickets, byteLimit: Limits.pastTicketBytes, in: scope.snapshot
      ) { subject, body in words.count(subject: subject, body: body) }
      response.ticketsLookedAt = UInt32(clamping: words.ticketCount)
    }
    response.findings = findings.map(ProtoRuleFinding.init)
    return response
  }

  /// Characters of a line that an answer quotes.
  private static let longestSourceLine = 500
}

extension Phase {
  fileprivate var ruleCount: Int {
    elements.count { if case .rule = $0 { true } else { false } }
  }
}
