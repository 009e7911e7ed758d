import SignalboxClient
import Testing

@testable import signalbox

@Suite struct RulesCommandsTests {
  static let rules =
    #"{"name":"access","version":3,"hash":"AQIDBAUGBwg=","text":"ruleset \"access\" version 3\n","activated_at_ms":"1767225600000","activated_by":"root"}"#
  static let wrong =
    #"{"diagnostics":[{"line":12,"column":16,"length":7,"message":"no queue `Detla`; did you mean `Delta`?","source_line":"    then queue \"Detla\""}]}"#
  static let diagnostic = """
    $DIR/route.rules:12:16: error: no queue `Detla`; did you mean `Delta`?
    12 |     then queue "Detla"
                        ^~~~~~~
    1 problem

    """

  @Test(arguments: [
    Transcript("rules check $DIR/route.rules").with {
      $0.files = ["route.rules": "text"]
      $0.answers = ["checkRules": [#"{"canonical_text":"t","rule_count":23}"#]]
      $0.output = "$DIR/route.rules: 23 rules, nothing wrong\n"
      $0.calls = [#"checkRules {"text":"text"}"#]
    },
    Transcript("rules check $DIR/route.rules").with {
      $0.files = ["route.rules": "text"]
      $0.answers = ["checkRules": [.json(wrong)]]
      $0.output = diagnostic
      $0.status = .answeredNo
    },
    Transcript("rules check -").with {
      $0.input = "text"
      $0.answers = ["checkRules": [#"{"rule_count":1}"#]]
      $0.output = "-: 1 rule, nothing wrong\n"
    },
    Transcript("rules check $DIR/absent").with {
      $0.errors = "error: cannot read `$DIR/absent`: No such file or directory\n"
      $0.status = .usage
      $0.calls = []
    },
    Transcript("rules put $DIR/route.rules --expected-hash 0102 --dry-run").with {
      $0.files = ["route.rules": "text"]
      $0.answers = ["putRules": [.json(rules)]]
      $0.output = "would put rules `access` version 3, 010203040506\n"
      $0.calls = [#"putRules {"text":"text","expected_hash":"AQI="} dry-run"#]
    },
    Transcript("rules put $DIR/route.rules").with {
      $0.files = ["route.rules": "text"]
      $0.answers = ["putRules": [.refusal(.rulesInvalid, "1 error")], "checkRules": [.json(wrong)]]
      $0.errors = diagnostic + "error: the rules have errors, so the active ones stay\nhint: correct the lines above\n"
      $0.status = .refused
    },
    Transcript("rules get").with {
      $0.answers = ["getRules": [.json(rules)]]
      $0.output = "ruleset \"access\" version 3\n"
      $0.calls = ["getRules {}"]
    },
    Transcript("rules get --hash 0A0b --summary").with {
      $0.answers = ["getRules": [.json(rules)]]
      $0.output = """
        rules         access
        version       3
        hash          0102030405060708
        active since  2026-01-01T00:00:00Z
        activated by  root

        """
      $0.calls = [#"getRules {"hash":"Cgs="}"#]
    },
    Transcript("rules get").with {
      $0.terminal = true
      $0.answers = ["getRules": [#"{"text":"a\n\tb \u001b[2J"}"#]]
      $0.output = "a\n\tb \\u{1b}[2J\n"
    },
    Transcript("rules get").with {
      $0.answers = ["getRules": [#"{"text":"a \u001b[2J"}"#]]
      $0.output = "a \u{1b}[2J\n"
    },
  ])
  func transcript(_ transcript: Transcript) async throws { try await transcript.check() }

  @Test(arguments: [["rules", "get", "--hash", "0"], ["rules", "put", "f", "--expected-hash", "zz"]])
  func hashIsHexadecimal(_ arguments: [String]) async {
    let run = await Program.run(arguments)
    #expect(run.status == .usage)
    #expect(run.errors.contains("hexadecimal digits"))
  }
}
