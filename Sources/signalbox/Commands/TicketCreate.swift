import ArgumentParser
import SignalboxClient

struct TicketCreate: ServerCommand {
  static let configuration = CommandConfiguration(
    commandName: "create", abstract: "Open a ticket, or all of a file, and say where each went and why.",
    discussion: """
      A file holds a JSON object a line with the keys subject, body, requester, channel, category, resource, tags, \
      priority, type and fields, an object of texts; other keys are ignored. Each ticket is answered with its number, \
      queue, assignee and why. Such a line is

      {"subject": "no log-in", "body": "since noon", "tags": ["ssh"]}
      """)

  @OptionGroup(title: "Ticket") var draft: TicketDraftOptions
  @OptionGroup(title: "Many at once") var many: TicketFileOptions
  @OptionGroup(title: "Change") var write: WriteOptions
  @OptionGroup(title: "Output") var shown: OutputOptions
  @OptionGroup(title: "Connection") var connection: ConnectionOptions

  func validate() throws {
    guard draft.subject == nil || many.from == nil else { throw ValidationError("give --subject or --from, not both") }
    guard draft.subject != nil || many.from != nil else { throw ValidationError("give --subject TEXT or --from FILE") }
    if many.from != nil, draft.isUsed {
      throw ValidationError("--from takes everything from the file; leave the other options out")
    }
  }

  func run(in session: Session) async throws {
    if let file = many.from {
      let run = TicketFileRun(file: file, options: many, write: write, format: shown.output, session: session)
      return try await run.run()
    }
    let request = try draft.request(session.surroundings)
    let response = try await session.calls.createTicket(request, try write.options(session))
    let assignee = response.assignee.isEmpty ? "unassigned" : "assigned to \(response.assignee)"
    let what = write.dryRun ? "would create a ticket" : "created ticket \(response.number)"
    let sentence = "\(what) in queue `\(response.queue)`, \(assignee): \(DecisionFormat.summary(response.decision))"
    let because = response.decision.because.isEmpty ? "" : "\n  because: \(SafeText.line(response.decision.because))"
    try session.showChange(
      SafeText.line(sentence) + because, .one(response, id: "\(response.number)") { _ in "" }, shown.output,
      dryRun: write.dryRun)
  }
}
