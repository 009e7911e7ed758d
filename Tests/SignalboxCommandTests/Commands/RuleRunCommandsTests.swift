import SignalboxClient
import Testing

@testable import signalbox

@Suite struct RuleRunCommandsTests {
  static let shadow =
    #"{"hash":"AQIDBAUGBwg=","name":"access","version":3,"since_ms":"1767225600000","set_by":"ada","seen":"40","different":"3","moves":[{"from":"Triage","to":"Delta","count":"3","samples":["9"]}]}"#
  static let result =
    #"{"looked_at":"600","total":"600","result":{"looked_at":"600","same":"590","moved":"10","moves":[{"from":"Delta","to":"Triage","count":"7","samples":["9","8"]},{"from":"Delta","count":"2","samples":["5"]}],"other_moved":"1","active_agrees":"500","candidate_agrees":"510","active_otherwise":"30","candidate_otherwise":"40","chosen_by_people":"12","active_agrees_with_people":"3","candidate_agrees_with_people":"11"}}"#

  @Test(arguments: [
    Transcript("rules fmt $DIR/a.rules").with {
      $0.files = ["a.rules": "text"]
      $0.answers = ["formatRules": [#"{"text":"canonical\n"}"#]]
      $0.output = "canonical\n"
      $0.calls = [#"formatRules {"text":"text"}"#]
    },
    Transcript("rules fmt --write $DIR/a.rules").with {
      $0.files = ["a.rules": "text"]
      $0.answers = ["formatRules": [#"{"text":"canonical\n"}"#]]
      $0.filesAfter = ["a.rules": "canonical\n"]
    },
    Transcript("rules fmt --check $DIR/a.rules").with {
      $0.files = ["a.rules": "text"]
      $0.answers = ["formatRules": [#"{"text":"canonical\n"}"#]]
      $0.errors = """
        error: `$DIR/a.rules` is not in the canonical form
        hint: `signalbox rules fmt --write $DIR/a.rules` puts it there

        """
      $0.status = .answeredNo
      $0.filesAfter = ["a.rules": "text"]
    },
    Transcript("rules fmt --check $DIR/a.rules").with {
      $0.files = ["a.rules": "canonical\n"]
      $0.answers = ["formatRules": [#"{"text":"canonical\n"}"#]]
    },
    Transcript("rules fmt --json -").with {
      $0.input = "text"
      $0.answers = ["formatRules": [.json(#"{"text":"{\"ruleset\":\"a\"}"}"#)]]
      $0.output = "{\n  \"ruleset\": \"a\"\n}\n"
      $0.calls = [#"formatRules {"text":"text","json":true}"#]
    },
    Transcript("rules fmt $DIR/route.rules").with {
      $0.files = ["route.rules": "text"]
      $0.answers = ["formatRules": [.json(RulesCommandsTests.wrong)]]
      $0.errors = RulesCommandsTests.diagnostic
      $0.status = .answeredNo
    },
    Transcript("rules test $DIR/a.rules").with {
      $0.files = ["a.rules": "text"]
      $0.answers = [
        "testRules": [
          .json(
            #"{"results":[{"name":"good","line":3,"passed":true},{"name":"bad","line":9,"failures":["queue: expected `A`, got `B`"]}]}"#
          )
        ]
      ]
      $0.output = """
        ✓ good, line 3
        ✗ bad, line 9
            queue: expected `A`, got `B`
        2 tests, 1 failed

        """
      $0.status = .answeredNo
      $0.calls = [#"testRules {"text":"text"}"#]
    },
    Transcript("rules test 0a0b0c0d").with {
      $0.answers = ["testRules": [#"{"results":[{"name":"good","line":3,"passed":true}]}"#]]
      $0.output = "✓ good, line 3\n1 test, all pass\n"
      $0.calls = [#"testRules {"hash":"CgsMDQ=="}"#]
    },
    Transcript("rules test").with {
      $0.answers = ["testRules": ["{}"]]
      $0.output = "no tests\n"
      $0.calls = ["testRules {}"]
    },
    // Nothing is not the active set.
    Transcript("rules test $DIR/a.rules").with {
      $0.files = ["a.rules": ""]
      $0.errors = """
        error: $DIR/a.rules: there are no rules in it
        hint: nothing was sent; correct the file and run the command again

        """
      $0.status = .usage
      $0.calls = []
    },
    Transcript("rules replay -").with {
      $0.errors = """
        error: -: there are no rules in it
        hint: nothing was sent; correct the file and run the command again

        """
      $0.status = .usage
      $0.calls = []
    },
    Transcript("rules why-not storage 7 --rules ''").with {
      $0.errors = """
        error: the rule set has an empty name
        hint: name a file or a hash, or leave it out for the active set

        """
      $0.status = .usage
      $0.calls = []
    },
    Transcript("rules why 7").with {
      $0.answers = ["whyTicket": [#"{"number":"7","queue":"Delta"}"#]]
      $0.output = "ticket 7 is in Delta\nrules   version 0, \nno person has moved it since\n"
      $0.calls = [#"whyTicket {"number":"7"}"#]
    },
    Transcript("rules why-not storage 7 --rules 0a0b0c0d").with {
      $0.answers = [
        "whyNotRule": [
          .json(
            #"{"ticket":"7","rule":"storage","line":4,"phase":"route","condition":"category == \"S\"","actual":[{"field":"category","absent":true},{"field":"channel","value":"web"}]}"#
          )
        ]
      ]
      $0.output = """
        rule `storage` on line 4 of phase route does not fire for ticket 7
        first condition that fails  category == "S"
        category                    (absent)
        channel                     web

        """
      $0.calls = [#"whyNotRule {"rule":"storage","ticket":"7","hash":"CgsMDQ=="}"#]
    },
    Transcript("rules why-not storage 7").with {
      $0.answers = [
        "whyNotRule": [
          .json(
            #"{"ticket":"7","rule":"storage","line":4,"phase":"route","condition":"not text any word of [\"disk\"]","actual":[{"field":"subject","value":"disk"}],"matched":[{"pattern":"disk","field":"subject","position":0},{"pattern":"web","field":"channel"}]}"#
          )
        ]
      ]
      $0.output = """
        rule `storage` on line 4 of phase route does not fire for ticket 7
        first condition that fails  not text any word of ["disk"]
        subject                     disk
        but there is                `disk` in subject, word 1
        but there is                `web` in channel

        """
    },
    Transcript("rules why-not storage 7").with {
      $0.answers = [
        "whyNotRule": [
          #"{"ticket":"7","rule":"storage","line":4,"phase":"route","instead":"rule `a` decides before it"}"#
        ]
      ]
      $0.output = """
        rule `storage` on line 4 of phase route does not fire for ticket 7
        its conditions hold, but  rule `a` decides before it

        """
    },
    Transcript("rules why-not storage 7").with {
      $0.answers = ["whyNotRule": [#"{"ticket":"7","rule":"storage","line":4,"phase":"route","fires":true}"#]]
      $0.output = "rule `storage` on line 4 of phase route fires for ticket 7\n"
    },
    Transcript("rules replay $DIR/a.rules --since 2026-01-01 --limit 600").with {
      $0.files = ["a.rules": "text"]
      $0.answers = ["replayRules": [#"{"total":"600"}"#, #"{"looked_at":"500","total":"600"}"#, .json(result)]]
      $0.output = """
        tickets                             600
        same queue                          590 (98.3 %)
        another queue                       10 (1.7 %)
        where they are now, active          500 (83.3 %)
        where they are now, candidate       510 (85.0 %)
        moved by people                     12 (2.0 %)
        where people moved them, active     3 (25.0 %)
        where people moved them, candidate  11 (91.7 %)
        by otherwise, active                30 (5.0 %)
        by otherwise, candidate             40 (6.7 %)

        ACTIVE  CANDIDATE  TICKETS  SUCH AS
        Delta   Triage     7        9, 8
        Delta   -          2        5
        and 1 in further pairs of queues

        """
      $0.calls = [#"replayRules {"text":"text","since_ms":"1767225600000","limit":600}"#]
    },
    // Whatever a server counts.
    Transcript("rules replay 0a0b0c0d").with {
      $0.answers = [
        "replayRules": [
          .json(
            #"{"result":{"looked_at":"18446744073709551615","same":"18446744073709551615","moved":"9000000000000000","active_agrees":"9223372036854775808","chosen_by_people":"1","active_agrees_with_people":"18446744073709551615"}}"#
          )
        ]
      ]
      $0.output = """
        tickets                             18446744073709551615
        same queue                          18446744073709551615 (100.0 %)
        another queue                       9000000000000000 (0.0 %)
        where they are now, active          9223372036854775808 (50.0 %)
        where they are now, candidate       0 (0.0 %)
        moved by people                     1 (0.0 %)
        where people moved them, active     18446744073709551615
        where people moved them, candidate  0 (0.0 %)
        by otherwise, active                0 (0.0 %)
        by otherwise, candidate             0 (0.0 %)

        """
    },
    Transcript("rules replay 0a0b0c0d --output json").with {
      $0.answers = ["replayRules": [#"{"total":"1"}"#, #"{"looked_at":"1","total":"1","result":{"looked_at":"1"}}"#]]
      $0.output = "{\n  \"looked_at\": \"1\"\n}\n"
      $0.calls = [#"replayRules {"hash":"CgsMDQ=="}"#]
    },
    Transcript("rules replay").with {
      $0.answers = ["replayRules": [#"{"total":"9"}"#, .refusal(.notPermitted, "replaying rules needs the right")]]
      $0.errors = """
        error: replaying rules needs the right
        hint: `signalbox describe` shows who the server takes you for

        """
      $0.status = .refused
    },
    // How far it is stands in one line, which is gone when something else is shown.
    Transcript("rules replay -o json").with {
      $0.terminal = true
      $0.answers = [
        "replayRules": [
          #"{"total":"9"}"#, #"{"looked_at":"3","total":"9"}"#,
          #"{"looked_at":"9","total":"9","result":{"looked_at":"9"}}"#,
        ]
      ]
      $0.output = "{\n  \"looked_at\": \"9\"\n}\n"
      $0.errors = """
        \r\u{1b}[K░░░░░░░░░░░░░░░░░░░░ 0 of 9\r\u{1b}[K██████░░░░░░░░░░░░░░ 3 of 9\r\u{1b}[K
        """
    },
    Transcript("rules replay").with {
      $0.terminal = true
      $0.answers = ["replayRules": [#"{"total":"9"}"#, .refusal(.notPermitted, "replaying rules needs the right")]]
      $0.errors = """
        \r\u{1b}[K░░░░░░░░░░░░░░░░░░░░ 0 of 9\r\u{1b}[Kerror: replaying rules needs the right
        hint: `signalbox describe` shows who the server takes you for

        """
      $0.status = .refused
    },
    Transcript("rules shadow 01020304").with {
      $0.answers = ["setShadowRules": [.json(shadow)]]
      $0.output = "rules `access` version 3, 010203040506, run in the shadow from now on\n"
      $0.calls = [#"setShadowRules {"hash":"AQIDBA=="}"#]
    },
    Transcript("rules shadow --off --dry-run").with {
      $0.answers = ["setShadowRules": ["{}"]]
      $0.output = "would end the shadow\n"
      $0.calls = [#"setShadowRules {"off":true} dry-run"#]
    },
    Transcript("rules shadow").with {
      $0.answers = ["getShadowRules": [.json(shadow)]]
      $0.output = """
        rules                access
        version              3
        hash                 0102030405060708
        in the shadow since  2026-01-01T00:00:00Z by ada
        tickets seen         40
        another queue        3 (7.5 %)

        ACTIVE  SHADOW  TICKETS  SUCH AS
        Triage  Delta   3        9

        """
    },
    Transcript("rules shadow").with {
      $0.answers = ["getShadowRules": ["{}"]]
      $0.output = "no rule set runs in the shadow\n"
    },
    Transcript("rules shadow --differences").with {
      $0.answers = [
        "listShadowDifferences": [
          #"{"differences":[{"ticket":"9","live_queue":"Triage","shadow_queue":"Delta","at_ms":"1767225600000"}]}"#
        ]
      ]
      $0.output = """
        TICKET  ACTIVE  SHADOW  AT
        9       Triage  Delta   2026-01-01T00:00:00Z

        """
    },
  ])
  func transcript(_ transcript: Transcript) async throws { try await transcript.check() }

  @Test(arguments: [
    ["fmt", "--write", "--check", "f"], ["fmt", "--write", "-"], ["shadow", "01", "--off"], ["shadow", "xyz"],
    ["replay", "f", "--limit", "0"], ["replay", "f", "--since", "yesterday"], ["replay", "f", "--timeout", "3"],
  ])
  func wrongCommandLines(_ arguments: [String]) async {
    #expect(await Program.run(["rules"] + arguments).status == .usage)
  }
}
