import SignalboxClient
import Testing

@testable import signalbox

@Suite struct RulesCommandsTests {
  static let rules =
    #"{"name":"access","version":3,"hash":"AQIDBAUGBwg=","text":"ruleset \"access\" version 3\n","activated_at_ms":"1767225600000","activated_by":"root","kept_at_ms":"1767139200000","kept_by":"ada","active":true}"#
  static let log =
    #"{"activations":[{"revision":"9","hash":"AQIDBAUGBwg=","name":"access","version":3,"activated_at_ms":"1767225600000","activated_by":"root","reason":"storm","previous_hash":"AQIDBAUGBwg="},{"revision":"7","hash":"AQIDBAUGBwg=","name":"access","version":3,"activated_at_ms":"1767139200000","activated_by":"ada","previous_hash":"CQoLDA0ODxA="},{"revision":"5","hash":"CQoLDA0ODxA=","name":"access","version":2,"activated_at_ms":"1767052800000","activated_by":"ada"}]}"#
  static let wrong =
    #"{"diagnostics":[{"line":12,"column":16,"length":7,"message":"no queue `Detla`; did you mean `Delta`?","source_line":"    then queue \"Detla\""}]}"#
  static let diagnostic = """
    $DIR/route.rules:12:16: error: no queue `Detla`; did you mean `Delta`?
    12 |     then queue "Detla"
                        ^~~~~~~
    1 problem

    """

  static let hint =
    #"{"canonical_text":"t","rule_count":40,"findings":[{"kind":"RULE_FINDING_KIND_UNINDEXED","severity":"RULE_FINDING_SEVERITY_HINT","rule":"a","line":3,"message":"40 rules are tried on every ticket"}]}"#
  static let found =
    #"{"canonical_text":"t","rule_count":40,"findings":[{"kind":"RULE_FINDING_KIND_SHADOWED","severity":"RULE_FINDING_SEVERITY_WARNING","rule":"b","line":9,"other_rule":"a","other_line":5,"message":"rule `b` never decides: rule `a` on line 5 takes every ticket that it fits","witness":[{"name":"priority","value":"high"},{"name":"field \"site\"","value":"a\nb"}]},{"kind":"RULE_FINDING_KIND_UNSATISFIABLE","severity":"RULE_FINDING_SEVERITY_WARNING","rule":"c","line":12,"message":"rule `c` never fires: `age < 0m` is true of no ticket"},{"kind":"RULE_FINDING_KIND_UNINDEXED","severity":"RULE_FINDING_SEVERITY_HINT","rule":"a","line":3,"message":"40 rules are tried on every ticket"}]}"#

