import ArgumentParser
import SignalboxClient

struct TicketTake: ServerCommand {
  static let configuration = CommandConfiguration(
    commandName: "take", abstract: "Make an unassigned ticket yours.")

  @Argument(help: "Number of the ticket.") var number: UInt64
  @OptionGroup(title: "Change") var version: ExpectedVersionOptions
  @OptionGroup(title: "Change") var write: WriteOptions
  @OptionGroup(title: "Output") var shown: OutputOptions
  @OptionGroup(title: "Connection") var connection: ConnectionOptions

  var hints: [ErrorReason: String] {
    [
      .alreadyAssigned:
        "make it yours with `signalbox ticket steal \(number) --reason TEXT`, or ask its assignee to release it"
    ]
  }

  func run(in session: Session) async throws {
    var request = TakeTicketRequest()
    request.number = number
    request.expectedVersion = try await version.resolve(number, session)
    let ticket = try await session.calls.takeTicket(request, try write.options(session)).ticket
    try session.showChange(
      "\(write.verb("took", "take")) ticket \(ticket.number) of queue `\(ticket.queue)`: assigned to \(ticket.assignee)",
      TicketFormat.one(ticket), shown.output, dryRun: write.dryRun)
  }
}
