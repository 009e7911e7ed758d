import ArgumentParser
import SignalboxClient

struct AgentSkills: ServerCommand {
  static let configuration = CommandConfiguration(
    commandName: "skills", abstract: "Say what somebody knows, for rules that ask for it.")

  @Argument(help: "Log-in name.") var handle: String
  @Argument(help: "All of them, with commas between.") var skills: CommaList?
  @Flag(help: "None any more.") var none = false
  @OptionGroup(title: "Change") var write: WriteOptions
  @OptionGroup(title: "Output") var shown: OutputOptions
  @OptionGroup(title: "Connection") var connection: ConnectionOptions

  func validate() throws {
    guard none != (skills != nil) else { throw ValidationError("give SKILLS, or --none") }
  }

  func run(in session: Session) async throws {
    var request = SetCapacityRequest()
    request.person = handle
    request.skills = TextList()
    request.skills.values = skills?.texts ?? []
    let person = try await session.calls.setCapacity(request, try write.options(session))
    let known = person.skills.isEmpty ? "nothing in particular" : person.skills.joined(separator: ", ")
    try session.showChange(
      "`\(person.handle)` \(write.dryRun ? "would know" : "knows") \(known)", PersonFormat.one(person), shown.output,
      dryRun: write.dryRun)
  }
}
