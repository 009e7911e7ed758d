import SignalboxProtocol
import Testing

@testable import signalbox

@Suite struct HelpTests {
  static let connection = "--server --token-file --client-certificate --client-key --ca --tenant --context --timeout"
  static let write = "--dry-run --idempotency-key"
  static let output = "--output"
  static let list = "--limit"

  /// Each command with the beginning of its first sentence, its arguments and its flags. A new flag belongs in here.
  @Test(arguments: [
    ("ping", "Ask the server", "", "--count", [output, connection]),
    ("describe", "Show what the server is", "", "--methods --errors --limits --descriptors", [output, connection]),
    ("login", "Try a server and a token", "", "--name", [connection]),
    ("completion", "Print the completion script", "<shell>", "", []),
    ("context list", "List the contexts", "", "", [output]),
    ("context use", "Make a context the current one", "<name>", "", []),
    ("context set", "Make a context, or change", "<name>", "--server --token-file --ca --tenant", []),
    ("context show", "Show a context", "[<name>]", "", [output]),
    ("context remove", "Forget a context", "<name>", "", []),
    (
      "tenant create", "Make a tenant", "<name>",
      "--display-name --awardee-queue-pattern --resource-provider-queue-pattern --categories-file --time-zone",
      [write, output, connection]
    ),
    ("tenant get", "Show a tenant", "[<name>]", "", [output, connection]),
    ("tenant list", "List the tenants", "", "", [output, list, connection]),
    (
      "tenant set", "Change a tenant's settings", "[<name>]",
      "--awardee-queue-pattern --resource-provider-queue-pattern --categories-file --time-zone --quota",
      [write, output, connection]
    ),
    (
      "organization create", "Make an organization", "[<name>]", "--kind --display-name --from --skip-existing",
      [write, output, connection]
    ),
    ("organization get", "Show an organization", "<name>", "", [output, connection]),
    ("organization list", "List the organizations", "", "", [output, list, connection]),
    (
      "person create", "Make a person", "[<handle>]", "--display-name --email --organization --from --skip-existing",
      [write, output, connection]
    ),
    ("person get", "Show a person", "<handle>", "", [output, connection]),
    ("person list", "List the people", "", "", [output, list, connection]),
    (
      "token create", "Make a token", "<name>",
      "--role --person --lifetime --queue --verbs --certificate-uri --certificate-dns --certificate-email --secret-file",
      [write, output, connection]
    ),
    ("token list", "List the tokens", "", "", [output, list, connection]),
    ("token rotate", "Give a token another", "<name>", "--overlap --secret-file", [write, output, connection]),
    ("token revoke", "Make a token worthless", "<name>", "--yes", [write, output, connection]),
    (
      "queue register", "Ask for a queue", "[<name>]",
      "--kind --organization --description --agent --watcher --default-assignee --keyword --additional --draft --lint --from --skip-existing",
      [write, output, connection]
    ),
    (
      "queue approve", "Approve registrations", "<registrations> ...", "--answer --confirm-addresses",
      [write, output, connection]
    ),
    ("queue decline", "Decline a registration", "<registration>", "--answer --yes", [write, output, connection]),
    ("queue get", "Show a queue", "<name>", "", [output, connection]),
    ("queue list", "List the queues", "", "--organization", [output, list, connection]),
    ("queue retire", "Let no more tickets", "<name>", "--redirect-to --yes", [write, output, connection]),
    ("queue registrations", "List the registrations", "", "--state", [output, list, connection]),
    ("queue registration show", "Show a registration", "<registration>", "", [output, connection]),
    ("queue registration history", "Show what happened", "<registration>", "", [output, list, connection]),
    (
      "queue registration amend", "Change what a registration", "<registration>",
      "--name --kind --description --agent --watcher --default-assignee --keyword --additional --clear",
      [write, output, connection]
    ),
    (
      "queue registration watch", "Follow what happens", "<registrations> ...", "--from-start --count",
      [output, connection]
    ),
    ("queue registration lint", "Say what is wrong", "<registration>", "", [output, connection]),
    ("queue registration plan", "Show what an approval", "<registration>", "", [output, connection]),
    ("queue registration submit", "Hand a draft", "<registration>", "", [write, output, connection]),
    ("queue registration comment", "Say a word", "<registration> <comment>", "", [write, output, connection]),
    (
      "queue registration request-changes", "Give a registration back", "<registration>", "--answer",
      [write, output, connection]
    ),
    (
      "queue registration withdraw", "Take a registration back", "<registration>", "--answer --yes",
      [write, output, connection]
    ),
    (
      "rules put", "Check a rule set and make it", "<file>", "--expected-hash --stage --reason",
      [write, output, connection]
    ),
    ("rules list", "List the rule sets", "", "", [output, list, connection]),
    ("rules history", "Show which rule set was in force", "", "", [output, list, connection]),
    ("rules diff", "Compare two rule sets", "<before> [<after>]", "", [output, connection]),
    (
      "rules activate", "Put a kept rule set in force", "<hash>", "--expected-hash --reason",
      [write, output, connection]
    ),
    ("rules rollback", "Put the rule set in force that was", "", "--reason", [write, output, connection]),
    ("rules get", "Print the text", "", "--hash --summary", [output, connection]),
    ("rules check", "Say what is wrong", "<file>", "", [output, connection]),
    ("rules fmt", "Print a rule set in its one", "<file>", "--write --check --json", [connection]),
    ("rules test", "Run the tests", "[<rules>]", "", [output, connection]),
    ("rules why", "Say why a ticket", "<number>", "--all", [output, connection]),
    ("rules why-not", "Say why a rule does not fire", "<rule> <ticket>", "--rules", [output, connection]),
    ("rules replay", "Show where a rule set would send", "[<rules>]", "--since --limit", [output, connection]),
    (
      "rules shadow", "Let a kept rule set run", "[<hash>]", "--off --differences",
      [write, output, list, connection]
    ),
    (
      "ticket create", "Open a ticket", "",
      "--subject --body --body-file --requester --channel --category --resource --tag --priority --type --field --from --expect-field --minimum-share",
      [write, output, connection]
    ),
    ("ticket get", "Show a ticket", "<number>", "", [output, connection]),
    ("ticket list", "List the tickets", "", "--queue --assignee --unassigned --status", [output, list, connection]),
    ("ticket take", "Make an unassigned ticket yours", "<number>", "--expected-version", [write, output, connection]),
    (
      "ticket reassign", "Hand a ticket to somebody else", "<number>",
      "--to-person --to-queue --refer --reason --expected-version", [write, output, connection]
    ),
    (
      "ticket steal", "Make somebody else's ticket", "<number>", "--reason --expected-version",
      [write, output, connection]
    ),
    ("ticket release", "Let go of a ticket", "<number>", "--reason --expected-version", [write, output, connection]),
    (
      "access grant", "Give somebody a role", "<role>", "--person --group --token --everywhere --organization --queue",
      [write, output, connection]
    ),
    ("access revoke", "Take a granted role back", "<grant>", "", [write, output, connection]),
    ("access list", "List the granted roles", "", "--person --queue", [output, list, connection]),
    ("access explain", "Say why somebody may", "<person> <right> <target>", "", [output, connection]),
    ("group create", "Make a group", "<name>", "--display-name --member", [write, output, connection]),
    ("group get", "Show a group", "<name>", "", [output, connection]),
    ("group list", "List the groups", "", "", [output, list, connection]),
    ("group members", "Add people to a group", "<name>", "--add --remove", [write, output, connection]),
    (
      "person absence", "Say when somebody is away", "<handle>", "--from --until --substitute --end",
      [write, output, connection]
    ),
    ("ticket history", "Show what happened", "<number>", "", [output, list, connection]),
    (
      "ticket watch", "Follow what happens", "<queues> ...", "--cursor --from-start --count --cursor-file",
      [output, connection]
    ),
    ("audit export", "Print all changes", "", "", [connection]),
    ("audit verify", "Check an export", "<file>", "--head", [output]),
    ("plan", "Show what applying", "", "--file --force --force-with-redirect", [output, connection]),
    (
      "apply", "Make the tenant be", "", "--file --reason --force --force-with-redirect --yes",
      [write, output, connection]
    ),
    ("export", "Print the tenant's configuration", "", "", [output, connection]),
    ("configuration history", "List the versions", "", "", [output, list, connection]),
    ("configuration show", "Print a version", "<version>", "", [output, connection]),
    (
      "configuration rollback", "Make the tenant be", "<version>", "--reason --force --force-with-redirect --yes",
      [write, output, connection]
    ),
    ("ticket why", "Say why", "<number>", "--all", [output, connection]),
    (
      "ticket update", "Change what a ticket says", "<number>",
      "--subject --status --priority --category --resource --type --add-tag --remove-tag --field --expected-version",
      [write, output, connection]
    ),
    ("ticket comment", "Write what all", "<number> [<text>]", "--body-file", [write, output, connection]),
    ("ticket note", "Write on a ticket", "<number> [<text>]", "--body-file", [write, output, connection]),
    ("ticket comments", "Show what was written", "<number>", "", [output, list, connection]),
    (
      "queue watcher add", "Have somebody told", "<queue> <handle|address>", "--event --confirm",
      [write, output, connection]
    ),
    ("queue watcher list", "List who is told", "<queue>", "", [output, connection]),
    ("queue watcher set", "Say what a watcher", "<queue> <handle|address>", "--event", [write, output, connection]),
    (
      "queue watcher remove", "Have somebody told no more", "<queue> <handle|address>", "", [write, output, connection]
    ),
    (
      "queue watcher confirm", "Let a bare address", "[<queue>] [<address>]", "--mail-token-file",
      [write, output, connection]
    ),
    ("queue watcher resend", "Send a bare address", "<queue> <address>", "", [write, output, connection]),
    ("queue watcher opt-out", "Be told no more", "[<queue>]", "--mail-token-file", [write, output, connection]),
    ("queue watcher opt-in", "Be told again", "[<queue>]", "--mail-token-file", [write, output, connection]),
    ("agent presence", "Say whether tickets", "<presence> [<handle>]", "", [write, output, connection]),
    ("agent capacity", "Say how much", "<handle> [<units>]", "--unlimited", [write, output, connection]),
    ("agent skills", "Say what somebody knows", "<handle> [<skills>]", "--none", [write, output, connection]),
    ("agent list", "List the agents", "", "--queue", [output, list, connection]),
    (
      "ticket assign", "Have an assignee found", "<number>",
      "--order --group --skill --skills-relaxed-after --cap --cap-window --offer-for --expected-version",
      [write, output, connection]
    ),
    ("ticket offers", "List the tickets that are offered", "", "", [output, list, connection]),
    ("ticket accept", "Take a ticket that is offered", "<number>", "--expected-version", [write, output, connection]),
    ("ticket reject", "Pass on a ticket", "<number>", "--reason --expected-version", [write, output, connection]),
  ])
  func help(_ command: String, _ abstract: String, _ arguments: String, _ flags: String, _ groups: [String]) async {
    let run = await Program.run(command.split(separator: " ").map(String.init) + ["--help"])
    #expect(run.status == .done)
    #expect(run.errors.isEmpty && run.calls.isEmpty)
    #expect(run.output.hasPrefix("OVERVIEW: \(abstract)"))
    let words = run.output.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    #expect(words.contains("USAGE: signalbox \(command)"))
    if !arguments.isEmpty { #expect(words.contains(" \(arguments)")) }
    let expected = ([flags, "--help --version"] + groups).joined(separator: " ").split(separator: " ").map(String.init)
    #expect(HelpTests.flags(run.output).sorted() == expected.sorted())
  }

  /// The long names at the beginnings of the lines that explain options.
  private static func flags(_ help: String) -> [String] {
    help.split(separator: "\n").compactMap { line in
      guard line.hasPrefix("  -") else { return nil }
      return line.split(whereSeparator: { $0 == " " || $0 == "," }).first { $0.hasPrefix("--") }.map(String.init)
    }
  }

  /// The help shows a file as it is read.
  @Test func filesAreShown() async throws {
    let columns = [
      ("person create", #"printf 'handle\temail\nada\tada@example.org\n'"#),
      ("organization create", #"printf 'name\tkind\nNCSA\tresource_provider\n'"#),
      ("queue register", #"{"name": "Delta", "kind": "awardee", "organization": "NCSA"}"#),
      ("ticket create", #"{"subject": "no log-in", "body": "since noon", "tags": ["ssh"]}"#),
    ]
    for (command, line) in columns {
      let run = await Program.run(command.split(separator: " ").map(String.init) + ["--help"])
      #expect(run.output.contains(line), "\(run.output)")
    }
    let people = try PersonCreate.requests("handle\temail\nada\tada@example.org\n", file: "f")
    #expect(people.map(\.value.handle) == ["ada"])
    #expect(try OrganizationCreate.requests("name\tkind\nNCSA\tresource_provider\n", file: "f").count == 1)
    #expect(try QueueRegister.requests(columns[2].1, file: "f").map(\.value.organization) == ["NCSA"])
  }

  @Test func exitCodesAreDocumented() async {
    let run = await Program.run(["--help"])
    for status in ExitStatus.allCases {
      #expect(
        run.output.contains(
          "  \(status.rawValue)\(String(repeating: " ", count: 4 - "\(status.rawValue)".count))\(status.meaning)\n"))
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
