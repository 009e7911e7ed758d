import ArgumentParser
import SignalboxClient

struct TicketNote: ServerCommand {
  static let configuration = CommandConfiguration(
    commandName: "note", abstract: "Write on a ticket what only colleagues read.")

  @Argument(help: "Number of the ticket.") var number: UInt64
  @OptionGroup(title: "Text") var text: CommentOptions
  @OptionGroup(title: "Change") var write: WriteOptions
  @OptionGroup(title: "Output") var shown: OutputOptions
  @OptionGroup(title: "Connection") var connection: ConnectionOptions

  func run(in session: Session) async throws {
    var request = NoteTicketRequest()
    request.number = number
    request.body = try text.text(session.surroundings)
    let response = try await session.calls.noteTicket(request, try write.options(session))
    try session.showChange(
      "\(write.verb("noted", "note")) on ticket \(number), note \(response.comment.number)",
      CommentFormat.written(response), shown.output, dryRun: write.dryRun)
  }
}
