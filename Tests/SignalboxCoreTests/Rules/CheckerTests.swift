@testable import SignalboxCore
import Testing

@Suite struct CheckerTests {
  static let conditions: [(String, [String])] = [
    (#"subject == "x""#, []),
    (
      #"text == "x""#,
      ["5:17: `text` is two texts, subject and body; compare one of these, or use `contains` or `any word of`"]
    ),
    (
      #"text in ["x", "y"]"#,
      ["5:17: `text` is two texts, subject and body; compare one of these, or use `contains` or `any word of`"]
    ),
    (#"category == "support: PORTAL""#, []),
    (#"category == "Support: Portl""#, ["5:29: unknown category `Support: Portl`; did you mean `Support: Portal`?"]),
    (#"category != "Nothing like it""#, ["5:29: unknown category `Nothing like it`"]),
    (#"category in ["Support: Portal", "Nope"]"#, ["5:49: unknown category `Nope`"]),
    (#"category in list "places""#, ["3:16: unknown category `ncsa`", "3:24: unknown category `tacc`"]),
    (#"category contains "nope""#, []),
    (
      #"priority == hgih"#,
      ["5:29: unknown priority `hgih`; there are `low`, `normal`, `high` and `urgent`; did you mean `high`?"]
    ),
    (#"priority == "URGENT""#, []),
    (
      #"priority contains "h""#,
      ["5:17: `contains` searches texts; compare `priority` with `==`, `!=`, `in`, `<`, `<=`, `>` or `>=`"]
    ),
    (#"tag contains "h""#, ["5:17: `contains` searches texts; compare `tag` with `==`, `!=`, `in` or `is absent`"]),
    (
      #"tag any word of ["h"]"#,
      ["5:17: `any word of` searches texts; compare `tag` with `==`, `!=`, `in` or `is absent`"]
    ),
    (
      #"channel all words of ["h"]"#, ["5:17: `all words of` searches texts; compare `channel` with `==`, `!=` or `in`"]
    ),
    (#"body contains """#, ["5:31: `contains` takes a text with at least one visible character"]),
    (#"body contains "\u{200B}""#, ["5:31: `contains` takes a text with at least one visible character"]),
    (#"body any word of ["---"]"#, ["5:35: `---` has no letters or digits; words cannot match it, use `contains`"]),
    (
      #"body any word of ["1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17"]"#,
      ["5:35: the phrase has 17 words; the limit is 16, so use `contains`"]
    ),
    (#"body any word of ["1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16"]"#, []),
    (#"body in []"#, ["5:25: the list is empty, so the condition is never true; add a value"]),
    (#"body any word of list "transfr""#, ["5:39: unknown list `transfr`; did you mean `transfer`?"]),
    (#"body in list "x" and body in list "x""#, ["5:30: unknown list `x`", "5:51: unknown list `x`"]),
  ]

  @Test(arguments: conditions)
  func checksConditions(_ condition: String, _ expected: [String]) {
    #expect(Array(Set(errors(RuleFixture.file(when: condition)))).sorted() == expected.sorted())
  }

  private static let head = "ruleset \"t\" version 1\n"

  static let files: [(String, [String])] = [
    (head, ["1:9: there is no `phase route first`; add one with an `otherwise` at its end"]),
    (
      "ruleset \"\" version 0\nphase route first { otherwise { queue \"Delta\" } }",
      ["1:9: the name of the rule set is empty", "1:20: versions count from 1"]
    ),
    (
      head + "phase route all { otherwise { queue \"Delta\" } }",
      ["2:13: the first match decides where a ticket goes; write `phase route first`"]
    ),
    (
      head + "phase route first { }",
      ["2:7: `phase route` has no `otherwise`; add `otherwise { queue \"…\" }` as its last element"]
    ),
    (
      head + "phase route first { otherwise { queue \"delta\" } }",
      ["2:39: unknown queue `delta`; did you mean `Delta`?"]
    ),
    (
      head + "phase route first { otherwise { queue \"Stampede\" } }",
      ["2:39: queue `Stampede` is retired; name an active queue"]
    ),
    (
      head + "phase route first { otherwise { queue \"Delta\"; queue \"Globus\" } }",
      ["2:54: a ticket goes to one queue; remove this second `queue`"]
    ),
    (
      head
        + "phase route first {\n otherwise { queue \"Delta\" }\n rule late { then queue \"Delta\" }\n keywords of queues\n}",
      [
        "4:7: rule `late` is never reached: `otherwise` on line 3 takes every ticket",
        "5:2: `keywords of queues` is never reached: `otherwise` on line 3 takes every ticket",
      ]
    ),
    (
      head
        + "phase route first {\n rule a { then queue \"Delta\" }\n rule b { when tag == \"x\" then queue \"Delta\" }\n otherwise { queue \"Delta\" }\n}",
      [
        "4:7: rule `b` is never reached: rule `a` on line 3 has no `when`",
        "5:2: `otherwise` is never reached: rule `a` on line 3 has no `when`",
      ]
    ),
    (
      head
        + "phase route first {\n rule a { when tag == \"x\" then queue \"Delta\" }\n rule a { when tag == \"y\" then queue \"Delta\" }\n otherwise { queue \"Delta\" }\n}",
      ["4:7: rule `a` is defined already, on line 3"]
    ),
    (
      head
        + "phase route first {\n keywords of queues margin 0\n keywords of queues\n otherwise { queue \"Delta\" }\n}",
      ["3:2: the margin is from 1 to 1000000", "4:2: `keywords of queues` stands already on line 3"]
    ),
    (
      head
        + "list \"a\" []\nlist \"a\" [\"x\"]\nphase route first { otherwise { queue \"Delta\" } }\nphase route first { otherwise { queue \"Delta\" } }",
      [
        "2:6: list `a` is empty; remove it or add a value", "3:6: list `a` is declared already, on line 2",
        "5:7: there is a `phase route` already, on line 4; put its rules there",
      ]
    ),
  ]

  @Test(arguments: files)
  func checksFiles(_ text: String, _ expected: [String]) {
    #expect(errors(text) == expected)
  }

  @Test func aListIsCheckedOnceForEachUse() {
    let condition = #"body any word of list "transfer" or subject all words of list "transfer""#
    let text = RuleFixture.file(when: condition).replacing("\"globus\"", with: "\"--\"")
    #expect(errors(text) == ["2:18: `--` has no letters or digits; words cannot match it, use `contains`"])
  }

  @Test func categoriesAreCheckedOnlyIfGiven() {
    let text = RuleFixture.file(when: "category == \"any\"")
    #expect(errors(text, RuleSetContext(queues: RuleFixture.queues)) == [])
  }

  /// Each limit at its value and one beyond.
  static let limits: [(name: String, text: @Sendable (Int) -> String, limit: Int, message: String)] = [
    (
      "atoms", { RuleFixture.file(when: Array(repeating: "tag == \"x\"", count: $0).joined(separator: " and ")) },
      RuleLimits.atomsPerRule,
      "5:8: rule `r` has 65 comparisons; the limit is 64, so split it or use `in`"
    ),
    (
      "pattern", { RuleFixture.file(when: "tag == \"\(String(repeating: "x", count: $0))\"") }, RuleLimits.patternBytes,
      "5:24: the value has 1025 bytes; the limit is 1024"
    ),
    (
      "needle", { RuleFixture.file(when: "body contains \"\(String(repeating: "x", count: $0))\"") },
      RuleLimits.patternBytes,
      "5:31: the value has 1025 bytes; the limit is 1024"
    ),
    (
      "list value",
      {
        head
          + "list \"l\" [\"\(String(repeating: "x", count: $0))\"]\nphase route first { otherwise { queue \"Delta\" } }"
      }, RuleLimits.patternBytes,
      "2:11: the value has 1025 bytes; the limit is 1024"
    ),
    (
      "name",
      {
        head
          + "phase route first { rule \(String(repeating: "x", count: $0)) { when tag == \"x\" then queue \"Delta\" } otherwise { queue \"Delta\" } }"
      },
      RuleLimits.nameBytes, "2:26: the name of the rule has 201 bytes; the limit is 200"
    ),
    (
      "because",
      {
        head
          + "phase route first { rule r { when tag == \"x\" then queue \"Delta\" because \"\(String(repeating: "x", count: $0))\" } otherwise { queue \"Delta\" } }"
      },
      RuleLimits.becauseBytes, "2:73: the reason has 1025 bytes; the limit is 1024"
    ),
    (
      "rule", { head + "phase route first { " + rule(bytes: $0) + " otherwise { queue \"Delta\" } }" },
      RuleLimits.ruleBytes, "2:26: rule `r` has 65537 bytes; the limit is 65536, so declare its words as a `list`"
    ),
    (
      "rules",
      { count in
        head + "phase route first {"
          + (0..<count).map { "rule r\($0) { when tag == \"x\" then queue \"Delta\" }\n" }.joined()
          + "otherwise { queue \"Delta\" } }"
      },
      RuleLimits.rules, "1:1: the file has 10001 rules; the limit is 10000"
    ),
  ]

  private static func rule(bytes: Int) -> String {
    let (start, end) = ("rule r {", "when tag == \"x\" then queue \"Delta\" }")
    return start + String(repeating: " ", count: bytes - start.utf8.count - end.utf8.count) + end
  }

  @Test(arguments: limits.indices)
  func limitsHoldExactly(_ index: Int) {
    let row = Self.limits[index]
    #expect(errors(row.text(row.limit)) == [], "\(row.name)")
    #expect(errors(row.text(row.limit + 1)) == [row.message], "\(row.name)")
  }

  static let suggestions: [(String, [String], String?)] = [
    ("subjct", ["subject", "body"], "subject"), ("bdoy", ["subject", "body"], "body"), ("DELTA", ["Delta"], "Delta"),
    ("xyz", ["subject"], nil), ("ab", ["cd"], nil), ("a", ["b"], nil), ("", ["a"], nil),
    ("tagg", ["tags", "tag"], "tags"),
    (String(repeating: "a", count: 65), [String(repeating: "a", count: 65)], nil),
  ]

  @Test(arguments: suggestions)
  func suggestsTheNearest(_ word: String, _ candidates: [String], _ expected: String?) {
    #expect(Suggestion.nearest(to: word, in: candidates) == expected)
  }

  private func errors(_ text: String, _ context: RuleSetContext = RuleFixture.context) -> [String] {
    RuleFixture.errors { () throws(Diagnostics) in
      _ = try RuleSetSource.check(try RuleSetSource.parse(text), against: context)
    }
  }
}
