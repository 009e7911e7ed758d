import ArgumentParser
import SignalboxClient

struct AgentCapacity: ServerCommand {
  static let configuration = CommandConfiguration(
    commandName: "capacity", abstract: "Say how much somebody takes on.",
    discussion: """
      In units of open tickets: one for low, two for normal, three for high, four for urgent priority. Rules that pick \
      among many give nobody more; people may still take and hand over what they like.
      """)

  @Argument(help: "Log-in name.") var handle: String
  @Argument(help: "From 0, for no tickets at all, to 1000.") var units: UInt32?
  @Flag(help: "As many as there are.") var unlimited = false
  @OptionGroup(title: "Change") var write: WriteOptions
  @OptionGroup(title: "Output") var shown: OutputOptions
  @OptionGroup(title: "Connection") var connection: ConnectionOptions

  func validate() throws {
    guard unlimited != (units != nil) else { throw ValidationError("give UNITS, or --unlimited") }
  }

  func run(in session: Session) async throws {
    var request = SetCapacityRequest()
    request.person = handle
    if let units { request.units = units } else { request.unlimited = true }
    let person = try await session.calls.setCapacity(request, try write.options(session))
    let capacity = person.hasCapacity ? "up to \(Count.of(person.capacity, "unit"))" : "as many as there are"
    try session.showChange(
      "`\(person.handle)` \(write.dryRun ? "would take" : "takes") \(capacity)", PersonFormat.one(person),
      shown.output, dryRun: write.dryRun)
  }
}
