import ArgumentParser
import SignalboxClient

struct TicketWhy: ServerCommand {
  static let configuration = CommandConfiguration(
    commandName: "why", abstract: "Say why a ticket is where it is.")

  @Argument(help: "Number of the ticket.") var number: UInt64
  @Flag(help: "Also show what each rule makes of the ticket as it is now.") var all = false
  @OptionGroup(title: "Output") var shown: OutputOptions
  @OptionGroup(title: "Connection") var connection: ConnectionOptions

  func run(in session: Session) async throws {
    var request = WhyTicketRequest()
    request.number = number
    let why = try await session.calls.whyTicket(request, session.reading)
    try session.show(WhyFormat.one(why, withTraces: all), shown.output)
  }
}
