import ArgumentParser

/// The token that a mail to a watcher holds. Never an argument, which others on the machine can see.
struct MailTokenOptions: ParsableArguments, Sendable {
  private static let maximumBytes = 1_024

  @Option(
    help: ArgumentHelp("File with the token of the address's mail; `-` for standard input.", valueName: "path"),
    completion: .file())
  var mailTokenFile: String?

  /// Nil where no file is named.
  func read(_ surroundings: Surroundings) throws -> String? {
    guard let mailTokenFile else { return nil }
    let token = try InputFile.text(mailTokenFile, surroundings, limit: Self.maximumBytes).trimmed
    guard !token.isEmpty else { throw InputFault(file: mailTokenFile, line: nil, message: "there is no token in it") }
    return token
  }
}

/// Which watcher the caller is: themself in a queue, or whose mail held the token.
struct OwnWatcherOptions: ParsableArguments, Sendable {
  @Argument(help: "Name of the queue.") var queue: String?
  @OptionGroup var mail: MailTokenOptions

  func validate() throws {
    guard (queue != nil) != (mail.mailTokenFile != nil) else {
      throw ValidationError("give QUEUE, or --mail-token-file PATH")
    }
  }
}
