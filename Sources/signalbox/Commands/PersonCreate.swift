import ArgumentParser
import SignalboxClient

struct PersonCreate: ServerCommand {
  static let configuration = CommandConfiguration(
    commandName: "create", abstract: "Make a person, or all of a file.",
    discussion: """
      A file has tabs between its columns, and its first line names them: handle, and as wanted display_name, email and \
      organization; other columns are ignored. Such a file is made by

      printf 'handle\\temail\\nada\\tada@example.org\\n' > people.tsv
      """)

  @Argument(help: "Log-in name, unique in the tenant.") var handle: String?
  @Option(help: ArgumentHelp("Name for people.", valueName: "text")) var displayName: String?
  @Option(help: ArgumentHelp("Address for notifications.", valueName: "address")) var email: String?
  @Option(help: ArgumentHelp("Organization the person belongs to.", valueName: "name")) var organization: String?
  @OptionGroup(title: "Many at once") var many: FromOptions
  @OptionGroup(title: "Change") var write: WriteOptions
  @OptionGroup(title: "Output") var shown: OutputOptions
  @OptionGroup(title: "Connection") var connection: ConnectionOptions

  func validate() throws {
    try many.requireEither(
      handle != nil, "HANDLE", excluded: displayName != nil || email != nil || organization != nil)
  }

  func run(in session: Session) async throws {
    if let file = many.from { return try await runMany(file, session) }
    var request = CreatePersonRequest()
    request.handle = handle ?? ""
    request.displayName = displayName ?? ""
    request.email = email ?? ""
    request.organization = organization ?? ""
    let person = try await session.calls.createPerson(request, try write.options(session))
    try session.showChange(
      "\(write.verb("created", "create")) person `\(person.handle)`", PersonFormat.one(person), shown.output,
      dryRun: write.dryRun)
  }

  private func runMany(_ file: String, _ session: Session) async throws {
    let text = try InputFile.text(file, session.surroundings)
    let requests = try PersonCreate.requests(text, file: file)
    let people = try await many.create(
      requests, file: file, session, shown.output, id: \.handle,
      sentence: { "\(write.verb("created", "create")) person `\($0.handle)`" },
      call: { request, line in try await session.calls.createPerson(request, try write.options(session, line: line)) })
    if shown.output != .table { try session.show(PersonFormat.many(people), shown.output) }
  }

  /// The requests of a file with the columns `handle`, `display_name`, `email` and `organization`.
  static func requests(_ text: String, file: String) throws -> [Numbered<CreatePersonRequest>] {
    try TabSeparated(text, file: file, required: [["handle"]]).rows.map { row in
      var request = CreatePersonRequest()
      request.handle = row.text("handle")
      request.displayName = row.text("display_name")
      request.email = row.text("email")
      request.organization = row.text("organization")
      return Numbered(line: row.line, value: request)
    }
  }
}
