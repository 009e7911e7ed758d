import SignalboxCore
import SignalboxProtocol

enum FormatRulesCall: ReadCall {
  typealias Types = Methods.FormatRules

  /// Large texts take a moment to read.
  static var isUnhurried: Bool { true }

  static func read(_ request: ProtoFormatRulesRequest, _ scope: ReadScope) throws -> ProtoFormatRulesResponse {
    var response = ProtoFormatRulesResponse()
    do {
      let tree = try parse(request.text)
      response.text = request.json ? RuleSetJSON.write(tree).text : Printer.text(of: tree)
    } catch {
      response.diagnostics = ProtoRuleDiagnostic.list(of: error, in: request.text)
    }
    return response
  }

  private static func parse(_ text: String) throws(Diagnostics) -> RuleSet {
    let first = text.unicodeScalars.first { !$0.properties.isWhitespace }
    return first == "{" ? try RuleSetJSON.read(text) : try RuleSetSource.parse(text)
  }
}
