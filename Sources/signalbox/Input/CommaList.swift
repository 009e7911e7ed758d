import ArgumentParser

/// Words with commas between, on the command line: `browse,create`.
struct CommaList: ExpressibleByArgument, Sendable {
  var texts: [String]

  /// Nil where nothing stands before, between or behind commas.
  init?(argument: String) {
    texts = argument.split(separator: ",", omittingEmptySubsequences: false).map(\.trimmed)
    if texts.contains("") { return nil }
  }
}
