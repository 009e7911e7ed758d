import ArgumentParser
import SignalboxClient

struct TicketWatch: ServerCommand {
  static let configuration = CommandConfiguration(
    commandName: "watch", abstract: "Follow what happens in queues, a line an event, until interrupted.",
    discussion: """
      With --cursor-file the command goes on where it last was: the file is read at the start, wins over --cursor \
      and --from-start, and is replaced after each event. After a crash an event may be shown twice, never lost.
      """)

  @Argument(help: "Queues to follow, 1 to 64.") var queues: [String]
  @Option(help: ArgumentHelp("Start after this cursor instead of now.", valueName: "cursor")) var cursor: String?
  @Flag(help: "Start with the first event that is kept.") var fromStart = false
  @Option(help: ArgumentHelp("End after this many events.", valueName: "number")) var count: Int?
  @Option(help: ArgumentHelp("File that remembers how far this got.", valueName: "path"), completion: .file())
  var cursorFile: String?
  @OptionGroup(title: "Output") var shown: OutputOptions
  @OptionGroup(title: "Connection") var connection: ConnectionOptions

  func validate() throws {
    guard (1...64).contains(queues.count) else { throw ValidationError("name 1 to 64 queues") }
    if cursor != nil, fromStart { throw ValidationError("give --cursor or --from-start, not both") }
    if let count, count < 1 { throw ValidationError("--count takes 1 or more") }
    if connection.timeout != nil { throw ValidationError("a watch goes on until it is ended; leave --timeout out") }
  }

  func run(in session: Session) async throws {
    var request = WatchTicketsRequest()
    request.queues = queues
    request.cursor = try CursorFile.read(cursorFile) ?? cursor ?? (fromStart ? "start" : "")
    let log = EventLog(
      format: shown.output, style: session.surroundings.style, cursorFile: cursorFile, limit: count,
      write: session.surroundings.writeOutput)
    let calls = session.calls
    let final = request
    try await session.surroundings.untilInterrupted {
      try await calls.watchTickets(final, CallOptions()) { response in try log.receive(response) }
    }
  }
}
