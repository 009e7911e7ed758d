import SignalboxClient
import Testing

@testable import signalbox

@Suite struct RegistrationCommandsTests {
  static let draft = #"{"id":"7","state":"REGISTRATION_STATE_DRAFT","queue":{"name":"Delta"},"asked_by":"ada"}"#
  static let submitted = draft.replacing("DRAFT", with: "SUBMITTED")

  @Test(arguments: [
    Transcript("queue register Delta --kind internal --organization Delta --draft --additional").with {
      $0.answers = ["registerQueue": [.json(draft)]]
      $0.output = "kept a draft of queue `Delta`, registration 7\n"
      $0.calls = [
        #"registerQueue {"name":"Delta","kind":"QUEUE_KIND_INTERNAL","organization":"Delta","draft":true,"additional":true}"#
      ]
    },
    Transcript("queue register --from $DIR/r.jsonl").with {
      $0.files = ["r.jsonl": #"{"name":"Delta","kind":"internal","organization":"Delta","additional":true}"#]
      $0.answers = ["registerQueue": [.json(submitted)]]
      $0.output = "asked for queue `Delta`, registration 7\n"
      $0.calls = [
        #"registerQueue {"name":"Delta","kind":"QUEUE_KIND_INTERNAL","organization":"Delta","additional":true}"#
      ]
    },
    Transcript("queue register --from $DIR/r.jsonl").with {
      $0.files = ["r.jsonl": #"{"name":"Delta","kind":"internal","additional":"yes"}"#]
      $0.errors = """
        error: $DIR/r.jsonl:1: `additional` is neither true nor false
        hint: nothing was sent; correct the file and run the command again

        """
      $0.status = .usage
      $0.calls = []
    },
    Transcript("queue register Delta --kind internal --organization Delta").with {
      $0.answers = ["registerQueue": [.refusal(.organizationHasQueue, "`Delta` has a queue of this kind: `Delta`")]]
      $0.errors = """
        error: `Delta` has a queue of this kind: `Delta`
        hint: use the queue there is, or add `--additional` to ask for one more

        """
      $0.status = .refused
    },
    Transcript("queue registration 7").with {
      $0.answers = ["getRegistration": [.json(#"{"id":"7","state":"REGISTRATION_STATE_WITHDRAWN"}"#)]]
      $0.output = "registration  7\nstate         withdrawn\n\ndefault assignee  nobody\n"
      $0.calls = [#"getRegistration {"registration":"7"}"#]
    },
    Transcript("queue registration amend 7 --name Delta-2 --agent ada --agent ben --clear keywords").with {
      $0.answers = ["updateRegistration": [.json(draft)]]
      $0.output = "amended registration 7, queue `Delta`\n"
      $0.calls = [
        #"updateRegistration {"registration":"7","name":"Delta-2","agents":{"values":["ada","ben"]},"keywords":{}}"#
      ]
    },
    Transcript("queue registration submit 7 --dry-run").with {
      $0.answers = ["submitRegistration": [.json(submitted)]]
      $0.output = "would submit registration 7, queue `Delta`\n"
      $0.calls = [#"submitRegistration {"registration":"7"} dry-run"#]
    },
    Transcript("queue registration submit 7").with {
      $0.answers = ["submitRegistration": [.refusal(.registrationState, "it is with the admins")]]
      $0.errors = """
        error: it is with the admins
        hint: `signalbox queue registration history ID` shows whose turn it is

        """
      $0.status = .refused
    },
    Transcript("queue registration comment 7 'a word'").with {
      $0.answers = ["commentRegistration": [.json(submitted)]]
      $0.output = "commented on registration 7, queue `Delta`\n"
      $0.calls = [#"commentRegistration {"registration":"7","comment":"a word"}"#]
    },
    Transcript("queue registration request-changes 7 --answer 'which desk?'").with {
      $0.answers = ["requestChanges": [.json(submitted)]]
      $0.output = "requested changes of registration 7, queue `Delta`\n"
      $0.calls = [#"requestChanges {"registration":"7","answer":"which desk?"}"#]
    },
    Transcript("queue registration withdraw 7").with {
      $0.errors = "error: this would withdraw registration 7 for good\nhint: add --yes when you are sure\n"
      $0.status = .usage
      $0.calls = []
    },
    Transcript("queue registration withdraw 7 --yes -o ids").with {
      $0.answers = ["withdrawRegistration": [.json(submitted)]]
      $0.output = "7\n"
      $0.calls = [#"withdrawRegistration {"registration":"7"}"#]
    },
    Transcript("queue registration lint 7").with {
      $0.answers = [
        "lintRegistration": [
          #"{"findings":[{"severity":"LINT_SEVERITY_ERROR","message":"`D` has not the form `A-<B>`"},{"severity":"LINT_SEVERITY_WARNING","message":"`globus` would also have hit `Data-Transfer` in 41 of 53"}],"tickets_looked_at":200}"#
        ]
      ]
      $0.output = """
        error: `D` has not the form `A-<B>`
        warning: `globus` would also have hit `Data-Transfer` in 41 of 53
        2 findings, 200 past tickets looked at

        """
      $0.status = .answeredNo
      $0.calls = [#"lintRegistration {"registration":"7"}"#]
    },
    Transcript("queue register Delta --kind internal --organization Delta --keyword slurm --lint").with {
      $0.answers = ["lintRegistration": [#"{"tickets_looked_at":1}"#]]
      $0.output = "0 findings, 1 past ticket looked at\n"
      $0.calls = [
        #"lintRegistration {"request":{"name":"Delta","kind":"QUEUE_KIND_INTERNAL","organization":"Delta","keywords":["slurm"]}}"#
      ]
    },
    Transcript("queue registration plan 7").with {
      $0.answers = [
        "planRegistration": [
          #"{"registration":{"id":"7"},"queue":{"name":"Delta","agents":["ada"],"default_assignee":"ada"},"gains":[{"who":"ada","rights":["browse","update","own","default_assignee"]},{"who":"ops@example.org","rights":["watch"]}],"told":["ada@example.org"],"blocked":"there is a queue `Delta` already"}"#
        ]
      ]
      $0.output = """
        approving registration 7 would create
        queue             Delta
        agents            ada
        default assignee  ada

        WHO              GAINS
        ada              browse, update, own, default_assignee
        ops@example.org  watch

        told: ada@example.org

        0 findings, 0 past tickets looked at
        would be refused: there is a queue `Delta` already

        """
      $0.calls = [#"planRegistration {"registration":"7"}"#]
    },
    Transcript("queue registration watch 7 8 --from-start --count 1").with {
      $0.answers = [
        "watchTickets": [
          #"{"event":{"revision":"9","kind":"registration.changes_requested","at_ms":"1767225600000","actor":"boss","subject":"Delta","reason":"which desk?"},"cursor":"c"}"#
        ]
      ]
      $0.output = "2026-01-01T00:00:00Z  Delta  registration changes requested  by boss  (which desk?)\n"
      $0.calls = [#"watchTickets {"cursor":"start","registrations":["7","8"]}"#]
    },
    Transcript("queue registration history 7").with {
      $0.answers = [
        "registrationHistory": [
          #"{"events":[{"revision":"9","kind":"registration.amended","actor":"boss","changes":[{"field":"name","before":"GPU","after":"Delta-GPU"}]},{"revision":"10","kind":"registration.commented","actor":"ada","reason":"thanks"}]}"#
        ]
      ]
      $0.output = """
        TIME  WHAT       WHO   FROM → TO             REASON
        -     amended    boss  name GPU → Delta-GPU  -
        -     commented  ada   -                     thanks

        """
      $0.calls = [#"registrationHistory {"registration":"7","page_size":200}"#]
    },
  ])
  func transcript(_ transcript: Transcript) async throws { try await transcript.check() }

  @Test(arguments: ["queue registration amend 7", "queue registration amend 7 --agent ada --clear agents"])
  func wrongAmendments(_ line: String) async {
    let run = await Program.run(Transcript(line).arguments)
    #expect(run.status == .usage)
    #expect(run.calls.isEmpty)
  }

  /// What the command line leaves out is asked for where somebody can answer, and lint has its say before it is sent.
  @Test(arguments: [("yes", ExitStatus.done), ("draft", .done), ("", .answeredNo)])
  func guided(answer: String, status: ExitStatus) async throws {
    let wish =
      #"{"name":"Delta","kind":"QUEUE_KIND_INTERNAL","organization":"Delta","description":"User support","agents":["ada","ben"],"default_assignee":"ada","keywords":["slurm","gpu node"]}"#
    let transcript = Transcript("queue register --organization Delta").with {
      $0.terminal = true
      $0.input = "Delta\nprovider\ninternal\nUser support\nada, ben\nada\n\nslurm, gpu node\n\(answer)\n"
      $0.answers = [
        "lintRegistration": [#"{"findings":[{"message":"`slurm` is taken"}],"tickets_looked_at":9}"#],
        "registerQueue": [.json(answer == "draft" ? Self.draft : Self.submitted)],
      ]
      $0.errors =
        "name of the queue: kind: resource_provider, awardee, internal: "
        + "it is one of resource_provider, awardee, internal\nkind: resource_provider, awardee, internal: "
        + "what belongs there, in a sentence: agents, who handle its tickets: handles, with commas between: "
        + "which of them gets new tickets (nobody when left empty): "
        + "watchers, who get e-mail: handles or addresses, with commas between: "
        + "keywords, words and phrases that tell what belongs there, with commas between: "
        + "warning: `slurm` is taken\n1 finding, 9 past tickets looked at\n"
        + "ask for it like this? yes, no, or draft to keep it for later: "
      $0.status = status
      $0.calls = [#"lintRegistration {"request":\#(wish)}"#]
      switch answer {
      case "yes":
        $0.output = "asked for queue `Delta`, registration 7\n"
        $0.calls?.append("registerQueue \(wish)")
      case "draft":
        $0.output = "kept a draft of queue `Delta`, registration 7\n"
        $0.calls?.append("registerQueue \(wish.dropLast()),\"draft\":true}")
      default:
        $0.errors += "error: nothing was sent\n"
      }
    }
    try await transcript.check()
  }

  @Test func aGuideEndsWithTheInput() async throws {
    let transcript = Transcript("queue register").with {
      $0.terminal = true
      $0.input = "Delta\n"
      $0.errors =
        "name of the queue: kind: resource_provider, awardee, internal: "
        + "error: no answer was given, so nothing was sent\nhint: give it on the command line\n"
      $0.status = .usage
      $0.calls = []
    }
    try await transcript.check()
  }
}
