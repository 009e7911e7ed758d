import ArgumentParser
import SignalboxClient

struct TicketCommentCommand: ServerCommand {
  static let configuration = CommandConfiguration(
    commandName: "comment", abstract: "Write what all who see a ticket read, its requester too.")

  @Argument(help: "Number of the ticket.") var number: UInt64
  @OptionGroup(title: "Text") var text: CommentOptions
  @OptionGroup(title: "Change") var write: WriteOptions
  @OptionGroup(title: "Output") var shown: OutputOptions
  @OptionGroup(title: "Connection") var connection: ConnectionOptions

  func run(in session: Session) async throws {
    var request = CommentTicketRequest()
    request.number = number
    request.body = try text.text(session.surroundings)
    let response = try await session.calls.commentTicket(request, try write.options(session))
    try session.showChange(
      "\(write.verb("commented", "comment")) on ticket \(number), comment \(response.comment.number)",
      CommentFormat.written(response), shown.output, dryRun: write.dryRun)
  }
}
