import SignalboxClient
import Testing

@testable import signalbox

@Suite struct ConfigurationCommandsTests {
  static let document = """
    people:
      - handle: ada
        email: ada@example.org
    queues:
      - name: Delta
        kind: awardee
        organization: ACO
        agents: [ada, bne]
    rules: access.rules

    """
  static let files = ["access.yaml": document, "access.rules": "ruleset \"a\" version 1\n"]
  static let sent =
    #"{"document":{"people":{"entries":[{"handle":"ada","email":"ada@example.org"}]},"queues":{"entries":[{"name":"Delta","kind":"QUEUE_KIND_AWARDEE","organization":"ACO","agents":["ada","bne"]}]},"rules":"ruleset \"a\" version 1\n"}"#
  static let different =
    #""version":"41","differences":[{"action":"DIFFERENCE_ACTION_CREATED","noun":"person","name":"ada","changes":[{"field":"email","after":"ada@example.org"}]},{"action":"DIFFERENCE_ACTION_CHANGED","noun":"queue","name":"Delta","changes":[{"field":"agents","added":["ada"],"removed":["cyd"]},{"field":"organization","before":"Desk","after":"ACO"}]},{"action":"DIFFERENCE_ACTION_REMOVED","noun":"ticket_type","name":"bug"}],"access":[{"person":"ada","queue":"Delta","gained":["RIGHT_OWN","RIGHT_TAKE"]},{"person":"cyd","tenant":true,"lost":["RIGHT_BROWSE"]}],"tickets_moved":2"#
  static let shown = """
    + person ada  email ada@example.org
    ~ queue Delta
        agents: - cyd
        agents: + ada
        organization: Desk → ACO
    - ticket type bug

    access
    + ada gains own, take on queue Delta
    - cyd loses browse on the tenant

    3 differences, 2 open tickets to move

    """

  /// Rules where the name of their file belongs are not taken for a name, and a long name is not shown whole.
  @Test func rulesInPlaceAreNoFileName() async {
    let text = "ruleset \"a\" version 1"
    let inPlace = await Program.run(["plan", "-f", "-"], input: "rules: |\n  \(text)\n  # more\n")
    #expect(inPlace.status == .usage && inPlace.calls.isEmpty)
    #expect(inPlace.errors.contains("rules themselves stand below it as `text: |`"), "\(inPlace.errors)")
    #expect(!inPlace.errors.contains("No such file"), "\(inPlace.errors)")
    let long = await Program.run(["plan", "-f", "-"], input: "rules: x\(String(repeating: "y", count: 300))\n")
    let line = long.errors.split(separator: "\n").first ?? ""
    #expect(line.contains("cannot read a file `xyyy") && line.count < 240, "\(long.errors)")
  }

