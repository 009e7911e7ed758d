import Foundation
import SignalboxClient

/// A rule set as the command line names it: the active one, a file, or a kept one by its hash.
enum RuleSource: Equatable {
  case active
  case text(String)
  case hash(Data)

  static let help = "File with the rules, - for standard input, or hash of a kept set"

  /// Throws for an empty name and for a text with nothing in it, either of which the server would take for the active set.
  ///
  /// - Parameter name: Nil for the active set. What is a file is not taken for a hash.
  static func read(_ name: String?, _ surroundings: Surroundings) throws -> RuleSource {
    guard let name else { return .active }
    guard !name.isEmpty else {
      throw CommandFailure(
        .usage, "the rule set has an empty name", hint: "name a file or a hash, or leave it out for the active set")
    }
    if name != "-", let hash = HexText.bytes(name), !FileManager.default.fileExists(atPath: name) {
      return .hash(Data(hash))
    }
    let text = try InputFile.text(name, surroundings, limit: RulesCheck.maximumBytes)
    guard !text.isEmpty else { throw InputFault(file: name, line: nil, message: "there are no rules in it") }
    return .text(text)
  }

  /// Where the places are that a refusal of these names means.
  static func hints(_ names: [String?]) -> [ErrorReason: String] {
    let files = names.compactMap(\.self).filter { $0 != "-" && FileManager.default.fileExists(atPath: $0) }
    guard !files.isEmpty else { return [:] }
    let checks = files.map { "`signalbox rules check \($0)`" }.joined(separator: " and ")
    return [.rulesInvalid: "\(checks) \(files.count == 1 ? "shows" : "show") each place"]
  }

  /// Empty unless it is a file.
  var text: String { if case .text(let text) = self { text } else { "" } }

  /// Empty unless it is a hash.
  var hash: Data { if case .hash(let hash) = self { hash } else { Data() } }
}
