import Foundation
import SignalboxCore
import SignalboxProtocol

enum DiffRulesCall: ReadCall {
  typealias Types = Methods.DiffRules

  /// Large texts take a moment to read.
  static var isUnhurried: Bool { true }

  static func read(_ request: ProtoDiffRulesRequest, _ scope: ReadScope) throws -> ProtoDiffRulesResponse {
    let before = try scope.tree(text: request.beforeText, hash: request.beforeHash)
    let after = try scope.tree(text: request.afterText, hash: request.afterHash)
    let differences = after.differences(from: before)
    var response = ProtoDiffRulesResponse()
    response.differences = differences.prefix(Limits.ruleDifferences).map(ProtoRuleSetDifference.init)
    response.more = UInt64(clamping: differences.count - response.differences.count)
    return response
  }
}

extension ReadScope {
  fileprivate func tree(text: String, hash: Data) throws -> RuleSet {
    let text = try ruleText(text: text, hash: hash)
    do {
      return try RuleSetSource.parse(text)
    } catch {
      throw Rejection(diagnostics: error)
    }
  }
}
