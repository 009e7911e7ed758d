import ArgumentParser
import SignalboxClient

struct ConfigurationShow: ServerCommand {
  static let configuration = CommandConfiguration(
    commandName: "show", abstract: "Print a version as a document that `apply` takes.")

  @Argument(help: "Number of the version.") var version: UInt64
  @OptionGroup(title: "Output") var shown: OutputOptions
  @OptionGroup(title: "Connection") var connection: ConnectionOptions

  func run(in session: Session) async throws {
    var request = GetConfigurationVersionRequest()
    request.version = version
    let response = try await session.calls.getConfigurationVersion(request, session.reading)
    try session.show(response.document, version: version, shown.output)
  }
}
