import Configuration
import Foundation
import Synchronization
import SystemPackage

/// The file with the settings. Each name in it has to be that of a setting: one that was mistyped would otherwise be a
/// setting, of security perhaps, that silently is not set.
struct SettingsFile {
  static let maximumBytes = 1 << 20
  private static let chunkBytes = 64 << 10

  private let path: String

  /// The settings in a file; throws ``UsageError``.
  static func provider(_ path: String) throws -> InMemoryProvider {
    try SettingsFile(path: path).provider()
  }

  private func provider() throws -> InMemoryProvider {
    let bytes = try read()
    let keys = SeenKeys()
    let snapshot: any ConfigSnapshot
    do {
      // Whether a value is secret is asked for each name in the file, which is how the names are learnt.
      if path.hasSuffix(".json") {
        snapshot = try JSONSnapshot(
          data: bytes.span.bytes, providerName: path,
          parsingOptions: JSONSnapshot.ParsingOptions(
            secretsSpecifier: .dynamic { key, _ in keys.note(key) }))
      } else {
        snapshot = try YAMLSnapshot(
          data: bytes.span.bytes, providerName: path,
          parsingOptions: YAMLSnapshot.ParsingOptions(
            secretsSpecifier: .dynamic { key, _ in keys.note(key) }))
      }
    } catch {
      throw fault(explained(error), next: "correct it, or begin anew with `signalboxd --example-config`")
    }
    var values: [AbsoluteConfigKey: ConfigValue] = [:]
    for key in keys.sorted {
      let value = Self.value(of: key, in: snapshot)
      if Setting.all.contains(where: { $0.key == key }) {
        guard let value else { throw fault("`\(key)` takes one value") }
        values[AbsoluteConfigKey(ConfigKey(key))] = value
      } else if Setting.all.contains(where: { $0.key.hasPrefix(key + ".") }) {
        guard let value, Self.empty.contains(value.content) else {
          throw fault("`\(key)` is no setting, settings stand below it")
        }
      } else {
        let meant = Setting.nearestKey(to: key).map { "; did you mean `\($0)`?" } ?? ""
        throw fault("there is no setting `\(key)`\(meant)")
      }
    }
    return InMemoryProvider(name: path, values: values)
  }

  /// What YAML has for nothing; a group of settings may have none.
  private static let empty: [ConfigContent] = [.string(""), .string("~"), .string("null")]

  /// A text or a number; nil for what is neither.
  private static func value(of key: String, in snapshot: any ConfigSnapshot) -> ConfigValue? {
    let key = AbsoluteConfigKey(ConfigKey(key))
    if let text = try? snapshot.value(forKey: key, type: .string).value { return text }
    guard let number = try? snapshot.value(forKey: key, type: .int).value else { return nil }
    return number
  }

  private func read() throws -> [UInt8] {
    let bytes: [UInt8]
    do {
      let file = try FileDescriptor.open(FilePath(path), .readOnly)
      bytes = try file.closeAfter { try Self.bytes(of: file) }
    } catch {
      throw fault("\(error)", next: "name a file that this user may read with --config")
    }
    guard bytes.count <= Self.maximumBytes else { throw fault("it has more than \(Self.maximumBytes) bytes") }
    return bytes
  }

  /// What is in it, and no more than shows that it is too much.
  private static func bytes(of file: FileDescriptor) throws -> [UInt8] {
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: chunkBytes)
    while bytes.count <= maximumBytes {
      let count = try chunk.withUnsafeMutableBytes { try file.read(into: $0) }
      if count == 0 { break }
      bytes += chunk.prefix(count)
    }
    return bytes
  }

  /// In one line; of what Foundation throws, what it says about the text.
  private func explained(_ error: any Error) -> String {
    let known = error as NSError
    var text = "\(error)"
    if known.domain == NSCocoaErrorDomain {
      let detail = known.userInfo["NSDebugDescription"] as? String ?? ""
      text = "it is no JSON" + (detail.isEmpty ? "" : ": \(detail)")
    }
    let line = text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    return line.hasSuffix(".") ? String(line.dropLast()) : line
  }

  private func fault(_ problem: String, next: String = UsageError.help) -> UsageError {
    UsageError(description: "cannot read the settings in `\(path)`: \(problem)", next: next)
  }
}

/// Names, gathered by a closure that may run anywhere.
private final class SeenKeys: Sendable {
  private let keys = Mutex<Set<String>>([])

  var sorted: [String] { keys.withLock { $0.sorted() } }

  /// False: nothing in the file is treated as secret here.
  func note(_ key: String) -> Bool {
    keys.withLock { _ = $0.insert(key) }
    return false
  }
}
