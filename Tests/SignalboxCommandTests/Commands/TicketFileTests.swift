import SignalboxClient
import Testing

@testable import signalbox

@Suite struct TicketFileTests {
  static let lines = """
    {"subject":"one","expected_queue":"Delta","extra":{"a":1}}

    {"subject":"two","tags":["x"],"priority":"low","expected_queue":"Anvil"}

    """

  static func answer(_ queue: String, by: String) -> Answer {
    .json(
      #"{"number":"7","queue":"\#(queue)","decision":{"by":"\#(by)","rule":"r","matched":[{"pattern":"gpu"},{"pattern":"gpu"},{"pattern":"dtn"}]}}"#
    )
  }

  @Test(arguments: [
    Transcript("ticket create --from $DIR/t.jsonl").with {
      $0.files = ["t.jsonl": lines]
      $0.answers = ["createTicket": [answer("Delta", by: "keywords")]]
      $0.output = """
        7         Delta                           unassigned      keywords `gpu`, `dtn`
        7         Delta                           unassigned      keywords `gpu`, `dtn`

        """
    },
    Transcript("ticket create --from $DIR/t.jsonl --expect-field expected_queue --minimum-share 0.5").with {
      $0.files = ["t.jsonl": lines]
      $0.answers = ["createTicket": [answer("Delta", by: "otherwise")]]
      $0.output = """
        ✓ 7         Delta                           unassigned      otherwise
        ✗ 7         Delta                           unassigned      otherwise  (expected Anvil)
        1 of 2 (50.0 %) went where they should

        """
    },
    Transcript("ticket create --from $DIR/t.jsonl --expect-field expected_queue --minimum-share 0.51 -o ids --dry-run")
      .with {
        $0.files = ["t.jsonl": lines]
        $0.answers = ["createTicket": [answer("Delta", by: "rule")]]
        $0.output = "7\n7\n"
        $0.errors = """
          1 of 2 (50.0 %) went where they should
          error: fewer tickets went where they should than --minimum-share asks for

          """
        $0.status = .answeredNo
      },
    Transcript("ticket create --from $DIR/t.jsonl").with {
      $0.files = ["t.jsonl": lines + #"{"subject":"three","tags":"x"}"#]
      $0.errors = """
        error: $DIR/t.jsonl:4: `tags` is not a list of texts
        hint: nothing was sent; correct the file and run the command again

        """
      $0.status = .usage
      $0.calls = []
    },
    Transcript("ticket create --from $DIR/t.jsonl").with {
      $0.files = ["t.jsonl": "{\"subject\":\"\"}\n"]
      $0.errors = """
        error: $DIR/t.jsonl:1: `subject` is missing
        hint: nothing was sent; correct the file and run the command again

        """
      $0.status = .usage
      $0.calls = []
    },
    Transcript("ticket create --from $DIR/t.jsonl --expect-field queue").with {
      $0.files = ["t.jsonl": lines]
      $0.errors = """
        error: $DIR/t.jsonl: no line has the key `queue`
        hint: nothing was sent; correct the file and run the command again

        """
      $0.status = .usage
      $0.calls = []
    },
    Transcript("ticket create --from $DIR/t.jsonl --idempotency-key k").with {
      $0.files = ["t.jsonl": "\n" + #"{"subject":"two","tags":["x"],"priority":"low"}"#]
      $0.answers = ["createTicket": [answer("Delta", by: "rule")]]
      $0.output = "7         Delta                           unassigned      rule r\n"
      $0.calls = [#"createTicket {"subject":"two","tags":["x"],"priority":"PRIORITY_LOW"} key=k-2"#]
    },
  ])
  func transcript(_ transcript: Transcript) async throws { try await transcript.check() }
}
