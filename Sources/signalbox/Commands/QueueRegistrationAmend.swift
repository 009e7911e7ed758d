import ArgumentParser
import SignalboxClient

struct QueueRegistrationAmend: ServerCommand {
  static let configuration = CommandConfiguration(
    commandName: "amend", abstract: "Change what a registration asks for; what is not named stays.",
    discussion: """
      The asker's side amends a draft and what it was asked to change, tenant admins amend what is submitted. \
      `--agent`, `--watcher` and `--keyword` replace the whole list.
      """)

  /// What can be emptied.
  enum Field: String, CaseIterable, ExpressibleByArgument {
    case description
    case agents
    case watchers
    case defaultAssignee = "default_assignee"
    case keywords
    case additional
  }

  @Argument(help: "Number of the registration.") var registration: UInt64
  @Option(help: ArgumentHelp("Another name for the queue.", valueName: "name")) var name: String?
  @OptionGroup(title: "The queue") var wish: QueueWishOptions
  @Option(help: "Empty this field; repeat for more.") var clear: [Field] = []
  @OptionGroup(title: "Change") var write: WriteOptions
  @OptionGroup(title: "Output") var shown: OutputOptions
  @OptionGroup(title: "Connection") var connection: ConnectionOptions

  func validate() throws {
    guard name != nil || wish.areNamed || !clear.isEmpty else {
      throw ValidationError("name at least one field to change")
    }
    for field in clear where isSet(field) {
      throw ValidationError("`\(field.rawValue)` is both given and cleared")
    }
  }

  func run(in session: Session) async throws {
    var request = UpdateQueueRegistrationRequest()
    request.registration = registration
    if let name { request.name = name }
    if let kind = wish.kind { request.kind = kind.value }
    if let description = wish.description { request.description_p = description }
    if !wish.agents.isEmpty { request.agents.values = wish.agents }
    if !wish.watchers.isEmpty { request.watchers.values = wish.watchers }
    if let assignee = wish.defaultAssignee { request.defaultAssignee = assignee }
    if !wish.keywords.isEmpty { request.keywords.values = wish.keywords }
    if wish.additional { request.additional = true }
    for field in clear { empty(field, &request) }
    let amended = try await session.calls.updateRegistration(request, try write.options(session))
    try session.showChange(
      "\(write.verb("amended", "amend")) registration \(registration), queue `\(amended.queue.name)`",
      QueueFormat.registration(amended), shown.output, dryRun: write.dryRun)
  }

  private func isSet(_ field: Field) -> Bool {
    switch field {
    case .description: wish.description != nil
    case .agents: !wish.agents.isEmpty
    case .watchers: !wish.watchers.isEmpty
    case .defaultAssignee: wish.defaultAssignee != nil
    case .keywords: !wish.keywords.isEmpty
    case .additional: wish.additional
    }
  }

  private func empty(_ field: Field, _ request: inout UpdateQueueRegistrationRequest) {
    switch field {
    case .description: request.description_p = ""
    case .agents: request.agents = TextList()
    case .watchers: request.watchers = TextList()
    case .defaultAssignee: request.defaultAssignee = ""
    case .keywords: request.keywords = TextList()
    case .additional: request.additional = false
    }
  }
}
