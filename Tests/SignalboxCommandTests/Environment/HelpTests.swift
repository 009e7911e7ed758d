import Testing

@testable import signalbox

@Suite struct HelpTests {
  static let connection = "[--server <host:port>] [--token-file <path>] [--ca <path>] [--tenant <name>] [--context <name>] [--timeout <seconds>]"
  static let write = "[--dry-run] [--idempotency-key <text>]"
  static let output = "[--output <output>]"

  /// Each command with the beginning of its first sentence and its usage line. A new flag belongs in here.
  @Test(arguments: [
    ("ping", "Ask the server", "[--count <number>] \(output) \(connection)"),
    ("describe", "Show what the server is", "[--methods] [--errors] [--limits] [--descriptors] \(output) \(connection)"),
    ("login", "Try a server and a token", "[--name <name>] \(connection)"),
    ("completion", "Print the completion script", "<shell>"),
    ("context list", "List the contexts", output),
    ("context use", "Make a context the current one", "<name>"),
    ("context set", "Make a context, or change", "<name> [--server <host:port>] [--token-file <path>] [--ca <path>] [--tenant <name>]"),
    ("context show", "Show a context", "[<name>] \(output)"),
    ("context remove", "Forget a context", "<name>"),
    ("tenant create", "Make a tenant", "<name> [--display-name <text>] [--awardee-queue-pattern <pattern>] [--categories-file <file>] \(write) \(output) \(connection)"),
    ("tenant get", "Show a tenant", "[<name>] \(output) \(connection)"),
    ("tenant list", "List the tenants", "\(output) [--limit <number>] \(connection)"),
    ("tenant set", "Change a tenant's settings", "[<name>] [--awardee-queue-pattern <pattern>] [--categories-file <file>] \(write) \(output) \(connection)"),
    ("organization create", "Make an organization", "[<name>] [--kind <kind>] [--display-name <text>] [--from <file>] [--skip-existing] \(write) \(output) \(connection)"),
    ("organization get", "Show an organization", "<name> \(output) \(connection)"),
    ("organization list", "List the organizations", "\(output) [--limit <number>] \(connection)"),
    ("person create", "Make a person", "[<handle>] [--display-name <text>] [--email <address>] [--organization <name>] [--from <file>] [--skip-existing] \(write) \(output) \(connection)"),
    ("person get", "Show a person", "<handle> \(output) \(connection)"),
    ("person list", "List the people", "\(output) [--limit <number>] \(connection)"),
    ("token create", "Make a token", "<name> --role <role> [--person <handle>] [--secret-file <path>] \(write) \(output) \(connection)"),
    ("token list", "List the tokens", "\(output) [--limit <number>] \(connection)"),
    ("token revoke", "Make a token worthless", "<name> [--yes] \(write) \(output) \(connection)"),
    ("queue register", "Ask for a queue", "[<name>] [--kind <kind>] [--organization <name>] [--description <text>] [--agent <handle> ...] [--watcher <handle|address> ...] [--default-assignee <handle>] [--keyword <text> ...] [--from <file>] [--skip-existing] \(write) \(output) \(connection)"),
    ("queue approve", "Approve registrations", "<registrations> ... [--answer <text>] \(write) \(output) \(connection)"),
    ("queue decline", "Decline a registration", "<registration> --answer <text> [--yes] \(write) \(output) \(connection)"),
    ("queue get", "Show a queue", "<name> \(output) \(connection)"),
    ("queue list", "List the queues", "[--organization <name>] \(output) [--limit <number>] \(connection)"),
    ("queue retire", "Let no more tickets", "<name> [--yes] \(write) \(output) \(connection)"),
    ("queue registrations", "List the registrations", "[--state <state>] \(output) [--limit <number>] \(connection)"),
    ("queue registration", "Show a registration", "<registration> \(output) \(connection)"),
    ("rules put", "Check a rule set and make it", "<file> [--expected-hash <hex>] \(write) \(output) \(connection)"),
    ("rules get", "Print the text", "[--hash <hex>] [--summary] \(output) \(connection)"),
    ("rules check", "Say what is wrong", "<file> \(output) \(connection)"),
    ("ticket create", "Open a ticket", "<options>"),
    ("ticket get", "Show a ticket", "<number> \(output) \(connection)"),
    ("ticket list", "List the tickets", "[--queue <name>] [--assignee <handle>] [--unassigned] [--status <status>] \(output) [--limit <number>] \(connection)"),
    ("ticket take", "Make an unassigned ticket yours", "<number> [--expected-version <version>] \(write) \(output) \(connection)"),
    ("ticket reassign", "Hand a ticket to another agent", "<number> [--to-person <handle>] [--to-queue <queue>] --reason <text> [--expected-version <version>] \(write) \(output) \(connection)"),
    ("ticket history", "Show what happened", "<number> \(output) [--limit <number>] \(connection)"),
    ("ticket watch", "Follow what happens", "<queues> ... [--cursor <cursor>] [--from-start] [--count <number>] [--cursor-file <path>] \(output) \(connection)"),
    ("ticket why", "Say why", "<number> [--all] \(output) \(connection)"),
  ])
  func help(_ command: String, _ abstract: String, _ usage: String) async {
    let run = await Program.run(command.split(separator: " ").map(String.init) + ["--help"])
    #expect(run.status == .done)
    #expect(run.errors.isEmpty && run.calls.isEmpty)
    #expect(run.output.hasPrefix("OVERVIEW: \(abstract)"))
    let words = run.output.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    #expect(words.contains("USAGE: signalbox \(command) \(usage)"))
  }

  @Test func exitCodesAreDocumented() async {
    let run = await Program.run(["--help"])
    for status in ExitStatus.allCases {
      #expect(run.output.contains("  \(status.rawValue)\(String(repeating: " ", count: 4 - "\(status.rawValue)".count))\(status.meaning)\n"))
    }
  }

  @Test(arguments: [["bogus"], ["ticket", "bogus"], ["ping", "--bogus"], ["ping", "--timeout", "soon"]])
  func unknownWords(_ arguments: [String]) async {
    let run = await Program.run(arguments)
    #expect(run.status == .usage)
    #expect(run.errors.hasPrefix("error: "))
    #expect(run.output.isEmpty)
  }

  @Test func version() async {
    #expect(await Program.run(["--version"]).output == "signalbox \(Version.text)\n")
  }
}
