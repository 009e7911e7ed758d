import Foundation
import Yams

/// A server with everything needed to talk to it, under a name.
struct Context: Codable, Equatable, Sendable {
  var server: String?
  /// PEM file with the roots to trust; absent: the system's.
  var ca: String?
  var tenant: String?
  var token: String?
}

/// The contexts of a user, kept in a file that only they may read.
struct ContextFile: Codable, Equatable, Sendable {
  static let maximumBytes = 1 << 20

  /// Name of the context that is used when none is named.
  var current: String?
  var contexts: [String: Context] = [:]

  init() {}

  init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    current = try container.decodeIfPresent(String.self, forKey: .current)
    contexts = try container.decodeIfPresent([String: Context].self, forKey: .contexts) ?? [:]
  }

  /// `$SIGNALBOX_CONFIG`, else `config.yaml` in the user's configuration folder.
  static func path(_ surroundings: Surroundings) throws -> String {
    if let path = surroundings.variable("SIGNALBOX_CONFIG") { return path }
    if let folder = surroundings.variable("XDG_CONFIG_HOME") { return folder + "/signalbox/config.yaml" }
    guard let home = surroundings.variable("HOME") else {
      throw CommandFailure(
        .usage, "there is no home folder to keep contexts in", hint: "set SIGNALBOX_CONFIG to the path of a file")
    }
    return home + "/.config/signalbox/config.yaml"
  }

  /// An absent file holds no contexts.
  static func read(_ surroundings: Surroundings) throws -> ContextFile {
    let path = try path(surroundings)
    guard FileManager.default.fileExists(atPath: path) else { return ContextFile() }
    let bytes = try InputFile.read(path: path, limit: maximumBytes)
    if PrivateFile.isReadableByOthers(path) {
      surroundings.writeError(
        "warning: other users can read `\(SafeText.line(path))`; make it private with `chmod 600`\n")
    }
    do {
      return try YAMLDecoder().decode(ContextFile.self, from: String(decoding: bytes, as: UTF8.self))
    } catch {
      throw CommandFailure(
        .usage, "`\(path)` is not a file of contexts: \(ContextFile.reason(error))",
        hint: "correct it, or move it away and log in again with `signalbox login`")
    }
  }

  func write(_ surroundings: Surroundings) throws {
    let encoder = YAMLEncoder()
    encoder.options = YAMLEncoder.Options(allowUnicode: true, sortKeys: true)
    try PrivateFile.replace(try ContextFile.path(surroundings), with: Array(try encoder.encode(self).utf8))
  }

  /// Throws for a name that no context has.
  func context(named name: String) throws -> Context {
    guard let context = contexts[name] else {
      throw CommandFailure(
        .notFound, "no context is named `\(name)`", hint: "`signalbox context list` shows the contexts there are")
    }
    return context
  }

  private static func reason(_ error: any Error) -> String {
    guard let error = error as? DecodingError else { return "\(error)" }
    switch error {
    case .typeMismatch(_, let context), .valueNotFound(_, let context), .keyNotFound(_, let context),
      .dataCorrupted(let context):
      let path = context.codingPath.map(\.stringValue).joined(separator: ".")
      return path.isEmpty ? context.debugDescription : "`\(path)` is not of its form"
    @unknown default:
      return "\(error)"
    }
  }
}