  @Test(arguments: [
    Transcript("rules check $DIR/route.rules").with {
      $0.files = ["route.rules": "text"]
      $0.answers = ["checkRules": [#"{"canonical_text":"t","rule_count":23}"#], "testRules": ["{}"]]
      $0.output = "$DIR/route.rules: 23 rules, nothing wrong\n"
      $0.calls = [#"checkRules {"text":"text"}"#, #"testRules {"text":"text"}"#]
    },
    Transcript("rules check $DIR/route.rules").with {
      $0.files = ["route.rules": "text"]
      $0.answers = [
        "checkRules": [#"{"canonical_text":"t","rule_count":23}"#],
        "testRules": [#"{"results":[{"name":"a","line":3,"passed":true},{"name":"b","line":6,"passed":true}]}"#],
      ]
      $0.output = "$DIR/route.rules: 23 rules and 2 tests, nothing wrong\n"
    },
    Transcript("rules check $DIR/route.rules").with {
      $0.files = ["route.rules": "text"]
      $0.answers = [
        "checkRules": [#"{"canonical_text":"t","rule_count":23}"#],
        "testRules": [#"{"results":[{"name":"a","line":3,"passed":true},{"name":"b","line":6,"failures":["no"]}]}"#],
      ]
      $0.errors = """
        error: 1 of 2 tests failed, so the rules would not be put
        hint: `signalbox rules test $DIR/route.rules` shows what came out

        """
      $0.status = .answeredNo
    },
    Transcript("rules check $DIR/route.rules").with {
      $0.files = ["route.rules": "text"]
      $0.answers = ["checkRules": [.json(wrong)]]
      $0.output = diagnostic
      $0.status = .answeredNo
    },
    Transcript("rules check $DIR/route.rules").with {
      $0.files = ["route.rules": "text"]
      $0.answers = ["checkRules": [.json(found)], "testRules": ["{}"]]
      $0.output = """
        $DIR/route.rules:9: finding: rule `b` never decides: rule `a` on line 5 takes every ticket that it fits
            with this ticket:
              priority      high
              field "site"  a⏎b
        $DIR/route.rules:12: finding: rule `c` never fires: `age < 0m` is true of no ticket
            with an ordinary new ticket
        $DIR/route.rules:3: hint: 40 rules are tried on every ticket
        2 findings

        """
      $0.status = .answeredNo
    },
    Transcript("rules check $DIR/route.rules").with {
      $0.files = ["route.rules": "text"]
      $0.answers = ["checkRules": [.json(hint)], "testRules": ["{}"]]
      $0.output = """
        $DIR/route.rules:3: hint: 40 rules are tried on every ticket
        $DIR/route.rules: 40 rules, nothing wrong

        """
    },
    Transcript("rules put $DIR/route.rules").with {
      $0.files = ["route.rules": "text"]
      $0.answers = ["putRules": [.json(rules)], "checkRules": [.json(found)]]
      $0.output = "put rules `access` version 3, 010203040506\n"
      $0.errors = "2 findings; `signalbox rules check` shows what and why\n"
    },
    Transcript("rules check -").with {
      $0.input = "text"
      $0.answers = ["checkRules": [#"{"rule_count":1}"#], "testRules": ["{}"]]
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
      $0.calls = [#"putRules {"text":"text","expected_hash":"AQI="} dry-run"#, #"checkRules {"text":"text"}"#]
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
        kept since    2025-12-31T00:00:00Z by ada
        active since  2026-01-01T00:00:00Z
        activated by  root

        """
      $0.calls = [#"getRules {"hash":"Cgs="}"#]
    },
    Transcript("rules put $DIR/route.rules --stage --reason storm").with {
      $0.files = ["route.rules": "text"]
      $0.answers = ["putRules": [.json(rules)]]
      $0.output = "staged rules `access` version 3, 010203040506\n"
      $0.calls = [#"putRules {"text":"text","stage":true,"reason":"storm"}"#, #"checkRules {"text":"text"}"#]
    },
    Transcript("rules list").with {
      $0.answers = [
        "listRuleSets": [.json(#"{"rule_sets":[{"name":"access","version":4,"hash":"CQoLDA0ODxA="},\#(rules)]}"#)]
      ]
      $0.output = """
        HASH          NAME    VERSION  STATE   KEPT                  BY
        090a0b0c0d0e  access  4        staged  -                     -
        010203040506  access  3        active  2025-12-31T00:00:00Z  ada

        """
    },
    Transcript("rules history").with {
      $0.answers = ["listRuleActivations": [.json(log)]]
      $0.output = """
        SINCE                 HASH          INSTEAD OF    NAME    VERSION  BY    REASON
        2026-01-01T00:00:00Z  010203040506  010203040506  access  3        root  storm
        2025-12-31T00:00:00Z  010203040506  090a0b0c0d0e  access  3        ada   -
        2025-12-30T00:00:00Z  090a0b0c0d0e  -             access  2        ada   -

        """
    },
    Transcript("rules activate 01020304 --reason storm").with {
      $0.answers = ["activateRules": [.json(rules)]]
      $0.output = "activated rules `access` version 3, 010203040506\n"
      $0.calls = [#"activateRules {"hash":"AQIDBA==","reason":"storm"}"#]
    },
    Transcript("rules rollback").with {
      $0.answers = ["listRuleActivations": [.json(log)], "activateRules": [.json(rules)]]
      $0.output = "rolled back to rules `access` version 3, 010203040506\n"
      $0.calls = [
        #"listRuleActivations {"page_size":200}"#,
        #"activateRules {"hash":"CQoLDA0ODxA=","expected_hash":"AQIDBAUGBwg=","reason":"rollback"}"#,
      ]
    },
    Transcript("rules rollback").with {
      $0.answers = ["listRuleActivations": [#"{"activations":[{"revision":"5","hash":"CQoLDA0ODxA="}]}"#]]
      $0.errors = """
        error: no other rule set was in force before
        hint: put one with `signalbox rules put FILE`

        """
      $0.status = .refused
    },
    Transcript("rules diff $DIR/new.rules").with {
      $0.files = ["new.rules": "a\nb\nc\nd\nX\u{1b}\nf\n"]
      $0.answers = [
        "getRules": [#"{"name":"access","version":3,"hash":"AQIDBAUGBwg=","text":"a\nb\nc\nd\ne\nf\n"}"#],
        "diffRules": [
          #"{"differences":[{"part":"rule","change":"moved","phase":"route","name":"e"},{"part":"list","change":"added","name":"X"}],"more":"2"}"#
        ],
      ]
      $0.output = """
        CHANGE  PART  PHASE  NAME
        moved   rule  route  e
        added   list  -      X
        and 2 more

        --- access version 3, 010203040506
        +++ $DIR/new.rules
        @@ line 2, now line 2 @@
          b
          c
          d
        - e
        + X\\u{1b}
          f

        """
      $0.calls = ["getRules {}", #"diffRules {"after_text":"a\nb\nc\nd\nX\u001B\nf\n"}"#]
      $0.status = .answeredNo
    },
    Transcript("rules diff 0102 0304").with {
      $0.answers = ["getRules": [.json(rules), .json(rules)], "diffRules": ["{}"]]
      $0.calls = [
        #"getRules {"hash":"AQI="}"#, #"getRules {"hash":"AwQ="}"#,
        #"diffRules {"before_hash":"AQI=","after_hash":"AwQ="}"#,
      ]
    },
    Transcript("rules diff $DIR/a $DIR/b").with {
      $0.files = ["a": "# x\n", "b": "# y\n"]
      $0.answers = ["diffRules": ["{}"]]
      $0.output = """
        the rules are the same; comments, layout, name or version are not

        --- $DIR/a
        +++ $DIR/b
        @@ line 1, now line 1 @@
        - # x
        + # y

        """
      $0.status = .answeredNo
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

  @Test(arguments: [
    ["rules", "get", "--hash", "0"], ["rules", "put", "f", "--expected-hash", "zz"], ["rules", "activate", "0"],
  ])
  func hashIsHexadecimal(_ arguments: [String]) async {
    let run = await Program.run(arguments)
    #expect(run.status == .usage)
    #expect(run.errors.contains("hexadecimal digits"))
  }
}
