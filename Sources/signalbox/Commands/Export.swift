import ArgumentParser
import SignalboxClient

struct Export: ServerCommand {
  static let configuration = CommandConfiguration(
    abstract: "Print the tenant's configuration as a document that `apply` takes.",
    discussion: """
      As a table and as yaml it is the document itself, with the rules in it; as json it is the protocol's message.
      """)

  @OptionGroup(title: "Output") var shown: OutputOptions
  @OptionGroup(title: "Connection") var connection: ConnectionOptions

  func run(in session: Session) async throws {
    let response = try await session.calls.exportConfiguration(ExportConfigurationRequest(), session.reading)
    try session.show(response.document, version: response.version, shown.output)
  }
}

extension Session {
  /// A document in the form that `apply` takes, unless json or ids are asked for.
  func show(_ document: TenantDocument, version: UInt64, _ format: OutputFormat) throws {
    switch format {
    case .table, .yaml:
      let text = try TenantDocumentText.of(document)
      // A file keeps every character; a terminal would act on some.
      try surroundings.writeOutput(surroundings.outputIsTerminal ? SafeText.block(text) : text)
    case .json, .ids:
      try show(.one(document, id: "\(version)") { _ in "" }, format)
    }
  }
}
