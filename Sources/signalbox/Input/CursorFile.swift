import Foundation

/// The file in which a watch remembers its cursor.
enum CursorFile {
  static let maximumBytes = 4096

  /// Nil when there is no file yet, or nothing in it.
  static func read(_ path: String?) throws -> String? {
    guard let path, FileManager.default.fileExists(atPath: path) else { return nil }
    let text = String(decoding: try InputFile.read(path: path, limit: maximumBytes), as: UTF8.self).trimmed
    return text.isEmpty ? nil : text
  }

  static func write(_ cursor: String, to path: String) throws {
    try PrivateFile.replace(path, with: Array("\(cursor)\n".utf8))
  }
}
