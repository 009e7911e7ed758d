import Foundation

/// The repository as the tests of the house rules read it.
enum Repository {
  static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()

  struct File {
    /// From the root of the repository.
    let path: String
    let lines: [Substring]

    var text: String { lines.joined(separator: "\n") }
    var isGenerated: Bool { path.contains("/Generated/") }
  }

  /// Files below a folder with one of the endings, in a fixed order.
  static func files(below folder: String, endings: Set<String>) throws -> [File] {
    let base = root.appending(path: folder)
    guard let names = FileManager.default.enumerator(atPath: base.path) else {
      throw Missing(description: "there is no folder `\(folder)`")
    }
    return try names.compactMap { $0 as? String }
      .filter { endings.contains(URL(filePath: $0).pathExtension) && !$0.contains(".build/") }
      .sorted()
      .map { name in
        let text = try String(contentsOf: base.appending(path: name), encoding: .utf8)
        return File(path: "\(folder)/\(name)", lines: text.split(separator: "\n", omittingEmptySubsequences: false))
      }
  }

  static func targets() throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: root.appending(path: "Sources").path).sorted()
  }

  struct Missing: Error, CustomStringConvertible {
    let description: String
  }
}
