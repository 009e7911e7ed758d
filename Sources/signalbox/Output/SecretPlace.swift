import SwiftProtobuf

/// Where a secret goes that is told once: into a new file that only its owner may read, or to standard output.
struct SecretPlace {
  private let path: String?

  /// Standard output when there is no path.
  init(_ path: String?) {
    self.path = path
  }

  /// Makes the file first: a secret that has nowhere to go would be lost. It is removed again if `body` fails.
  func open<Answer>(_ body: () async throws -> Answer) async throws -> Answer {
    if let path { try PrivateFile.create(path) }
    do {
      return try await body()
    } catch {
      giveUp()
      throw error
    }
  }

  /// There is no secret after all.
  func giveUp() {
    if let path { PrivateFile.remove(path) }
  }

  /// Writes the secret into the file; false when it goes to standard output.
  func keep(_ secret: String) throws -> Bool {
    guard let path else { return false }
    try PrivateFile.replace(path, with: Array("\(secret)\n".utf8))
    return true
  }

  /// Shows the answer; people see the secret alone, if it is not in the file.
  func show(
    _ answer: any Message, name: String, secret: String, _ output: OutputFormat, _ session: Session
  ) throws {
    let secret = SafeText.line(secret)
    let shown = Shown.one(answer, id: name) { _ in secret.isEmpty ? "" : secret + "\n" }
    // Names alone would lose the secret for ever.
    do {
      try session.show(shown, output == .ids && path == nil ? .table : output)
    } catch let failure as CommandFailure where !secret.isEmpty {
      let why = failure.message.isEmpty ? "nobody read it" : failure.message
      throw CommandFailure(
        failure.status, "the secret of token `\(name)` is lost: \(why)",
        hint: "`signalbox token rotate \(name)` gives the token another one")
    }
  }
}
