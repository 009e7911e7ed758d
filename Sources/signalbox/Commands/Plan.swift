import ArgumentParser
import SignalboxClient

struct Plan: ServerCommand {
  static let configuration = CommandConfiguration(
    abstract: "Show what applying a document would change; ends with 1 when there is anything.",
    discussion: """
      A section of the document that is absent is left alone; one that is present is complete, so what it does not mention \
      is removed. Ends with 0 when there are no differences, with 1 when there are, with 4 when applying would be refused.
      """)

  @OptionGroup(title: "The document") var source: DocumentOptions
  @OptionGroup(title: "Removal") var removal: RemovalOptions
  @OptionGroup(title: "Output") var shown: OutputOptions
  @OptionGroup(title: "Connection") var connection: ConnectionOptions

  func run(in session: Session) async throws {
    let file = try TenantDocumentFile(source.file, session.surroundings)
    var request = PlanConfigurationRequest()
    request.document = file.document
    request.force = removal.force
    request.redirects = removal.queueRedirects
    let plan = try await session.calls.planConfiguration(request, session.reading)
    try session.refuse(plan.problems, in: file)
    try session.show(ConfigurationFormat.plan(plan), shown.output)
    try session.refuse(plan)
    if !plan.differences.isEmpty { throw CommandFailure(.answeredNo, "") }
  }
}
