import ArgumentParser
import SignalboxClient

struct OrganizationCreate: ServerCommand {
  static let configuration = CommandConfiguration(
    commandName: "create", abstract: "Make an organization, or all of a file.",
    discussion: """
      A file has tabs between its columns, and its first line names them: short_name or name, kind, and as wanted \
      display_name; other columns are ignored. Such a file is made by

      printf 'name\\tkind\\nNCSA\\tresource_provider\\n' > organizations.tsv
      """)

  @Argument(help: "Name, unique in the tenant.") var name: String?
  @Option(help: "What it is to the tenant.") var kind: Choice<OrganizationKind>?
  @Option(help: ArgumentHelp("Name for people.", valueName: "text")) var displayName: String?
  @OptionGroup(title: "Many at once") var many: FromOptions
  @OptionGroup(title: "Change") var write: WriteOptions
  @OptionGroup(title: "Output") var shown: OutputOptions
  @OptionGroup(title: "Connection") var connection: ConnectionOptions

  func validate() throws {
    try many.requireEither(name != nil, "NAME", excluded: kind != nil || displayName != nil)
    if name != nil, kind == nil { throw ValidationError("--kind is missing") }
  }

  func run(in session: Session) async throws {
    if let file = many.from { return try await runMany(file, session) }
    var request = CreateOrganizationRequest()
    request.name = name ?? ""
    request.kind = kind?.value ?? .unspecified
    request.displayName = displayName ?? ""
    let organization = try await session.calls.createOrganization(request, try write.options(session))
    try session.showChange(
      "\(write.verb("created", "create")) organization `\(organization.name)`", OrganizationFormat.one(organization),
      shown.output, dryRun: write.dryRun)
  }

  private func runMany(_ file: String, _ session: Session) async throws {
    let text = try InputFile.text(file, session.surroundings)
    let requests = try OrganizationCreate.requests(text, file: file)
    let organizations = try await many.create(
      requests, file: file, session, shown.output, id: \.name,
      sentence: { "\(write.verb("created", "create")) organization `\($0.name)`" },
      call: { request, line in
        try await session.calls.createOrganization(request, try write.options(session, line: line))
      })
    if shown.output != .table { try session.show(OrganizationFormat.many(organizations), shown.output) }
  }

  /// The requests of a file with the columns `short_name` or `name`, `kind` and `display_name`.
  static func requests(_ text: String, file: String) throws -> [Numbered<CreateOrganizationRequest>] {
    let table = try TabSeparated(text, file: file, required: [["short_name", "name"], ["kind"]])
    return try table.rows.map { row in
      var request = CreateOrganizationRequest()
      request.name = row.text("short_name", "name")
      request.displayName = row.text("display_name")
      guard let kind = Choice<OrganizationKind>(argument: row.text("kind")) else {
        let words = Choice<OrganizationKind>.allValueStrings.joined(separator: ", ")
        throw InputFault(file: file, line: row.line, message: "`\(row.text("kind"))` is not a kind; it takes \(words)")
      }
      request.kind = kind.value
      return Numbered(line: row.line, value: request)
    }
  }
}
