@testable import SignalboxCore
import Testing

@Suite struct TestBlockTests {
  private static let rules = """
    ruleset "t" version 1
    on update run classify, route, notify
    phase classify all {
      rule outage { when text any word of ["down"] then add tag "outage"; raise priority to high; set category "Support: Portal" }
    }
    phase route first {
      rule access { when category == "Support: Portal" then queue "Delta" }
      otherwise { queue "ACCESS-Triage" }
    }
    phase assign first {
      rule own { when queue == "Delta" then assign least loaded of agents }
      otherwise { default assignee }
    }
    phase notify all { rule tell { when tag == "outage" then notify queue watchers } }
    phase escalate timers { rule late { when status == new and age > 4h then notify group "leads"; set status open } }

    """

  /// What is given, what is expected, the failures.
  static let rows: [(String, String, [String])] = [
    ("", #"queue "ACCESS-Triage"; default assignee; not rule outage fires"#, []),
    (
      #"subject "it is DOWN""#,
      #"queue "Delta"; tags ["outage"]; has tag "Outage"; priority high; category "Support: Portal"; assign least loaded of agents; rule access fires; notified queue watchers"#,
      []
    ),
    (#"subject "fine""#, #"queue "Delta""#, ["queue: expected `Delta`, got `ACCESS-Triage` by `otherwise` on line 8"]),
    (
      #"subject "down""#, #"queue "ACCESS-Triage"; not queue "Delta""#,
      [
        "queue: expected `ACCESS-Triage`, got `Delta` by rule `access` on line 7",
        "queue: expected another than `Delta`, got `Delta` by rule `access` on line 7",
      ]
    ),
    (
      #"subject "down"; tags ["x"]"#, #"tags ["x"]; has tag "y"; priority low; type "T""#,
      [
        #"tags: expected ["x"], got ["x", "outage"]"#, #"tags: expected `y` among them, got ["x", "outage"]"#,
        "priority: expected `low`, got `high`", "type: expected `T`, got none",
      ]
    ),
    (
      #"subject "down""#, #"default assignee; not rule access fires; rule late fires; notified assignee"#,
      [
        "assignment: expected `default assignee`, got `assign least loaded of agents` by rule `own` on line 11",
        "rule `access` fired and should not", "rule `late` did not fire",
        "notified: expected `assignee`, got `queue watchers`",
      ]
    ),
    (#"event timer; age 5h; queue "Delta""#, #"notified group "leads"; rule late fires; queue "Delta""#, []),
    (#"event timer; age 5h; status open"#, "not rule late fires", []),
    (
      #"event updated; queue "Globus"; body "down"; assignee "ada""#, #"queue "Delta"; rule tell fires"#,
      []
    ),
    (#"event updated; queue "Globus""#, #"queue "Globus"; not rule tell fires"#, []),
    (#"event commented; queue "Globus"; comment "down""#, #"queue "Globus""#, []),
  ]

  @Test(arguments: rows)
  func runs(_ given: String, _ expected: String, _ failures: [String]) throws {
    let text = Self.rules + "test \"x\" { given { \(given) } expect { \(expected) } }\n"
    let compiled = try RuleFixture.compile(text)
    let results = RuleTests.run(compiled, queues: RuleFixture.queues)
    #expect(results == [.init(name: "x", line: 16, failures: failures)])
  }

  @Test func testsHaveABudgetTogether() throws {
    let test = #"{ given { subject "down" } expect { queue "Delta" } }"#
    let compiled = try RuleFixture.compile(
      Self.rules + (1...3).map { "test \"t\($0)\" \(test)\n" }.joined())
    let one = compiled.evaluate(
      RoutingFacts(subject: "down", body: "", channel: "web"), run: compiled.phases(on: .created),
      queues: RuleFixture.queues
    ).record.cost
    func failures(_ budget: Int) -> [[String]] {
      RuleTests.run(compiled, queues: RuleFixture.queues, budget: budget).map(\.failures)
    }
    #expect(failures(3 * one) == [[], [], []])
    let message =
      "not run: the tests before it cost \(2 * one), and those of a file may cost \(2 * one) together; "
      + "have fewer of them or shorter texts"
    #expect(failures(2 * one) == [[], [], [message]])
  }

  static let times: [(String, String, Bool)] = [
    ("", "weekday == monday and time == \"12:00\"", false), ("", "weekday == monday", true),
    ("time \"08:15\"", "time < \"08:16\" and time > \"08:14\"", true),
    ("weekday sunday", "weekday == sunday and date == \"2024-01-07\"", true),
    ("date \"2026-11-22\"; weekday sunday", "date in [\"2026-11-22\"] and weekday != monday", true),
    ("age 4h", "age >= 4h and idle >= 4h and not age > 4h", true), ("age 4h; idle 30m", "idle < 1h", true),
    ("queue \"Globus\"; age 2d", "time-in-queue == 2d", false),
    ("queue \"Globus\"; age 2d", "time-in-queue >= 48h", true),
    ("", "time-in-queue is absent and due-in is absent", true), ("due-in 30m", "due-in <= 30m and due-in > 29m", true),
    ("field \"cores\" 128; field \"os\" \"linux\"", "field \"cores\" > 64.5 and field \"os\" == \"Linux\"", false),
    ("field \"cores\" 128; field \"os\" \"linux\"", "field \"cores\" > \"64.5\" and field \"os\" == \"Linux\"", true),
    ("handoffs 3; comments 0", "handoffs >= 3 and comments < 1", true),
    (
      "requester \"a@b.edu\"; organization \"NCSA\"",
      "requester-domain ends with \".edu\" and organization == \"ncsa\"", true
    ),
  ]

  @Test(arguments: times)
  func givesWhatIsGiven(_ given: String, _ condition: String, _ expected: Bool) throws {
    let text =
      RuleFixture.file(when: condition)
      + "\ntest \"x\" { given { \(given) } expect { \(expected ? "" : "not ")rule r fires } }"
    guard let compiled = try? RuleFixture.compile(text) else { return #expect(!expected, "it compiles") }
    // A ticket with a place is moved by rules on creation, too.
    #expect(RuleTests.run(compiled, queues: RuleFixture.queues).map(\.failures) == [[]])
  }

  static let errors: [(String, [String])] = [
    (#"test "x" { given { subjct "y" } expect { queue "Delta" } }"#, ["expected a field of the ticket"]),
    (
      #"test "x" { given { subject "y"; subject "z" } expect { queue "Delta" } }"#,
      ["`subject` is given already, on line 16"]
    ),
    (#"test "x" { given { status nwe } expect { queue "Delta" } }"#, ["unknown status `nwe`"]),
    (#"test "x" { given { } expect { } }"#, ["test `x` expects nothing; add what must come out"]),
    (#"test "x" { given { } expect { queue "Dleta" } }"#, ["unknown queue `Dleta`; did you mean `Delta`?"]),
    (#"test "x" { given { } expect { rule acces fires } }"#, ["unknown rule `acces`; did you mean `access`?"]),
    (
      #"test "x" { given { } expect { rule access fire } }"#,
      ["expected `fires` after `rule access`, found `fire`; did you mean `fires`?"]
    ),
    (#"test "x" { given { date "2026-11-22"; weekday monday } expect { queue "Delta" } }"#, ["2026-11-22 is a sunday"]),
    (
      #"test "x" { given { age 4 } expect { queue "Delta" } }"#,
      ["expected a duration such as `4h` after `age`, found `4`"]
    ),
    (
      #"test "x" { given { } expct { } }"#,
      ["expected `expect` after `given { … }`, found `expct`; did you mean `expect`?"]
    ),
    (
      #"test "x" { given { } expect { queue "Delta" } } test "x" { given { } expect { queue "Delta" } }"#,
      ["test `x` is declared already, on line 16"]
    ),
  ]

  @Test(arguments: errors)
  func reportsATestThatIsWrong(_ test: String, _ expected: [String]) {
    let errors = RuleFixture.errors { () throws(Diagnostics) in _ = try RuleFixture.compile(Self.rules + test) }
    #expect(errors.count == expected.count, "\(errors)")
    for (error, message) in zip(errors, expected) { #expect(error.contains(message), "\(error)") }
  }
}
