import ArgumentParser
import SignalboxClient

struct TicketUpdate: ServerCommand {
  static let configuration = CommandConfiguration(
    commandName: "update", abstract: "Change what a ticket says: status, priority, type, tags, custom fields and more.",
    discussion: """
      What is not named stays. An empty text clears a category, a resource, a type or, as --field NAME=, a custom field. \
      A solved or closed ticket that gets another status is open again. A ticket that gets another type has the fields \
      of that type afterwards: give it those that are required, and clear those that the new type has not.
      """)

  @Argument(help: "Number of the ticket.") var number: UInt64
  @Option(help: ArgumentHelp("What it is about, in one line.", valueName: "text")) var subject: String?
  @Option(help: "How far it is.") var status: Choice<TicketStatus>?
  @Option(help: "How urgent it is.") var priority: Choice<Priority>?
  @Option(help: ArgumentHelp("One of the tenant's categories.", valueName: "text")) var category: String?
  @Option(help: ArgumentHelp("Machine or service it is about.", valueName: "name")) var resource: String?
  @Option(help: ArgumentHelp("One of the tenant's ticket types.", valueName: "name")) var type: String?
  @Option(name: .customLong("add-tag"), help: ArgumentHelp("Tag; repeat for more.", valueName: "text"))
  var addedTags: [String] = []
  @Option(
    name: .customLong("remove-tag"), help: ArgumentHelp("Tag that it loses; repeat for more.", valueName: "text"))
  var removedTags: [String] = []
  @OptionGroup var custom: CustomFieldOptions
  @OptionGroup(title: "Change") var version: ExpectedVersionOptions
  @OptionGroup(title: "Change") var write: WriteOptions
  @OptionGroup(title: "Output") var shown: OutputOptions
  @OptionGroup(title: "Connection") var connection: ConnectionOptions

  func validate() throws {
    let texts = [subject, category, resource, type].contains { $0 != nil }
    let isUsed =
      texts || status != nil || priority != nil || !addedTags.isEmpty || !removedTags.isEmpty
      || !custom.fields.isEmpty
    guard isUsed else { throw ValidationError("name something to change, like --status or --add-tag") }
  }

  func run(in session: Session) async throws {
    var request = UpdateTicketRequest()
    request.number = number
    if let subject { request.subject = subject }
    if let status { request.status = status.value }
    if let priority { request.priority = priority.value }
    if let category { request.category = category }
    if let resource { request.resource = resource }
    if let type { request.type = type }
    request.addTags = addedTags
    request.removeTags = removedTags
    request.fields = custom.values
    request.expectedVersion = try await version.resolve(number, session)
    let ticket = try await session.calls.updateTicket(request, try write.options(session)).ticket
    let sentence =
      ticket.version == request.expectedVersion
      ? "ticket \(ticket.number) is like that already"
      : "\(write.verb("updated", "update")) ticket \(ticket.number): \(ticket.status.word), \(ticket.priority.word)"
    try session.showChange(sentence, TicketFormat.one(ticket), shown.output, dryRun: write.dryRun)
  }
}
