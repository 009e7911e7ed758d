import ArgumentParser
import SignalboxClient

struct Apply: ServerCommand {
  static let configuration = CommandConfiguration(
    abstract: "Make the tenant be as a document says, all of it or nothing.",
    discussion: """
      Shows the plan and asks first. What is applied is what was shown: if the configuration has changed in between, it is \
      refused. See `signalbox plan --help` for what a document means.
      """)

  @OptionGroup(title: "The document") var source: DocumentOptions
  @Option(help: ArgumentHelp("Why, for the history.", valueName: "text")) var reason = ""
  @OptionGroup(title: "Removal") var removal: RemovalOptions
  @OptionGroup(title: "Change") var confirmation: ConfirmOptions
  @OptionGroup(title: "Change") var write: WriteOptions
  @OptionGroup(title: "Output") var shown: OutputOptions
  @OptionGroup(title: "Connection") var connection: ConnectionOptions

  func run(in session: Session) async throws {
    let file = try TenantDocumentFile(source.file, session.surroundings)
    var look = PlanConfigurationRequest()
    look.document = file.document
    look.force = removal.force
    look.redirects = removal.queueRedirects
    let plan = try await session.reviewed(
      look, file: file, confirmation, dryRun: write.dryRun, shown.output)
    guard let plan else { return try session.showNoDifferences(shown.output) }
    var request = ApplyConfigurationRequest()
    request.document = file.document
    request.expectedVersion = plan.version
    request.reason = reason
    request.force = removal.force
    request.redirects = removal.queueRedirects
    let response = try await session.calls.applyConfiguration(request, try write.options(session))
    try session.show(response, plan, shown.output, write)
  }
}
