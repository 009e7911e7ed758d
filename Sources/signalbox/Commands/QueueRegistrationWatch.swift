import ArgumentParser
import SignalboxClient

struct QueueRegistrationWatch: ServerCommand {
  static let configuration = CommandConfiguration(
    commandName: "watch", abstract: "Follow what happens to registrations, a line an event, until interrupted.")

  @Argument(help: "Numbers of the registrations, 1 to 64.") var registrations: [UInt64]
  @Flag(help: "Start with the first event that is kept.") var fromStart = false
  @Option(help: ArgumentHelp("End after this many events.", valueName: "number")) var count: Int?
  @OptionGroup(title: "Output") var shown: OutputOptions
  @OptionGroup(title: "Connection") var connection: ConnectionOptions

  func validate() throws {
    guard (1...64).contains(registrations.count) else { throw ValidationError("name 1 to 64 registrations") }
    if let count, count < 1 { throw ValidationError("--count takes 1 or more") }
    if connection.timeout != nil { throw ValidationError("a watch goes on until it is ended; leave --timeout out") }
  }

  func run(in session: Session) async throws {
    var request = WatchTicketsRequest()
    request.registrations = registrations
    request.cursor = fromStart ? "start" : ""
    let log = EventLog(
      format: shown.output, style: session.surroundings.style, cursorFile: nil, limit: count,
      write: session.surroundings.writeOutput)
    let calls = session.calls
    let final = request
    try await session.surroundings.untilInterrupted {
      try await calls.watchTickets(final, CallOptions()) { response in try log.receive(response) }
    }
  }
}
