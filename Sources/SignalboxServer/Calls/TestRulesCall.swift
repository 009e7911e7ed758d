import Foundation
import SignalboxCore
import SignalboxProtocol
import SignalboxStore
import SignalboxTLS

enum TestRulesCall: ReadCall {
  typealias Types = Methods.TestRules

  /// A set may be compiled and have a thousand tests.
  static var isUnhurried: Bool { true }

  static func read(_ request: ProtoTestRulesRequest, _ scope: ReadScope) throws -> ProtoTestRulesResponse {
    var response = ProtoTestRulesResponse()
    response.results = try scope.rules(text: request.text, hash: request.hash).runTests().map(ProtoRuleTestResult.init)
    return response
  }
}

extension ReadScope {
  /// The rules that a request means, made ready to run: a text, or else a kept set by its hash, or else the active one.
  func rules(text: String, hash: Data) throws -> ActiveRules {
    if !text.isEmpty { return try configuration.compile(text, hash: Digest.sha256(Array(text.utf8))) }
    if let kept = try keptRules(hash) { return try configuration.compile(kept.text, hash: kept.hash) }
    return try activeRules()
  }

  /// The text of the rules that a request means in the same way.
  func ruleText(text: String, hash: Data) throws -> String {
    if !text.isEmpty { return text }
    return try keptRules(hash)?.text ?? activeRules().record.text
  }

  /// Nil where no hash is given.
  private func keptRules(_ hash: Data) throws -> RuleSetRecord? {
    hash.isEmpty ? nil : try RuleSetRecord.one(of: snapshot.ruleSets(named: Array(hash), of: tenant))
  }

  private func activeRules() throws -> ActiveRules {
    guard let rules = configuration.rules else {
      throw Rejection(.noRules, "the tenant has no rule set; put one with `rules put`, or send the text of one")
    }
    return rules
  }
}
