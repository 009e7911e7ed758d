@testable import SignalboxCore
import Testing

@Suite struct PrinterTests {
  static let canonical = #"""
    # the access tenant
    ruleset "access" version 12

    # what moves files
    list "file transfer" ["globus", "gridftp", "data transfer node"]

    list "long" [
      # first
      "one",
      "two"
      # last
    ]

    phase route first {
      # policy
      rule security {
        # whom
        when category == "Operations: Security Practices" and (tag != "x" or not channel == form)
        # where
        then queue "ACCESS-Operations-Security"
        # why
        because "security policy \"4.2\""
        # end
      }
      rule long {
        when text any word of list "file transfer"
          and (requester-domain in ["example.org", "example.com"] or organization contains "university")
          and priority in [high, urgent]
        then queue "Delta"
      }
      rule always {
        then queue "Delta"
      }
      # keywords
      keywords of queues margin 250
      otherwise { queue "ACCESS-Triage" }
      # phase end
    }

    # file end

    """#

  @Test func canonicalTextIsItself() throws {
    #expect(try RuleSetSource.format(Self.canonical) == Self.canonical)
  }

  static let rows: [(String, String)] = [
    (#"((subject == "a"))"#, #"subject == "a""#),
    (#"(subject == "a" and body == "b") and tag == "c""#, #"subject == "a" and body == "b" and tag == "c""#),
    (#"subject == "a" and (body == "b" and tag == "c")"#, #"subject == "a" and body == "b" and tag == "c""#),
    (#"(subject == "a" and body == "b") or tag == "c""#, #"subject == "a" and body == "b" or tag == "c""#),
    (#"subject == "a" and (body == "b" or tag == "c")"#, #"subject == "a" and (body == "b" or tag == "c")"#),
    (#"not (not (subject == "a"))"#, #"not not subject == "a""#),
    (#"not (subject == "a" and body == "b")"#, #"not (subject == "a" and body == "b")"#),
    (#"channel == "form" and priority != "high""#, #"channel == form and priority != high"#),
    (#"channel == "web form""#, #"channel == "web form""#),
    (#"subject   in["a","b",]"#, #"subject in ["a", "b"]"#),
    (#"body contains "\u{200b}\u{41}\n""#, #"body contains "\u{200B}A\n""#),
    (#"text all words of list "transfer""#, #"text all words of list "transfer""#),
  ]

  @Test(arguments: rows)
  func printsConditionsInOneWay(_ given: String, _ canonical: String) throws {
    let text = try RuleSetSource.format(RuleFixture.file(when: given))
    #expect(text.contains("    when \(canonical)\n"), "\(text)")
  }

  @Test func commentsGoToTheItemThatFollows() throws {
    let text = """
      ruleset "t" # a
      version 1 # b
      phase route first { # c
        rule r { when subject == # d
          "x" # e
          then queue "Delta" # f
        } # g
        otherwise { # h
          queue "Delta" } # i
      } # j
      """
    #expect(
      try RuleSetSource.format(text) == """
        ruleset "t" version 1

        # a
        # b
        phase route first {
          # c
          rule r {
            when subject == "x"
            # d
            # e
            then queue "Delta"
            # f
          }
          # g
          otherwise { queue "Delta" }
          # h
          # i
        }

        # j

        """)
  }

  @Test func randomTreesSurviveTheWayThroughText() throws {
    let seed: UInt64 = 0x5EED_0003
    print("seed \(seed)")
    var random = RuleRandom(seed: seed)
    for round in 0..<800 {
      let text = Printer.text(of: RandomRules.ruleSet(&random))
      #expect(try RuleSetSource.format(text) == text, "round \(round)")
      #expect(try RuleSetSource.format(text.replacing("\n", with: "\r\n \t")) == text, "round \(round), other blanks")
    }
  }

  @Test func damagedTextsNeverTrapAndWhatIsReadIsStable() throws {
    let seed: UInt64 = 0x5EED_0004
    print("seed \(seed)")
    var random = RuleRandom(seed: seed)
    var read = 0
    for round in 0..<10_000 {
      var bytes = Array((round % 2 == 0 ? Self.canonical : Printer.text(of: RandomRules.ruleSet(&random))).utf8)
      for _ in 0..<Int.random(in: 1...4, using: &random) {
        let index = Int.random(in: bytes.indices, using: &random)
        switch Int.random(in: 0..<4, using: &random) {
        case 0: bytes[index] = UInt8.random(in: 0...255, using: &random)
        case 1: bytes.remove(at: index)
        case 2: bytes.insert(contentsOf: bytes[index..<min(bytes.count, index + 9)], at: index)
        default: bytes[index] = random.pick(Array("{}[](),;\"#=!\\\n".utf8))
        }
      }
      let text = String(decoding: bytes, as: UTF8.self)
      do throws(Diagnostics) {
        let formatted = try RuleSetSource.format(text)
        let again = try RuleSetSource.format(formatted)
        #expect(again == formatted, "round \(round)")
        read += 1
      } catch {
        #expect((1...RuleLimits.diagnostics).contains(error.items.count), "round \(round)")
        #expect(!error.rendered(source: text).isEmpty)
      }
    }
    #expect((250..<9_750).contains(read), "both outcomes were seen")
  }
}
