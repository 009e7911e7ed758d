import Testing

@testable import SignalboxCore

@Suite struct RuleSetDifferenceTests {
  private static let file = """
    # The desk.
    ruleset "t" version 1
    on update run classify
    list "gone" ["a"]
    list "words" ["b", "c"]
    phase classify all {
      rule one { when tag == "x" then add tag "y" }
      rule two { when tag == "y" then add tag "z" }
    }
    phase route first {
      rule a { when subject contains "a" then queue "Delta" }
      rule b { when subject contains "b" then queue "Delta" }
      rule c { when subject contains "c" then queue "Delta" }
      rule d { when subject contains "d" then queue "Delta" }
      keywords of queues
      otherwise { queue "ACCESS-Triage" }
    }
    test "t" { given { subject "a" } expect { queue "Delta" } }
    """

  private static func differences(_ edits: [(String, String)]) throws -> [String] {
    var text = file
    for (old, new) in edits {
      #expect(text.contains(old))
      text = text.replacing(old, with: new)
    }
    return try RuleSetSource.parse(text).differences(from: RuleSetSource.parse(file)).map { difference in
      let phase = difference.phase.map { " \($0)" } ?? ""
      return "\(difference.change) \(difference.part)\(phase) \(difference.name)"
    }
  }

  static let edits: [([(String, String)], [String])] = [
    ([], []),
    // Comments, layout, name and version.
    (
      [
        ("# The desk.", "# A desk."), ("\"t\" version 1", "\"u\" version 2"),
        ("[\"b\", \"c\"]", "[\n # d\n \"b\",\n\"c\"]"),
      ], []
    ),
    ([("list \"gone\" [\"a\"]\n", ""), ("[\"b\", \"c\"]", "[\"b\"]")], ["changed list words", "removed list gone"]),
    ([("contains \"b\"", "contains \"bb\"")], ["changed rule route b"]),
    ([("rule b {", "rule e {")], ["added rule route e", "removed rule route b"]),
    ([("on update run classify", "on comment run classify")], ["added on comment", "removed on update"]),
    ([("keywords of queues", "keywords of queues margin 200")], ["changed keywords route "]),
    ([("otherwise { queue \"ACCESS-Triage\" }", "otherwise { queue \"Delta\" }")], ["changed otherwise route "]),
    ([("subject \"a\" }", "subject \"b\" }")], ["changed test t"]),
    // From the front to the back: one has moved, not three.
    (
      [
        ("  rule a { when subject contains \"a\" then queue \"Delta\" }\n", ""),
        ("  keywords of queues", "  rule a { when subject contains \"a\" then queue \"Delta\" }\n  keywords of queues"),
      ], ["moved rule route a"]
    ),
    // Their order does not matter.
    (
      [
        ("  rule one { when tag == \"x\" then add tag \"y\" }\n", ""),
        ("then add tag \"z\" }", "then add tag \"z\" }\n  rule one { when tag == \"x\" then add tag \"y\" }"),
      ], []
    ),
    // To another phase.
    (
      [
        ("  rule two { when tag == \"y\" then add tag \"z\" }\n", ""),
        ("phase route", "phase notify all { rule two { when tag == \"y\" then notify requester } }\nphase route"),
      ], ["changed rule notify two"]
    ),
  ]

  @Test(arguments: edits)
  func saysWhatDiffers(_ edits: [(String, String)], _ expected: [String]) throws {
    #expect(try Self.differences(edits) == expected)
  }

  @Test func textsAreThoseBeforeAndAfter() throws {
    let old = try RuleSetSource.parse(Self.file)
    let new = try RuleSetSource.parse(
      Self.file.replacing("\"b\" then queue \"Delta\"", with: "\"bb\" then queue \"Globus\""))
    let difference = try #require(new.differences(from: old).first)
    #expect(difference.before?.contains("\"b\"") == true && difference.before?.contains("\"Delta\"") == true)
    #expect(difference.after?.contains("\"bb\"") == true && difference.after?.contains("\"Globus\"") == true)
    #expect(old.differences(from: new).map(\.before) == [difference.after])
  }

  /// A set that a random one was made of differs in nothing, and what is left out of one is told.
  @Test func randomSets() throws {
    let seed: UInt64 = 0x5EED_0071
    print("seed \(seed)")
    var random = RuleRandom(seed: seed)
    for round in 0..<200 {
      let numbers = (0..<20).shuffled(using: &random)
      func file(_ numbers: [Int]) -> String {
        let rules = numbers.map { "rule r\($0) { when subject contains \"\($0)\" then queue \"Delta\" }" }
        return
          "ruleset \"t\" version 1\nphase route first {\n\(rules.joined(separator: "\n"))\notherwise { queue \"Delta\" }\n}"
      }
      let old = try RuleSetSource.parse(file((0..<20).map { $0 }))
      let new = try RuleSetSource.parse(file(numbers))
      let moved = new.differences(from: old)
      #expect(moved.allSatisfy { $0.change == .moved })
      // What is left stands in its old order, and with each of the moved ones it would not.
      let names = Set(moved.map(\.name))
      let kept = numbers.filter { !names.contains("r\($0)") }
      #expect(kept == kept.sorted(), "round \(round)")
      for name in names {
        let with = numbers.filter { !names.contains("r\($0)") || "r\($0)" == name }
        #expect(with != with.sorted(), "round \(round)")
      }
    }
  }
}
