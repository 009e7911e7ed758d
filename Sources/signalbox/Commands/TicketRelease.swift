import ArgumentParser
import SignalboxClient

struct TicketRelease: ServerCommand {
  static let configuration = CommandConfiguration(commandName: "release", abstract: "Let go of a ticket that is yours.")

  @Argument(help: "Number of the ticket.") var number: UInt64
  @Option(help: ArgumentHelp("Why, for its history.", valueName: "text")) var reason: String
  @OptionGroup(title: "Change") var version: ExpectedVersionOptions
  @OptionGroup(title: "Change") var write: WriteOptions
  @OptionGroup(title: "Output") var shown: OutputOptions
  @OptionGroup(title: "Connection") var connection: ConnectionOptions

  var hints: [ErrorReason: String] {
    [.notPermitted: "`signalbox ticket get \(number)` shows who has it; what is unassigned needs no release"]
  }

  func run(in session: Session) async throws {
    var request = ReleaseTicketRequest()
    request.number = number
    request.reason = reason
    request.expectedVersion = try await version.resolve(number, session)
    let ticket = try await session.calls.releaseTicket(request, try write.options(session)).ticket
    try session.showChange(
      "\(write.verb("released", "release")) ticket \(ticket.number): in queue `\(ticket.queue)`, unassigned",
      TicketFormat.one(ticket), shown.output, dryRun: write.dryRun)
  }
}
