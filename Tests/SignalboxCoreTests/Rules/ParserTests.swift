@testable import SignalboxCore
import Testing

@Suite struct ParserTests {
  private static let operators =
    "expected `==`, `!=`, `in`, `contains`, `any word of`, `all words of`, `starts with`, `ends with` or `near/N`"

  private static let actions =
    "`queue`, `set`, `add tag`, `raise priority`, `respond within`, `assign`, `default assignee`, `leave unassigned`, `notify` or `at most`"
  private static let fields = Parser.either(TestTicket.fields.map { $0 == .tag ? "tags" : $0.name })

  static let conditions: [(String, String)] = [
    (#"subject = "x""#, "\(operators) after field `subject`, found `=`"),
    (#"subject contain "x""#, "\(operators) after field `subject`, found `contain`; did you mean `contains`?"),
    (#"subject"#, "\(operators) after field `subject`, found `}`"),
    (#"subjct == "x""#, "unknown field `subjct`; did you mean `subject`?"),
    (#"Subject == "x""#, "unknown field `Subject`; did you mean `subject`?"),
    (
      #"colour == "x""#,
      "unknown field `colour`; fields are `subject`, `body`, `text`, `category`, `resource`, `channel`, `requester`, `requester-domain`, `organization`, `tag`, `priority`, `type`, `status`, `queue`, `previous-queue`, `assignee`, `queue-organization`, `handoffs`, `comments`, `age`, `idle`, `time-in-queue`, `due-in`, `time`, `weekday`, `date`, `event`, `comment`, `field`"
    ),
    (#""subject" == "x""#, "expected a field, `not` or `(`, found `\"subject\"`"),
    (#"subject == x"#, "expected a value in quotes after `==`, found `x`; write `\"x\"`"),
    (#"subject == 4"#, "expected a value in quotes after `==`, found `4`"),
    (
      #"subject any words of ["x"]"#, "expected `word` after `any` (`any word of`), found `words`; did you mean `word`?"
    ),
    (#"subject any word ["x"]"#, "expected `of` after `any word` (`any word of`), found `[`"),
    (
      #"subject all word of ["x"]"#,
      "expected `words` after `all` (`all words of`), found `word`; did you mean `words`?"
    ),
    (#"subject any word of "x""#, "expected `[` or `list` after `any word of`, found `\"x\"`"),
    (#"subject any word of lst "x""#, "expected `[` or `list` after `any word of`, found `lst`; did you mean `list`?"),
    (#"subject any word of list x"#, "expected the name of a list in quotes after `list`, found `x`; write `\"x\"`"),
    (#"subject in ["x" "y"]"#, "expected `,` or `]` after a value, found `\"y\"`"),
    (#"subject in ["x", y]"#, "expected a value in quotes in the list, found `y`; write `\"y\"`"),
    (
      #"subject == "x" adn body == "y""#,
      "expected `and`, `or` or `then` after the condition, found `adn`; did you mean `and`?"
    ),
    (#"(subject == "x""#, "expected `and`, `or` or `)` after the condition, found `then`"),
    (#"subject == "x")"#, "expected `and`, `or` or `then` after the condition, found `)`"),
    (#"not"#, "unknown field `then`; fields are"),
    (#"subject == 'x'"#, "strings stand between straight double quotes, found `'`"),
    (#"age > 4"#, "expected a duration such as `4h` after `>`, found `4`"),
    (#"age > 4000d"#, "a duration is at most 3650d, found `4000d`"),
    (#"age > 4x"#, "`4x` is neither a number, a duration such as `30m` nor a name"),
    (#"handoffs > "3""#, "expected a whole number after `>`, found `\"3\"`"),
    (#"age near 3"#, "expected `/` after `near` (`near/8 [\"a\", \"b\"]`), found `3`"),
    (#"text near/65 ["a"]"#, "the number of words is at most 64, found `65`"),
    (#"text near/3 "a""#, "expected `[` or `list` after `near/N`, found"),
    (
      #"field cores > 4"#,
      "expected the name of a custom field in quotes after `field`, found `cores`; write `\"cores\"`"
    ),
    (#"field "cores" ~ 4"#, "unexpected character `~`"),
    (#"organization is missing"#, "expected `absent` after `is` (`is absent`), found `missing`"),
    (#"subject starts "x""#, "expected `with` after `starts` (`starts with`), found `\"x\"`"),
  ]

  @Test(arguments: conditions)
  func reportsAConditionThatCannotBeRead(_ condition: String, _ message: String) {
    let text = condition == "subject" ? "rule r { when subject }" : "rule r { when \(condition) then queue \"Delta\" }"
    let errors = errors("ruleset \"t\" version 1\nphase route first {\n\(text)\n}")
    #expect(errors.first?.contains(": " + message) == true, "\(errors)")
    #expect(errors.count == 1, "\(errors)")
  }

  static let files: [(String, [String])] = [
    ("", ["1:1: expected `ruleset \"name\" version N` at the start, found the end of the file"]),
    (
      "rulset \"t\" version 1",
      ["1:1: expected `ruleset \"name\" version N` at the start, found `rulset`; did you mean `ruleset`?"]
    ),
    (
      "ruleset t version 1",
      ["1:9: expected the name of the rule set in quotes after `ruleset`, found `t`; write `\"t\"`"]
    ),
    ("ruleset \"t\"", ["1:12: expected `version` after the name of the rule set, found the end of the file"]),
    ("ruleset \"t\" version x", ["1:21: expected the version after `version`, found `x`"]),
    (
      "ruleset \"t\" version 99999999999999999999",
      ["1:21: the version is at most 2147483647, found `99999999999999999999`"]
    ),
    (
      "ruleset \"t\" version 1\nphas route first {}",
      ["2:1: expected `list`, `phase`, `test` or `on`, found `phas`; did you mean `phase`?"]
    ),
    ("ruleset \"t\" version 1\n}", ["2:1: expected `list`, `phase`, `test` or `on`, found `}`"]),
    (
      "ruleset \"t\" version 1\nlist \"x\" [\"a\"",
      ["2:14: expected `,` or `]` after a value, found the end of the file"]
    ),
    ("ruleset \"t\" version 1\nphase rout first { rule x }", ["2:7: unknown phase `rout`; did you mean `route`?"]),
    (
      "ruleset \"t\" version 1\nphase classify all { rule x { then ad tag \"x\" } }\nphase nope",
      [
        "2:36: expected an action (\(actions)), found `ad`; did you mean `add`?",
        "3:7: unknown phase `nope`",
      ]
    ),
    (
      "ruleset \"t\" version 1\nphase assign first { rule x { then assign best of agents } }",
      [
        "2:43: expected a handle in quotes, `round robin`, `least loaded` or `most capacity` after `assign`, found `best`"
      ]
    ),
    (
      "ruleset \"t\" version 1\nphase assign first { rule x { then assign least loaded of agent by offer } }",
      ["2:59: expected `agents` or `group \"…\"` after `least loaded of`, found `agent`; did you mean `agents`?"]
    ),
    (
      "ruleset \"t\" version 1\nphase notify all { rule x { then notify watchers } rule y { then notify group ops } }",
      [
        "2:41: expected `queue watchers`, `assignee`, `requester`, `person \"…\"` or `group \"…\"` after `notify`, found `watchers`",
        "2:79: expected the name of a group in quotes after `group`, found `ops`; write `\"ops\"`",
      ]
    ),
    (
      "ruleset \"t\" version 1\nphase escalate timers { rule x { then set colour \"x\" } rule y { then at most 2 } }",
      [
        "2:43: expected `category`, `type`, `resource`, `field` or `status` after `set`, found `colour`",
        "2:80: expected `per` after `at most 2`, found `}`",
      ]
    ),
    (
      "ruleset \"t\" version 1\non updates run classify\non update run escalating",
      [
        "2:4: expected `update`, `comment` or `reassignment` after `on`, found `updates`; did you mean `update`?",
        "3:15: expected the name of a phase (`classify`, `route`, `assign` or `notify`), found `escalating`",
      ]
    ),
    (
      "ruleset \"t\" version 1\ntest \"x\" { given { a } }\nlist 4",
      [
        "2:20: expected a field of the ticket (\(fields)), found `a`",
        "3:6: expected the name of the list in quotes after `list`, found `4`",
      ]
    ),
    (
      "ruleset \"t\" version 1\nphase route frist {}",
      ["2:13: expected `first`, `all` or `timers` after `phase route`, found `frist`; did you mean `first`?"]
    ),
    (
      "ruleset \"t\" version 1\nphase route first",
      ["2:18: expected `{` after `phase route first`, found the end of the file"]
    ),
    (
      "ruleset \"t\" version 1\nphase route first {",
      ["2:20: expected `}` at the end of `phase route`, found the end of the file"]
    ),
    (
      "ruleset \"t\" version 1\nphase route first { rle x {} }",
      ["2:21: expected `rule`, `keywords of queues`, `otherwise` or `}`, found `rle`; did you mean `rule`?"]
    ),
    (
      "ruleset \"t\" version 1\nphase route first { rule \"x\" { then queue \"D\" } }",
      ["2:26: the name of a rule is written without quotes: letters, digits and hyphens"]
    ),
    (
      "ruleset \"t\" version 1\nphase route first { rule x { queue \"D\" } }",
      ["2:30: expected `when` or `then` in the rule, found `queue`"]
    ),
    (
      "ruleset \"t\" version 1\nphase route first { rule x { then qeue \"D\" } }",
      ["2:35: expected an action (\(actions)), found `qeue`; did you mean `queue`?"]
    ),
    (
      "ruleset \"t\" version 1\nphase route first { rule x { then queue D } }",
      ["2:41: expected the name of a queue in quotes after `queue`, found `D`; write `\"D\"`"]
    ),
    (
      "ruleset \"t\" version 1\nphase route first { rule x { then queue \"D\" becuase \"y\" } }",
      ["2:45: expected `;`, `because` or `}` after the action, found `becuase`; did you mean `because`?"]
    ),
    (
      "ruleset \"t\" version 1\nphase route first { rule x { then queue \"D\" because y } }",
      ["2:53: expected the reason in quotes after `because`, found `y`; write `\"y\"`"]
    ),
    (
      "ruleset \"t\" version 1\nphase route first { rule x { when tag == \"x\n then queue \"D\" } }",
      ["2:42: the string is not closed; put `\"` at its end, on the same line"]
    ),
    (
      "ruleset \"t\" version 1\nphase route first { keywords for queues }",
      ["2:30: expected `of` after `keywords`, found `for`"]
    ),
    (
      "ruleset \"t\" version 1\nphase route first { keywords of queues margin 2000000 }",
      ["2:47: the margin is at most 1000000, found `2000000`"]
    ),
    (
      "ruleset \"t\" version 1\nphase route first { otherwise queue \"D\" }",
      ["2:31: expected `{` after `otherwise`, found `queue`"]
    ),
  ]

  @Test(arguments: files)
  func reportsAFileThatCannotBeRead(_ text: String, _ expected: [String]) {
    #expect(errors(text) == expected)
  }

  @Test func goesOnAfterAnErrorAndReportsTheRest() {
    let text = """
      ruleset "t" version 1

      phase route first {
        rule a {
          when subject = "x" then queue "Delta"
        }
        rule b { when body == "y" then queue "Delta" }
        rule c { when (body == "y" then { queue "Delta" }
        rule d { then queue Delta }
        keywords of queue
        otherwise { queu "Delta" }
      }
      list "x" [1]
      """
    #expect(
      errors(text) == [
        "5:18: \(Self.operators) after field `subject`, found `=`",
        "8:30: expected `and`, `or` or `)` after the condition, found `then`",
        "9:23: expected the name of a queue in quotes after `queue`, found `Delta`; write `\"Delta\"`",
        "10:15: expected `queues` after `keywords of`, found `queue`; did you mean `queues`?",
        "11:15: expected an action (\(Self.actions)), found `queu`; did you mean `queue`?",
        "13:11: expected a value in quotes in the list, found `1`",
      ])
  }

  @Test func aMissingBraceDoesNotSwallowTheNextRule() {
    let text =
      "ruleset \"t\" version 1\nphase route first {\n rule a { then queue \"D\"\n rule b { when x then queue \"D\" }\n}"
    #expect(errors(text).map { String($0.prefix(4)) } == ["4:2:", "4:16"])
  }

  @Test func stopsAfterTheNamedNumberOfErrors() {
    let rules = (0..<100).map { "rule r\($0) { when x then queue \"D\" }\n" }.joined()
    #expect(errors("ruleset \"t\" version 1\nphase route first {\n\(rules)}").count == RuleLimits.diagnostics)
  }

  static let nestings: [(String, Int, Bool)] = [
    ("(", RuleLimits.nesting, true), ("(", RuleLimits.nesting + 1, false), ("not ", RuleLimits.nesting, true),
    ("not ", RuleLimits.nesting + 1, false), ("(", 100_000, false), ("not ", 100_000, false),
  ]

  @Test(arguments: nestings)
  func nestingHasALimit(_ open: String, _ count: Int, _ allowed: Bool) {
    let close = open == "(" ? String(repeating: ")", count: count) : ""
    let errors = errors(RuleFixture.file(when: String(repeating: open, count: count) + "body == \"x\"" + close))
    #expect(errors.isEmpty == allowed)
    #expect(
      allowed
        || errors == [
          "5:\(17 + open.utf8.count * (RuleLimits.nesting + 1)): the condition is nested more than 16 deep; split the rule"
        ], "\(errors)")
  }

  @Test func theFileHasALimit() {
    let head = "ruleset \"t\" version 1\n"
    let fits = head + String(repeating: "#", count: RuleLimits.sourceBytes - head.utf8.count)
    #expect(errors(fits) == [])
    #expect(errors(fits + "#") == ["1:1: the file has 4194305 bytes; the limit is 4194304, so split it or use lists"])
  }

  static let renderings: [(Diagnostic, String, String)] = [
    (Diagnostic(SourceSpan(line: 2, column: 3, length: 4), "bad"), "one\n  word x", "2:3: bad\n    word x\n    ^^^^\n"),
    (Diagnostic(SourceSpan(line: 1, column: 2, length: 1), "bad"), "\tx", "1:2: bad\n  \tx\n  \t^\n"),
    (Diagnostic(SourceSpan(line: 1, column: 4, length: 0), "bad"), "abc", "1:4: bad\n  abc\n     ^\n"),
    (Diagnostic(SourceSpan(line: 9, column: 1, length: 1), "bad"), "abc", "9:1: bad\n"),
    (
      Diagnostic(SourceSpan(line: 1, column: 2, length: 2), "bad", suggestion: "good"), "é\u{202E}\u{7}x",
      "1:2: bad; did you mean `good`?\n  é  x\n   ^^\n"
    ),
  ]

  @Test(arguments: renderings)
  func underlinesTheSource(_ diagnostic: Diagnostic, _ source: String, _ expected: String) {
    #expect(Diagnostics([diagnostic]).rendered(source: source) == expected)
    #expect(Diagnostics([diagnostic]).rendered() == diagnostic.description + "\n")
  }

  @Test func showsOnlyAWindowOfALongLine() {
    let source = String(repeating: "a", count: 5_000) + "!" + String(repeating: "b", count: 5_000)
    let rendered = Diagnostics([Diagnostic(SourceSpan(line: 1, column: 5_001, length: 1), "bad")]).rendered(
      source: source)
    #expect(
      rendered == "1:5001: bad\n  " + String(repeating: "a", count: 60) + "!" + String(repeating: "b", count: 59) + "\n"
        + String(repeating: " ", count: 62) + "^\n")
  }

  private func errors(_ text: String) -> [String] {
    RuleFixture.errors { () throws(Diagnostics) in _ = try RuleSetSource.parse(text) }
  }
}