  @Test func onlyFlagsThatHelpAreHinted() {
    #expect(RemovalOptions.helping(["person `ada` is who asks; have another admin apply it"]) == [])
    #expect(RemovalOptions.helping(["organization `ncsa` has queues: `Q`; give them to another one"]) == [])
    #expect(
      RemovalOptions.helping(["`Q` is in use: rules name it", "organization `ncsa` has people: `ada`"])
        == ["--force", "--force-with-redirect Q=OTHER"])
  }

  @Test(arguments: [
    Transcript("plan -f $DIR/access.yaml").with {
      $0.files = files
      $0.answers = ["planConfiguration": [.json("{\(different)}")]]
      $0.output = shown
      $0.status = .answeredNo
      $0.calls = ["planConfiguration \(sent)}"]
    },
    Transcript("plan -f $DIR/access.yaml").with {
      $0.files = files
      $0.answers = ["planConfiguration": [#"{"version":"41"}"#]]
      $0.output = "no differences\n"
    },
    Transcript("plan -f $DIR/access.yaml --output json").with {
      $0.files = files
      $0.answers = ["planConfiguration": [#"{"version":"41"}"#]]
      $0.output = "{\n  \"version\": \"41\"\n}\n"
    },
    // A stranger's document does not send what else is on the machine.
    Transcript("plan -f $DIR/access.yaml").with {
      $0.files = ["access.yaml": "rules: ../admin.token\n"]
      $0.errors = """
        $DIR/access.yaml:1:8: error: `../admin.token` is not beside the document; put the rule file into its folder or one below it
        1 | rules: ../admin.token
                   ^~~~~~~~~~~~~~
        1 problem
        error: the document has errors, so nothing was sent
        hint: correct the lines above

        """
      $0.status = .usage
      $0.calls = []
    },
    // What is wrong with the rule file is shown beside whatever else is wrong.
    Transcript("plan -f $DIR/access.yaml").with {
      $0.files = ["access.yaml": "qeues: []\nrules: gone.rules\n"]
      $0.errors = """
        $DIR/access.yaml:1:1: error: unknown key `qeues`; did you mean `queues`?
        1 | qeues: []
            ^~~~~
        $DIR/access.yaml:2:8: error: cannot read `$DIR/gone.rules`: No such file or directory
        2 | rules: gone.rules
                   ^~~~~~~~~~
        2 problems
        error: the document has errors, so nothing was sent
        hint: correct the lines above

        """
      $0.status = .usage
      $0.calls = []
    },
    Transcript("apply -f $DIR/access.yaml --yes").with {
      $0.files = ["access.yaml": "rules: a.rules\n", "a.rules": ""]
      $0.errors = """
        $DIR/access.yaml:1:8: error: `$DIR/a.rules` is empty; write the rules, or leave `rules` out so that they stay as they are
        1 | rules: a.rules
                   ^~~~~~~
        1 problem
        error: the document has errors, so nothing was sent
        hint: correct the lines above

        """
      $0.status = .usage
      $0.calls = []
    },
    // What the server finds is shown where it stands, in the file it stands in.
    Transcript("plan -f $DIR/access.yaml").with {
      $0.files = files
      $0.answers = [
        "planConfiguration": [
          #"{"problems":[{"field":"queues[0].agents","message":"no person `bne`; did you mean `ben`?","value":"bne"},{"field":"rules","message":"a phase is missing","line":1,"column":9,"length":3}]}"#
        ]
      ]
      $0.errors = """
        $DIR/access.yaml:8:19: error: no person `bne`; did you mean `ben`?
        8 |     agents: [ada, bne]
                              ^~~
        1 problem
        $DIR/access.rules:1:9: error: a phase is missing
        1 | ruleset "a" version 1
                    ^~~
        1 problem
        error: the document has errors, so nothing was changed
        hint: correct the lines above

        """
      $0.status = .refused
    },
    Transcript("plan -f $DIR/access.yaml").with {
      $0.files = files
      $0.answers = [
        "planConfiguration": [
          #"{"differences":[{"action":"DIFFERENCE_ACTION_REMOVED","noun":"queue","name":"Q"}],"blocked":["`Q` is in use: it has open tickets"]}"#
        ]
      ]
      $0.output = """
        - queue Q

        1 difference
        would be refused, since what is removed is in use:
          `Q` is in use: it has open tickets

        """
      $0.errors = """
        error: the document removes what is in use, so nothing was changed
        hint: keep it in the document, or add `--force-with-redirect Q=OTHER` when you are sure

        """
      $0.status = .refused
    },
    // Force helps with people; nothing does with whoever asks.
    Transcript("plan -f $DIR/access.yaml").with {
      $0.files = files
      $0.answers = [
        "planConfiguration": [
          #"{"differences":[{"action":"DIFFERENCE_ACTION_REMOVED","noun":"person","name":"ada"}],"blocked":["person `ada` has open tickets: #7"]}"#
        ]
      ]
      $0.output = """
        - person ada

        1 difference
        would be refused, since what is removed is in use:
          person `ada` has open tickets: #7

        """
      $0.errors = """
        error: the document removes what is in use, so nothing was changed
        hint: keep it in the document, or add `--force` when you are sure

        """
      $0.status = .refused
    },
    Transcript("apply -f $DIR/access.yaml --yes --reason 'new term' --force --force-with-redirect Old=Delta").with {
      $0.files = files
      $0.answers = [
        "planConfiguration": [.json("{\(different)}")],
        "applyConfiguration": [.json(#"{"version":"42","plan":{\#(different)}}"#)],
      ]
      $0.output = shown + "applied 3 differences as version 42\n"
      $0.calls = [
        #"planConfiguration \#(sent),"force":true,"redirects":[{"queue":"Old","to":"Delta"}]}"#,
        #"applyConfiguration \#(sent),"expected_version":"41","reason":"new term","force":true,"redirects":[{"queue":"Old","to":"Delta"}]}"#,
      ]
    },
    Transcript("apply -f $DIR/access.yaml").with {
      $0.files = files
      $0.answers = ["planConfiguration": [.json("{\(different)}")]]
      $0.output = shown
      $0.errors = "error: this would apply 3 differences\nhint: add --yes when you are sure\n"
      $0.status = .usage
    },
    Transcript("apply -f $DIR/access.yaml --yes --output ids").with {
      $0.files = files
      $0.answers = [
        "planConfiguration": [.json("{\(different)}")],
        "applyConfiguration": [.json(#"{"version":"42","plan":{\#(different)}}"#)],
      ]
      $0.output = "42\n"
    },
    Transcript("apply -f $DIR/access.yaml").with {
      $0.files = files
      $0.answers = ["planConfiguration": ["{}"]]
      $0.output = "no differences; nothing was changed\n"
      $0.calls = ["planConfiguration \(sent)}"]
    },
    Transcript("configuration rollback 17 --yes --dry-run").with {
      $0.answers = [
        "planConfiguration": [.json("{\(different)}")],
        "rollbackConfiguration": [.json(#"{"version":"42","plan":{\#(different)}}"#)],
      ]
      $0.output = shown + "would apply 3 differences\n"
      $0.calls = [
        #"planConfiguration {"version":"17"}"#,
        #"rollbackConfiguration {"version":"17","expected_version":"41"} dry-run"#,
      ]
    },
    Transcript("configuration history --limit 1").with {
      $0.answers = [
        "listConfigurationVersions": [
          #"{"versions":[{"version":"42","applied_by":"root","applied_at_ms":"1767225600000","reason":"new term"}]}"#
        ]
      ]
      $0.output = """
        VERSION  TIME                  WHO   REASON
        42       2026-01-01T00:00:00Z  root  new term

        """
    },
    Transcript("configuration show 42").with {
      $0.answers = ["getConfigurationVersion": [#"{"document":{"tenant":"access"}}"#]]
      $0.output = "tenant: access\n"
      $0.calls = [#"getConfigurationVersion {"version":"42"}"#]
    },
    Transcript("export --output json").with {
      $0.answers = ["exportConfiguration": [#"{"document":{"tenant":"access"},"version":"9"}"#]]
      $0.output = "{\n  \"tenant\": \"access\"\n}\n"
    },
    Transcript("apply -f $DIR/absent.yaml").with {
      $0.errors = "error: cannot read `$DIR/absent.yaml`: No such file or directory\n"
      $0.status = .usage
      $0.calls = []
    },
  ])
  func transcript(_ transcript: Transcript) async throws { try await transcript.check() }

  @Test(arguments: ["Old", "Old=A=B", "Old=", "=New", ""])
  func aRedirectNamesTwoQueues(_ text: String) async {
    let run = await Program.run(["plan", "-f", "x", "--force-with-redirect", text])
    #expect(run.status == .usage)
    #expect(run.errors.hasPrefix("error: The value '\(text)' is invalid for '--force-with-redirect <queue=other>'\n"))
  }

  /// On a terminal it asks, and a no changes nothing.
  @Test func aNoChangesNothing() async throws {
    try await Transcript("configuration rollback 17").with {
      $0.terminal = true
      $0.variables = ["NO_COLOR": "1"]
      $0.input = "n\n"
      $0.answers = ["planConfiguration": [.json("{\(Self.different)}")]]
      $0.output = Self.shown
      $0.errors = "apply 3 differences? [y/N] error: nothing was changed\n"
      $0.status = .answeredNo
      $0.calls = [#"planConfiguration {"version":"17"}"#]
    }.check()
  }
}
