import ArgumentParser
import SignalboxClient

struct QueueRegistrationComment: ServerCommand {
  static let configuration = CommandConfiguration(
    commandName: "comment", abstract: "Say a word to the other side of a registration.")

  @Argument(help: "Number of the registration.") var registration: UInt64
  @Argument(help: "The comment, one line.") var comment: String
  @OptionGroup(title: "Change") var write: WriteOptions
  @OptionGroup(title: "Output") var shown: OutputOptions
  @OptionGroup(title: "Connection") var connection: ConnectionOptions

  func run(in session: Session) async throws {
    var request = CommentQueueRegistrationRequest()
    request.registration = registration
    request.comment = comment
    let commented = try await session.calls.commentRegistration(request, try write.options(session))
    try session.showChange(
      "\(write.verb("commented", "comment")) on registration \(registration), queue `\(commented.queue.name)`",
      QueueFormat.registration(commented), shown.output, dryRun: write.dryRun)
  }
}
