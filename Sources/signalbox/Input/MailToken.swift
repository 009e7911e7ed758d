/// The token that a mail to a watcher holds. Never an argument, which others on the machine can see.
enum MailToken {
  private static let maximumBytes = 1_024

  static func read(_ path: String, _ session: Session) throws -> String {
    let token = try InputFile.text(path, session.surroundings, limit: maximumBytes).trimmed
    guard !token.isEmpty else { throw InputFault(file: path, line: nil, message: "there is no token in it") }
    return token
  }
}
