import ArgumentParser

/// What is to be written on a ticket: as an argument, or from a file.
struct CommentOptions: ParsableArguments, Sendable {
  /// The largest text that the protocol takes.
  static let maximumBodyBytes = 64 << 10

  @Argument(help: ArgumentHelp("The text.", valueName: "text")) var body: String?
  @Option(help: ArgumentHelp("File with the text, or - for standard input.", valueName: "path"), completion: .file())
  var bodyFile: String?

  func validate() throws {
    guard (body == nil) != (bodyFile == nil) else { throw ValidationError("give either a text or --body-file PATH") }
  }

  func text(_ surroundings: Surroundings) throws -> String {
    try bodyFile.map { try InputFile.text($0, surroundings, limit: Self.maximumBodyBytes) } ?? body ?? ""
  }
}
