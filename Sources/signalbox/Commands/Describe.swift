import ArgumentParser
import SignalboxClient

struct Describe: ServerCommand {
  static let configuration = CommandConfiguration(
    abstract: "Show what the server is, what it can do, and who it takes you for.")

  @Flag(help: "Also list the methods.") var methods = false
  @Flag(help: "Also list the reasons with which it says no.") var errors = false
  @Flag(help: "Also list its limits.") var limits = false
  @Flag(help: "Keep the protocol's descriptors in json and yaml; they are long.") var descriptors = false

  @OptionGroup(title: "Output") var shown: OutputOptions
  @OptionGroup(title: "Connection") var connection: ConnectionOptions

  func run(in session: Session) async throws {
    var response = try await session.calls.describe(session.reading)
    if !descriptors { response.descriptors.removeAll() }
    var parts: DescribeFormat.Parts = []
    if methods { parts.insert(.methods) }
    if errors { parts.insert(.errors) }
    if limits { parts.insert(.limits) }
    try session.show(DescribeFormat.one(response, parts: parts), shown.output)
  }
}
