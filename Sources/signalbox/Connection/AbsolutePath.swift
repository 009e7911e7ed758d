import Foundation

/// Paths that are kept must not depend on where they were written.
enum AbsolutePath {
  static func of(_ path: String) -> String {
    URL(fileURLWithPath: path).standardizedFileURL.path
  }
}
