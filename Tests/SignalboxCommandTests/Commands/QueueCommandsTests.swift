import SignalboxClient
import Testing

@testable import signalbox

@Suite struct QueueCommandsTests {
  static let asked =
    #"{"name":"Delta","kind":"QUEUE_KIND_RESOURCE_PROVIDER","organization":"Delta","description":"User support","agents":["hfaulkner","odiallo"],"watchers":["oncall@delta.example.edu"],"default_assignee":"odiallo","keywords":["delta","gh200"]}"#
  static let queue = asked.replacing(#"["delta","gh200"]}"#, with: #"["delta","gh200"],"state":"QUEUE_STATE_ACTIVE"}"#)
  static let registration =
    #"{"id":"7","state":"REGISTRATION_STATE_SUBMITTED","queue":\#(asked),"asked_by":"hfaulkner","asked_at_ms":"1767225600000"}"#

  @Test(arguments: [
    Transcript(
      "queue register Delta --kind resource_provider --organization Delta --description 'User support' --agent hfaulkner --agent odiallo --watcher oncall@delta.example.edu --default-assignee odiallo --keyword delta --keyword gh200"
    ).with {
      $0.answers = ["registerQueue": [.json(registration)]]
      $0.output = "asked for queue `Delta`, registration 7\n"
      $0.calls = ["registerQueue \(asked)"]
    },
    Transcript("queue register --from $DIR/r.jsonl --dry-run").with {
      $0.files = [
        "r.jsonl": #"{"name":"Delta","kind":"resource_provider","default_assignee":null,"asked_by":"x","n":[1]}"#
      ]
      $0.answers = ["registerQueue": [.json(registration)]]
      $0.output = "would ask for queue `Delta`\n"
      $0.calls = [#"registerQueue {"name":"Delta","kind":"QUEUE_KIND_RESOURCE_PROVIDER"} dry-run"#]
    },
    Transcript("queue register --from $DIR/r.jsonl").with {
      $0.files = ["r.jsonl": "\n" + #"{"name":"Delta","kind":"provider"}"#]
      $0.errors = """
        error: $DIR/r.jsonl:2: `kind` is `provider`; it takes resource_provider, awardee, internal
        hint: nothing was sent; correct the file and run the command again

        """
      $0.status = .usage
      $0.calls = []
    },
    Transcript("queue approve 7 --answer welcome").with {
      $0.answers = ["approveQueue": [.json(#"{"registration":\#(registration),"queue":\#(queue)}"#)]]
      $0.output = "approved registration 7: queue `Delta` is active\n"
      $0.calls = [#"approveQueue {"registration":"7","answer":"welcome"}"#]
    },
    Transcript("queue approve 7 8 --dry-run").with {
      $0.answers = ["approveQueue": [.json(#"{"queue":\#(queue)}"#)]]
      $0.output = """
        would approve registration 7: queue `Delta` would be active
        would approve registration 8: queue `Delta` would be active

        """
      $0.calls = [#"approveQueue {"registration":"7"} dry-run"#, #"approveQueue {"registration":"8"} dry-run"#]
    },
    Transcript("queue decline 7 --answer 'name it after the track' --yes").with {
      $0.answers = ["declineQueue": [.json(registration)]]
      $0.output = "declined registration 7, queue `Delta`\n"
      $0.calls = [#"declineQueue {"registration":"7","answer":"name it after the track"}"#]
    },
    Transcript("queue decline 7 --answer no").with {
      $0.errors = "error: this would decline registration 7 for good\nhint: add --yes when you are sure\n"
      $0.status = .usage
      $0.calls = []
    },
    Transcript("queue get Delta").with {
      $0.answers = ["getQueue": [.json(queue)]]
      $0.output = """
        queue             Delta
        kind              resource_provider
        organization      Delta
        state             active
        description       User support
        agents            hfaulkner, odiallo
        default assignee  odiallo
        watchers          oncall@delta.example.edu
        keywords          delta, gh200

        """
      $0.calls = [#"getQueue {"name":"Delta"}"#]
    },
    Transcript("queue list --organization Delta").with {
      $0.answers = ["listQueues": [.json(#"{"queues":[\#(queue)]}"#)]]
      $0.output = """
        NAME   KIND               ORGANIZATION  STATE   AGENTS  DEFAULT ASSIGNEE
        Delta  resource_provider  Delta         active  2       odiallo

        """
      $0.calls = [#"listQueues {"page_size":200,"organization":"Delta"}"#]
    },
    Transcript("queue retire Delta --yes").with {
      $0.answers = ["retireQueue": [.refusal(.queueInUse, "rule `named-host` routes to `Delta`")]]
      $0.errors = """
        error: rule `named-host` routes to `Delta`
        hint: take the queue out of the rules with `signalbox rules put FILE` and move its open tickets first, or add `--redirect-to QUEUE`

        """
      $0.status = .refused
      $0.calls = [#"retireQueue {"name":"Delta"}"#]
    },
    Transcript("queue retire Delta --dry-run").with {
      $0.answers = ["retireQueue": [.json(queue)]]
      $0.output = "would retire queue `Delta`\n"
    },
    Transcript("queue retire Delta --redirect-to Delta-2 --yes").with {
      $0.answers = ["retireQueue": [#"{"name":"Delta","state":"QUEUE_STATE_RETIRED","redirect":"Delta-2"}"#]]
      $0.output = "retired queue `Delta`; its open tickets and its rules lead to `Delta-2`\n"
      $0.calls = [#"retireQueue {"name":"Delta","redirect_to":"Delta-2"}"#]
    },
    Transcript("queue registrations --state submitted").with {
      $0.answers = ["listRegistrations": [.json(#"{"registrations":[\#(registration)]}"#)]]
      $0.output = """
        ID  STATE      QUEUE  ORGANIZATION  ASKED BY   ASKED AT              ANSWER
        7   submitted  Delta  Delta         hfaulkner  2026-01-01T00:00:00Z  -

        """
      $0.calls = [#"listRegistrations {"page_size":200,"state":"REGISTRATION_STATE_SUBMITTED"}"#]
    },
    Transcript("queue registrations -o ids").with {
      $0.answers = ["listRegistrations": [.json(#"{"registrations":[\#(registration),{"id":"8"}]}"#)]]
      $0.output = "7\n8\n"
    },
    Transcript("queue registration 7").with {
      $0.answers = [
        "getRegistration": [
          #"{"id":"7","state":"REGISTRATION_STATE_DECLINED","queue":{"name":"Delta"},"decided_by":"root","answer":"no"}"#
        ]
      ]
      $0.output = """
        registration  7
        state         declined
        decided by    root
        answer        no

        queue             Delta
        default assignee  nobody

        """
      $0.calls = [#"getRegistration {"registration":"7"}"#]
    },
  ])
  func transcript(_ transcript: Transcript) async throws { try await transcript.check() }
}
