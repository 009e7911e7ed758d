@testable import SignalboxCore
import Testing

@Suite struct PhaseCheckerTests {
  /// Behind a good route phase, on line 3; the errors.
  static let phases: [(String, [String])] = [
    (#"phase classify all { rule a { then add tag "x" } }"#, []),
    (#"phase classify first { }"#, ["3:16: every match contributes; write `phase classify all`"]),
    (
      #"phase assign all { otherwise { default assignee } }"#,
      ["3:14: the first match decides who gets a ticket; write `phase assign first`"]
    ),
    (#"phase escalate all { }"#, ["3:16: its rules fire when time has passed; write `phase escalate timers`"]),
    (
      #"phase assign first { rule a { when tag == "x" then default assignee } }"#,
      ["3:7: `phase assign` has no `otherwise`; add `otherwise { default assignee }` as its last element"]
    ),
    (
      #"phase notify all { otherwise { notify requester } }"#,
      ["3:20: every match contributes to `phase notify`; put this into a rule without `when`"]
    ),
    (
      #"phase classify all { keywords of queues }"#,
      ["3:22: `keywords of queues` say where a ticket goes; put them into `phase route`"]
    ),
    (
      #"phase classify all { rule a { then queue "Delta" } }"#,
      ["3:42: `phase classify` has no action `queue`; it goes into `phase route` or `phase escalate`"]
    ),
    (
      #"phase notify all { rule a { then set category "Support: Portal" } }"#,
      ["3:47: `phase notify` has no action `set category`; it goes into `phase classify`"]
    ),
    (
      #"phase classify all { rule a { then raise priority to low; raise priority to high } }"#,
      [
        "3:54: no priority is lower than `low`, so this raises nothing",
        "3:77: `raise priority` stands twice in this rule; remove one",
      ]
    ),
    (
      #"phase classify all { rule a { then set category "Suport: Portal"; set type "insident"; set field "coers" to "" } }"#,
      [
        "3:49: unknown category `Suport: Portal`; did you mean `Support: Portal`?",
        "3:76: unknown ticket type `insident`; did you mean `incident`?",
        "3:98: unknown custom field `coers`; did you mean `cores`?",
        "3:109: the value is empty; leave the action out",
      ]
    ),
    (
      #"phase assign first { rule a { when tag == "x" then assign "adda" } otherwise { assign least loaded of group "opps" with skills ["a", "a"] at most 0 per 0m } }"#,
      [
        "3:59: unknown person `adda`; did you mean `ada`?",
        "3:80: `at most 0` assigns nothing; write `leave unassigned`",
        "3:80: a duration here is longer than nothing", "3:109: unknown group `opps`; did you mean `ops`?",
        "3:134: skill `a` stands twice",
      ]
    ),
    (
      #"phase assign first { otherwise { assign "ada"; leave unassigned } }"#,
      ["3:48: a ticket is assigned once; remove this second assignment"]
    ),
    (
      #"phase escalate timers { rule a { when status == new then notify assignee } }"#,
      [
        "3:30: rule `a` never falls due; `phase escalate` needs `<`, `<=`, `>` or `>=` of `age`, `idle`, `time-in-queue` or `due-in`"
      ]
    ),
    (
      #"phase escalate timers { rule a { when due-in is absent then notify assignee } rule b { when not due-in >= 1h then notify assignee } }"#,
      [
        "3:30: rule `a` never falls due; `phase escalate` needs `<`, `<=`, `>` or `>=` of `age`, `idle`, `time-in-queue` or `due-in`"
      ]
    ),
    (
      #"phase escalate timers { rule a { when age > 1d then set status solved; at most 2 per ticket; notify person "bbo" } }"#,
      [
        "3:64: rules do not end tickets; set `new`, `open` or `pending`",
        "3:80: `at most` is the last of a rule's actions, after what it limits",
        "3:108: unknown person `bbo`; did you mean `bob`?",
      ]
    ),
    (
      #"phase escalate timers { rule a { when age > 1d then at most 2 per ticket } }"#,
      ["3:61: `at most` is the last of a rule's actions, after what it limits"]
    ),
    (
      #"on update run classify, classify on update run escalate"#,
      [
        "3:25: `classify` stands twice", "3:34: `on update` stands already on line 3; put its phases there",
        "3:48: `escalate` runs when time has passed, not on an event; remove it",
      ]
    ),
    (
      #"phase notify all { rule r { then notify requester } } phase classify all { rule r { then add tag "" } }"#,
      ["3:81: rule `r` is defined already, on line 3", "3:98: a tag has at least one visible character"]
    ),
  ]

  private static let head = "ruleset \"t\" version 1\nphase route first { otherwise { queue \"Delta\" } }\n"
  private static let context = RuleSetContext(
    queues: RuleFixture.queues, categories: ["Support: Portal"], people: ["ada", "bob"], groups: ["ops"],
    types: ["incident"], fields: ["cores"])

  @Test(arguments: phases)
  func checksPhases(_ phase: String, _ expected: [String]) {
    #expect(errors(Self.head + phase) == expected)
  }

  /// Conditions of two rules that set the same field to different values, and whether that is a conflict.
  static let conflicts: [(String, String, Bool)] = [
    (#"channel == email"#, #"channel == web"#, false), (#"channel == email"#, #"channel == "EMAIL""#, true),
    (#"channel in [email, web]"#, #"channel in [api]"#, false), (#"channel in [email, web]"#, #"channel == web"#, true),
    (#"channel == email and priority == low"#, #"tag == "x" and channel == web"#, false),
    (#"channel == email or priority == low"#, #"channel == web"#, true), (#"tag == "x""#, #"tag == "y""#, true),
    (#"not channel == email"#, #"channel == email"#, true),
    (#"field "x" == "1""#, #"field "x" == "2""#, false), (#"field "x" == "1""#, #"field "y" == "2""#, true),
    (#"channel in list "l""#, #"channel == web"#, false), (#"subject contains "a""#, #"subject == "b""#, true),
  ]

  @Test(arguments: conflicts)
  func findsWhatCannotBothBe(_ first: String, _ second: String, _ isConflict: Bool) {
    func file(_ value: String) -> String {
      Self.head
        + "list \"l\" [\"email\"]\nphase classify all { rule a { when \(first) then set resource \"1\" }\n rule b { when \(second) then set resource \"\(value)\" } }"
    }
    let found = errors(file("2"), RuleSetContext(queues: RuleFixture.queues))
    #expect(
      found.map { $0.drop { $0 != " " } }
        == (isConflict
          ? [
            " rules `a` on line 4 and `b` can both `set resource`, to different values; compare the same field with different values in each, or join them"
          ] : []))
    #expect(errors(file("1"), RuleSetContext(queues: RuleFixture.queues)) == [], "the same value is no conflict")
  }

  @Test func aTableOfTenThousandRulesIsCheckedInItsLength() {
    let rules = (0..<9_000).map { "rule r\($0) { when resource == \"r\($0)\" then set category \"c\($0)\" }\n" }
      .joined()
    let start = ContinuousClock.now
    #expect(errors(Self.head + "phase classify all { \(rules) }", RuleSetContext(queues: RuleFixture.queues)) == [])
    // A tenth of it is usual; each against each would take minutes.
    #expect(ContinuousClock.now - start < .seconds(20))
  }

  /// What tells them apart is not what most of them have.
  @Test func soIsATableThatSharesAField() {
    let rules = (0..<9_000).map {
      "rule r\($0) { when channel == email and organization == \"o\($0)\" then set category \"c\($0)\" }\n"
    }
    let start = ContinuousClock.now
    let text = Self.head + "phase classify all { \(rules.joined()) }"
    #expect(errors(text, RuleSetContext(queues: RuleFixture.queues)) == [])
    #expect(ContinuousClock.now - start < .seconds(20))
  }

  /// No two have the same values, and each field has but two.
  private static func binary(_ bits: Int) -> String {
    let rules = (0..<(1 << bits)).map { number in
      let parts = (0..<bits).map { "field \"b\($0)\" == \"\(number >> $0 & 1)\"" }
      return "rule r\(number) { when \(parts.joined(separator: " and ")) then set category \"c\(number)\" }\n"
    }
    return head + "phase classify all { \(rules.joined()) }"
  }

  @Test func rulesThatAreTooManyToBeComparedAreRefused() {
    let context = RuleSetContext(queues: RuleFixture.queues)
    #expect(errors(Self.binary(8), context) == [])
    #expect(
      errors(Self.binary(12), context) == [
        "3:7: too many rules of `phase classify` set the same things to be compared with each other; let each compare one field with a value of its own by `==`"
      ])
  }

  static let conditions: [(String, [String])] = [
    (
      #"subject is absent"#,
      [
        "`subject` is never absent; compare it with `==`, `!=`, `in`, `contains`, `any word of`, `all words of`, `starts with`, `ends with` or `near/N`"
      ]
    ),
    (#"organization is absent and tag is absent and field "cores" is absent"#, []),
    (#"subject < "x""#, ["`<` does not fit `subject`; compare it with"]),
    (#"age == 4h"#, ["`==` does not fit `age`; compare it with `<`, `<=`, `>` or `>=`"]),
    (#"age < 4h and due-in < 2d and idle <= 30m and time-in-queue > 1w"#, []),
    (#"time < "8:30""#, ["`8:30` is no time of day; write hours and minutes, as in `\"08:30\"`"]),
    (#"date >= "2026-02-30""#, ["`2026-02-30` is no date; write year, month and day, as in `\"2026-03-01\"`"]),
    (#"weekday in [monday, sonday]"#, ["unknown weekday `sonday`; there are"]),
    (
      #"status == opne"#,
      ["unknown status `opne`; there are `new`, `open`, `pending`, `solved` and `closed`; did you mean `open`?"]
    ),
    (#"event == updated and handoffs > 3 and comments == 0"#, []),
    (#"event < updated"#, ["`<` does not fit `event`; compare it with `==`, `!=` or `in`"]),
    (#"priority >= high"#, []), (#"priority < hihg"#, ["unknown priority `hihg`"]),
    (#"queue == "Dleta""#, ["unknown queue `Dleta`; did you mean `Delta`?"]),
    (#"previous-queue == "Stampede""#, []), (#"assignee == "aad""#, ["unknown person `aad`; did you mean `ada`?"]),
    (#"type in ["incident", "x"]"#, ["unknown ticket type `x`"]),
    (
      #"queue any word of ["a"]"#,
      [
        "`any word of` searches texts; compare `queue` with `==`, `!=`, `in`, `contains`, `starts with`, `ends with` or `is absent`"
      ]
    ),
    (#"queue starts with "ACCESS-" and assignee != "ada""#, []),
    (#"field "cores" > "many""#, ["`many` is no number, so the condition is never true; `>` compares numbers"]),
    (#"field "cores" > 4 and field "cores" != "x""#, []),
    (#"field "corse" == 1"#, ["unknown custom field `corse`; did you mean `cores`?"]),
    (#"text near/0 ["a"]"#, ["the window of `near` is from 1 to 64 words"]),
    (#"text near/2 ["a b c"]"#, ["`a b c` never stands within 2 words; make the window larger"]),
    (#"text near/3 []"#, ["the list is empty, so the condition is never true; add a value"]),
    (#"text near/3 ["--"]"#, ["`--` has no letters or digits; words cannot match it, use `contains`"]),
    (
      "text near/64 [\((0..<17).map { "\"w\($0)\"" }.joined(separator: ", "))]",
      ["`near` takes at most 16 words or phrases, found 17"]
    ),
    (#"category starts with """#, ["`starts with` takes a text with at least one visible character"]),
    (#"priority starts with "h""#, ["`starts with` searches texts; compare `priority` with"]),
  ]

  @Test(arguments: conditions)
  func checksConditions(_ condition: String, _ expected: [String]) {
    let found = Set(
      errors(Self.head.replacing("{ otherwise", with: "{ rule r { when \(condition) then queue \"Delta\" } otherwise")))
    #expect(found.count == expected.count, "\(found)")
    for (error, message) in zip(found, expected) { #expect(error.contains(message), "\(error)") }
  }

  private func errors(_ text: String, _ context: RuleSetContext = context) -> [String] {
    RuleFixture.errors { () throws(Diagnostics) in
      _ = try RuleSetSource.check(try RuleSetSource.parse(text), against: context)
    }
  }
}
