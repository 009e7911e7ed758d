import ArgumentParser
import SignalboxClient

struct TicketReassign: ServerCommand {
  static let configuration = CommandConfiguration(
    commandName: "reassign",
    abstract: "Hand a ticket to somebody else who may own it in its queue, or move it to another queue.")

  @Argument(help: "Number of the ticket.") var number: UInt64
  @Option(help: ArgumentHelp("Internally: to this agent of the ticket's queue.", valueName: "handle")) var toPerson:
    String?
  @Flag(help: "Externally: your organization keeps reading it.") var refer = false
  @Option(help: ArgumentHelp("Externally: to this queue.", valueName: "queue")) var toQueue: String?
  @Option(help: ArgumentHelp("Why, for its history.", valueName: "text")) var reason: String
  @OptionGroup(title: "Change") var version: ExpectedVersionOptions
  @OptionGroup(title: "Change") var write: WriteOptions
  @OptionGroup(title: "Output") var shown: OutputOptions
  @OptionGroup(title: "Connection") var connection: ConnectionOptions

  func validate() throws {
    guard (toPerson == nil) != (toQueue == nil) else {
      throw ValidationError("give either --to-person HANDLE or --to-queue QUEUE")
    }
    if refer, toQueue == nil { throw ValidationError("--refer goes with --to-queue") }
  }

  func run(in session: Session) async throws {
    var request = ReassignTicketRequest()
    request.number = number
    request.reason = reason
    if let toPerson { request.toPerson = toPerson }
    if let toQueue { request.toQueue = toQueue }
    request.refer = refer
    request.expectedVersion = try await version.resolve(number, session)
    let ticket = try await session.calls.reassignTicket(request, try write.options(session)).ticket
    let assignee = ticket.assignee.isEmpty ? "unassigned" : "assigned to \(ticket.assignee)"
    try session.showChange(
      "\(write.verb("reassigned", "reassign")) ticket \(ticket.number): in queue `\(ticket.queue)`, \(assignee)",
      TicketFormat.one(ticket), shown.output, dryRun: write.dryRun)
  }
}
