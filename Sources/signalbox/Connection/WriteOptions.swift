import ArgumentParser
import SignalboxClient

/// The flags of a command that changes something.
struct WriteOptions: ParsableArguments, Sendable {
  static let maximumKeyBytes = 64

  @Flag(help: "Do everything but keep nothing, and say what would happen.")
  var dryRun = false

  @Option(
    help: ArgumentHelp(
      "Name this change, so that sending it again does nothing twice; made up when left out.", valueName: "text"))
  var idempotencyKey: String?

  func validate() throws {
    if let idempotencyKey, !(1...WriteOptions.maximumKeyBytes).contains(idempotencyKey.utf8.count) {
      throw ValidationError("--idempotency-key takes 1 to \(WriteOptions.maximumKeyBytes) bytes")
    }
  }

  /// Options for one call. `line` tells apart the calls of a command that makes many under one key.
  func options(_ session: Session, line: Int? = nil) throws -> CallOptions {
    var options = session.reading
    options.dryRun = dryRun
    if let idempotencyKey {
      let key = line.map { "\(idempotencyKey)-\($0)" } ?? idempotencyKey
      guard key.utf8.count <= WriteOptions.maximumKeyBytes else {
        throw CommandFailure(
          .usage, "--idempotency-key with the number of a line must stay within \(WriteOptions.maximumKeyBytes) bytes")
      }
      options.idempotencyKey = Array(key.utf8)
    }
    return options
  }

  /// `created`, or `would create` in a dry run.
  func verb(_ done: String, _ would: String) -> String {
    dryRun ? "would \(would)" : done
  }
}

/// The flag of a command whose effect cannot be undone.
struct ConfirmOptions: ParsableArguments, Sendable {
  @Flag(name: .shortAndLong, help: "Do not ask. Required where nobody can answer.")
  var yes = false

  /// Throws unless the user agrees. `act` continues the sentence that begins with the command's name for it:
  /// `revoke token \`x\``.
  func confirm(_ act: String, dryRun: Bool, _ surroundings: Surroundings) throws {
    if yes || dryRun { return }
    guard surroundings.inputIsTerminal else {
      throw CommandFailure(.usage, "this would \(act) for good", hint: "add --yes when you are sure")
    }
    surroundings.writeError("\(SafeText.line(act)) for good? [y/N] ")
    guard let answer = surroundings.readAnswer()?.trimmed.lowercased(), answer == "y" || answer == "yes" else {
      throw CommandFailure(.answeredNo, "nothing was changed")
    }
  }
}

/// The flag of a command that shows something.
struct OutputOptions: ParsableArguments, Sendable {
  @Option(name: .shortAndLong, help: "How to show it.")
  var output = OutputFormat.table
}

/// The flag of a command that shows a list.
struct ListOptions: ParsableArguments, Sendable {
  @Option(help: ArgumentHelp("Show at most this many.", valueName: "number"))
  var limit = 200

  func validate() throws {
    guard (1...1_000_000).contains(limit) else { throw ValidationError("--limit takes 1 to 1000000") }
  }
}
