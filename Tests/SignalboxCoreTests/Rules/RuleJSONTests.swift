@testable import SignalboxCore
import Testing

@Suite struct RuleJSONTests {
  @Test func randomTreesSurviveTheWayThroughJSON() throws {
    let seed: UInt64 = 0x5EED_0011
    print("seed \(seed)")
    var random = RuleRandom(seed: seed)
    for round in 0..<800 {
      let ruleSet = RandomRules.ruleSet(&random)
      let text = Printer.text(of: ruleSet)
      let json = RuleSetJSON.write(ruleSet).text
      #expect(try Printer.text(of: RuleSetJSON.read(json)) == text, "round \(round)")
      #expect(try RuleSetJSON.write(RuleSetSource.parse(text)).text == json, "round \(round)")
    }
  }

  @Test func damagedJSONNeverTrapsAndWhatIsReadIsARuleFile() {
    let seed: UInt64 = 0x5EED_0012
    print("seed \(seed)")
    var random = RuleRandom(seed: seed)
    var read = 0
    for round in 0..<4_000 {
      var bytes = Array(RuleSetJSON.write(RandomRules.ruleSet(&random)).text.utf8)
      for _ in 0..<Int.random(in: 1...2, using: &random) {
        let index = Int.random(in: bytes.indices, using: &random)
        switch Int.random(in: 0..<3, using: &random) {
        case 0: bytes[index] = UInt8.random(in: 0...255, using: &random)
        case 1: bytes.remove(at: index)
        default: bytes[index] = random.pick(Array("{}[],:\"\\0a\n".utf8))
        }
      }
      do throws(Diagnostics) {
        let text = Printer.text(of: try RuleSetJSON.read(String(decoding: bytes, as: UTF8.self)))
        #expect(try RuleSetSource.format(text) == text, "round \(round)")
        read += 1
      } catch {
        #expect(!error.items.isEmpty)
      }
    }
    #expect(read > 100, "some damage is in a text and cannot be seen")
  }

  static let shape =
    #"{"ruleset":"t","version":1,"items":[{"phase":"route","mode":"first","elements":[{"rule":"r","when":{"and":[{"field":"text","comparison":"near","within":3,"values":["a","b"]},{"not":{"field":"field","name":"cores","comparison":">","value":"4"}}]},"then":[{"queue":"Delta"}],"because":"why"},{"keywords":"queues","margin":100},{"otherwise":[{"queue":"Triage"}]}]}]}"#

  @Test func theShapeIsFixed() throws {
    let text = Printer.text(of: try RuleSetJSON.read(Self.shape))
    #expect(
      text == """
        ruleset "t" version 1

        phase route first {
          rule r {
            when text near/3 ["a", "b"] and not field "cores" > 4
            then queue "Delta"
            because "why"
          }
          keywords of queues
          otherwise { queue "Triage" }
        }

        """)
    #expect(try RuleSetJSON.write(RuleSetSource.parse(text)).text == Self.shape)
  }

  /// A piece of `shape`, what stands there instead, and the error.
  static let errors: [(String, String, String)] = [
    (#""version":1,"#, "", "1:1: `version` is missing"),
    (#""version":1"#, #""version":-1"#, "1:1: .version: expected a whole number from 0 to 2147483647"),
    (#""version":1"#, #""version":1.5"#, "1:27: expected a whole number"),
    (
      #""version":1"#, #""version":null"#,
      "1:26: expected an object, an array, a string, a whole number, `true` or `false`"
    ),
    (#""version":1"#, #""version":1,"version":2"#, "1:37: member \"version\" stands twice"),
    (#""queue":"Delta""#, #""queu":"Delta""#, "1:1: .items[0].elements[0].then[0]: expected an action: an object with"),
    (#""queue":"Delta""#, #""queue":"Delta","x":1"#, #"1:1: .items[0].elements[0].then[0]: unknown member "x""#),
    (#""then":[{"queue":"Delta"}]"#, #""then":[]"#, "1:1: .items[0].elements[0].then: there is no action"),
    (#""field":"text""#, #""field":"txt""#, "1:1: .items[0].elements[0].when.and[0].field: unknown field `txt`"),
    (
      #""comparison":">""#, #""comparison":"=>""#,
      "1:1: .items[0].elements[0].when.and[1].not.comparison: expected `==`"
    ),
    (#""mode":"first""#, #""mode":"last""#, "1:1: .items[0].mode: expected `first`, `all` or `timers`"),
    (
      #""rule":"r""#, #""rule":"r { then queue \"X\" } rule s""#,
      "1:1: .items[0].elements[0].rule: the name of a rule is a letter, then letters, digits and hyphens"
    ),
    (
      #""margin":100"#, #""margin":100,"comments":["x\n otherwise { queue \"X\" }"]"#,
      "cannot be written in a rule file"
    ),
    (#""because":"why""#, #""because":"\ud800""#, "half a character"),
    (#""because":"why"}"#, #""because":"why"} x"#, "expected `,` or `]`"),
  ]

  @Test(arguments: errors)
  func saysWhatIsWrongAndWhere(_ piece: String, _ instead: String, _ expected: String) {
    let json = Self.shape.replacing(piece, with: instead, maxReplacements: 1)
    #expect(json != Self.shape)
    let found = RuleFixture.errors { () throws(Diagnostics) in _ = try RuleSetJSON.read(json) }
    #expect(found.first?.contains(expected) == true, "\(found)")
  }

  @Test func depthHasALimit() {
    let deep = String(repeating: "[", count: RuleJSON.depth) + String(repeating: "]", count: RuleJSON.depth)
    #expect(RuleFixture.errors { () throws(Diagnostics) in _ = try JSONParser.parse(deep) } == [])
    #expect(
      RuleFixture.errors { () throws(Diagnostics) in _ = try JSONParser.parse("[" + deep + "]") }
        == ["1:97: the JSON is nested more than 96 deep"])
    let endless = String(repeating: "[", count: 1_000_000)
    #expect(RuleFixture.errors { () throws(Diagnostics) in _ = try JSONParser.parse(endless) }.count == 1)
  }

  @Test func theDeepestRuleFits() throws {
    var condition = #"tag == "x""#
    for level in 0..<RuleLimits.nesting {
      condition = "(\(condition) \(level % 2 == 0 ? "or" : "or") body == \"y\" and tag == \"z\") and tag == \"w\""
    }
    let ruleSet = try RuleSetSource.parse(RuleFixture.file(when: condition))
    let json = RuleSetJSON.write(ruleSet).text
    #expect(try Printer.text(of: RuleSetJSON.read(json)) == Printer.text(of: ruleSet))
  }

  static let strings: [(String, String)] = [
    (#""a\"\\\/\b\f\n\r\t""#, "a\"\\/\u{8}\u{C}\n\r\t"), (#""\u00e9\ud83d\ude00""#, "é\u{1F600}"), (#""é""#, "é"),
  ]

  @Test(arguments: strings)
  func readsEscapes(_ json: String, _ text: String) throws {
    #expect(try JSONParser.parse(json) == .string(text))
    #expect(try JSONParser.parse(RuleJSON.string(text).text) == .string(text))
  }
}
