import ArgumentParser
import SignalboxClient

struct QueueRegister: ServerCommand {
  static let configuration = CommandConfiguration(
    commandName: "register", abstract: "Ask for a queue, or for all of a file; a ticket system admin decides.",
    discussion: """
      On a terminal what is needed and missing is asked for. A file holds a JSON object a line with the keys name, \
      kind, organization, description, agents, watchers, default_assignee, keywords, draft and additional; other keys \
      are ignored. As in

      {"name": "Delta", "kind": "awardee", "organization": "NCSA"}
      """)

  @Argument(help: "Name of the queue, unique in the tenant.") var name: String?
  @Option(help: ArgumentHelp("Organization that asks for it.", valueName: "name")) var organization: String?
  @OptionGroup(title: "The queue") var wish: QueueWishOptions
  @Flag(help: "Keep it as a draft, to be submitted later.") var draft = false
  @Flag(help: "Only say what is wrong or doubtful about it; nothing is asked for.") var lint = false
  @OptionGroup(title: "Many at once") var many: FromOptions
  @OptionGroup(title: "Change") var write: WriteOptions
  @OptionGroup(title: "Output") var shown: OutputOptions
  @OptionGroup(title: "Connection") var connection: ConnectionOptions

  func validate() throws {
    if isGuided { return }
    try many.requireEither(
      name != nil, "NAME", excluded: wish.areNamed || organization != nil || draft || lint)
    if name != nil, wish.kind == nil { throw ValidationError("--kind is missing") }
    if name != nil, organization == nil { throw ValidationError("--organization is missing") }
  }

  /// Something is missing and there is somebody to ask.
  private var isGuided: Bool {
    many.from == nil && !many.skipExisting && (name == nil || wish.kind == nil || organization == nil)
      && Surroundings.current.inputIsTerminal
  }

  func run(in session: Session) async throws {
    if let file = many.from { return try await runMany(file, session) }
    var request = RegisterQueueRequest()
    request.name = name ?? ""
    request.kind = wish.kind?.value ?? .unspecified
    request.organization = organization ?? ""
    request.description_p = wish.description ?? ""
    request.agents = wish.agents
    request.watchers = wish.watchers
    request.defaultAssignee = wish.defaultAssignee ?? ""
    request.keywords = wish.keywords
    request.draft = draft
    request.additional = wish.additional
    let guide = QueueGuide(session.surroundings)
    if isGuided { try guide.complete(&request) }
    var check = LintQueueRegistrationRequest()
    check.request = request
    if lint { return try await QueueRegistrationLint.run(check, session, shown.output) }
    if isGuided {
      let response = try await session.calls.lintRegistration(check, session.reading)
      session.surroundings.writeError(
        LintFormat.text(response.findings, looked: response.ticketsLookedAt, .plain))
      try guide.confirm(&request)
    }
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
    if registration.state == .draft {
      return "\(write.verb("kept", "keep")) a draft of queue `\(registration.queue.name)`\(number)"
    }
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
      request.draft = try object.flag("draft")
      request.additional = try object.flag("additional")
      return Numbered(line: object.line, value: request)
    }
  }
}
