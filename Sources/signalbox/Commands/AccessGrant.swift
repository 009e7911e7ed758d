import ArgumentParser
import SignalboxClient

struct AccessGrant: ServerCommand {
  static let configuration = CommandConfiguration(commandName: "grant", abstract: "Give somebody a role somewhere.")

  @Argument(help: "The role.") var role: Choice<Role>
  @Option(help: ArgumentHelp("To this person.", valueName: "handle")) var person: String?
  @Option(help: ArgumentHelp("To this group.", valueName: "name")) var group: String?
  @Option(help: ArgumentHelp("To this token, which speaks for no person.", valueName: "name")) var token: String?
  @Flag(help: "In the whole tenant.") var everywhere = false
  @Option(help: ArgumentHelp("In all queues of this organization.", valueName: "name")) var organization: String?
  @Option(help: ArgumentHelp("In this queue.", valueName: "name")) var queue: String?
  @OptionGroup(title: "Change") var write: WriteOptions
  @OptionGroup(title: "Output") var shown: OutputOptions
  @OptionGroup(title: "Connection") var connection: ConnectionOptions

  var hints: [ErrorReason: String] {
    [.alreadyExists: "there is nothing to do; `signalbox access list` shows the grants there are"]
  }

  func validate() throws {
    guard [person, group, token].compactMap(\.self).count == 1 else {
      throw ValidationError("give one of --person HANDLE, --group NAME and --token NAME")
    }
    guard [organization, queue].compactMap(\.self).count + (everywhere ? 1 : 0) == 1 else {
      throw ValidationError("give one of --everywhere, --organization NAME and --queue NAME")
    }
  }

  func run(in session: Session) async throws {
    var request = GrantRoleRequest()
    request.role = role.value
    if let person { request.person = person }
    if let group { request.group = group }
    if let token { request.token = token }
    if everywhere { request.tenant = true }
    if let organization { request.organization = organization }
    if let queue { request.queue = queue }
    let grant = try await session.calls.grantRole(request, try write.options(session))
    try session.showChange(
      "\(write.verb("granted", "grant")) `\(grant.role.word)` on \(grant.place) to \(grant.holder): grant \(grant.id)",
      GrantFormat.one(grant), shown.output, dryRun: write.dryRun)
  }
}
