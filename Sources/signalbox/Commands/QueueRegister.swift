import ArgumentParser
import SignalboxClient

struct QueueRegister: ServerCommand {
  static let configuration = CommandConfiguration(
    commandName: "register", abstract: "Ask for a queue, or for all of a file; a ticket system admin decides.",
    discussion: """
      A file holds a JSON object a line with the keys name, kind, organization, description, agents, watchers, \
      default_assignee and keywords; other keys are ignored.
      """)

  @Argument(help: "Name of the queue, unique in the tenant.") var name: String?
  @Option(help: "Whose queue it is.") var kind: Choice<QueueKind>?
  @Option(help: ArgumentHelp("Organization that asks for it.", valueName: "name")) var organization: String?
  @Option(help: ArgumentHelp("What belongs there.", valueName: "text")) var description: String?
  @Option(
    name: .customLong("agent"),
    help: ArgumentHelp("Person who handles its tickets; repeat for more.", valueName: "handle"))
  var agents: [String] = []
  @Option(
    name: .customLong("watcher"),
    help: ArgumentHelp("Person or bare address that gets e-mail; repeat for more.", valueName: "handle|address"))
  var watchers: [String] = []
  @Option(help: ArgumentHelp("Agent who gets its tickets by default.", valueName: "handle")) var defaultAssignee:
    String?
  @Option(
    name: .customLong("keyword"),
    help: ArgumentHelp("Word or phrase that tells that a ticket belongs there; repeat for more.", valueName: "text"))
  var keywords: [String] = []
  @OptionGroup(title: "Many at once") var many: FromOptions
  @OptionGroup(title: "Change") var write: WriteOptions
  @OptionGroup(title: "Output") var shown: OutputOptions
  @OptionGroup(title: "Connection") var connection: ConnectionOptions

  func validate() throws {
    let others = [kind == nil, organization == nil, description == nil, defaultAssignee == nil].contains(false)
    try many.requireEither(name != nil, "NAME", excluded: others || !(agents + watchers + keywords).isEmpty)
    if name != nil, kind == nil { throw ValidationError("--kind is missing") }
    if name != nil, organization == nil { throw ValidationError("--organization is missing") }
  }

  func run(in session: Session) async throws {
    if let file = many.from { return try await runMany(file, session) }
    var request = RegisterQueueRequest()
    request.name = name ?? ""
    request.kind = kind?.value ?? .unspecified
    request.organization = organization ?? ""
    request.description_p = description ?? ""
    request.agents = agents
    request.watchers = watchers
    request.defaultAssignee = defaultAssignee ?? ""
    request.keywords = keywords
    let registration = try await session.calls.registerQueue(request, try write.options(session))
    try session.showChange(
      sentence(registration), QueueFormat.registration(registration), shown.output, dryRun: write.dryRun)
  }

  private func runMany(_ file: String, _ session: Session) async throws {
    let text = try InputFile.text(file, session.surroundings)
    let requests = try QueueRegister.requests(text, file: file)
    let registrations = try await many.create(
      requests, file: file, session, shown.output, id: \.name, sentence: sentence,
      call: { request, line in try await session.calls.registerQueue(request, try write.options(session, line: line)) })
    if shown.output != .table { try session.show(QueueFormat.registrations(registrations), shown.output) }
  }

  private func sentence(_ registration: QueueRegistration) -> String {
    let number = write.dryRun ? "" : ", registration \(registration.id)"
    return "\(write.verb("asked", "ask")) for queue `\(registration.queue.name)`\(number)"
  }

  static func requests(_ text: String, file: String) throws -> [Numbered<RegisterQueueRequest>] {
    try JSONLines.read(text, file: file).map { object in
      var request = RegisterQueueRequest()
      request.name = try object.required("name")
      guard let kind: QueueKind = try object.choice("kind") else { throw object.fault("`kind` is missing") }
      request.kind = kind
      request.organization = try object.text("organization")
      request.description_p = try object.text("description")
      request.agents = try object.list("agents")
      request.watchers = try object.list("watchers")
      request.defaultAssignee = try object.text("default_assignee")
      request.keywords = try object.list("keywords")
      return Numbered(line: object.line, value: request)
    }
  }
}
