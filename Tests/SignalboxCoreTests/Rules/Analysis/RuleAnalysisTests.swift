import Foundation
import Testing

@testable import SignalboxCore

@Suite struct RuleAnalysisTests {
  static let queues = RuleFixture.queues

  static func findings(_ text: String, _ context: RuleSetContext = RuleFixture.context) throws -> [RuleFinding] {
    let checked = try Checker.check(RuleSetSource.parse(text), against: context, keepingConflicts: true)
    return RuleAnalysis.findings(of: checked, queues: context.queues)
  }

  /// Two rules of a `first` phase, on lines 3 and 4.
  static func route(_ one: String, _ two: String) -> String {
    """
    ruleset "t" version 1
    phase route first {
      rule one { when \(one) then queue "Delta" }
      rule two { when \(two) then queue "Globus" }
      otherwise { queue "ACCESS-Triage" }
    }
    """
  }

  /// The message, and the witness in one line.
  static let found: [(String, String, [String])] = [
    (
      "priority == low and priority >= high", "channel == api",
      ["rule `one` never fires: `priority >= high` is never true together with `priority == low` | priority low"]
    ),
    (
      "age < 0m", "channel == api", ["rule `one` never fires: `age < 0m` is true of no ticket | "]
    ),
    (
      #"text any word of ["gpu", "a100"]"#, #"subject any word of ["a100 node"]"#,
      [
        "rule `two` never decides: rule `one` on line 3 takes every ticket that it fits | subject a100 node"
      ]
    ),
    (
      "handoffs > 3", "handoffs >= 4 and idle > 2h",
      [
        "rule `two` never decides: rule `one` on line 3 takes every ticket that it fits | handoffs 4, age 121m, idle 121m"
      ]
    ),
    ("handoffs > 4", "handoffs >= 4", []),
    (#"text any word of ["gpu"]"#, #"text any word of ["gpu", "cpu"]"#, []),
    (#"subject any word of ["gpu"]"#, #"text any word of ["gpu"]"#, []),
    (#"subject contains "cafe""#, #"subject contains "café""#, []),
    (#"resource != "x""#, #"not resource == "x""#, []),
    (#"field "n" > 5 and field "n" < 6"#, "channel == api", []),
    (#"field "n" > 5"#, #"not field "n" <= 5"#, []),
    (#"requester-domain == "a.org""#, #"requester ends with "a.org""#, []),
    ("weekday == monday", #"date in ["2024-01-08", "2024-01-09"]"#, []),
    (#"tag != "something" and tag != "zq" and not tag is absent"#, "channel == api", []),
    (
      #"tag is absent and not tag is absent"#, "channel == api",
      ["rule `one` never fires: `not tag is absent` is never true together with `tag is absent` | "]
    ),
    ("age > 5m and age < 6m", "channel == api", []),
  ]

  @Test(arguments: found) func finds(_ one: String, _ two: String, _ expected: [String]) throws {
    let found = try Self.findings(Self.route(one, two)).map { finding in
      "\(finding.message) | " + finding.witness.values.map { "\($0.name) \($0.value)" }.joined(separator: ", ")
    }
    #expect(found == expected)
  }

  @Test func severalRulesTakeAll() throws {
    let found = try Self.findings(
      """
      ruleset "t" version 1
      phase route first {
        rule weekend { when weekday in [saturday, sunday] then queue "Delta" }
        rule early { when time < "12:00" then queue "Delta" }
        rule late { when time >= "12:00" then queue "Globus" }
        rule never { when channel == phone then queue "Globus" }
        otherwise { queue "ACCESS-Triage" }
      }
      """)
    #expect(found.map(\.kind) == [.unreachable])
    #expect(found.first?.rule == "never")
    #expect(found.first?.line == 6)
    #expect(found.first?.witness.values == [.init(name: "channel", value: "phone")])
    #expect(found.first?.otherRule == "late")
  }

  @Test func conflictsHaveATicketForBoth() throws {
    func file(_ one: String, _ two: String) -> String {
      """
      ruleset "t" version 1
      phase classify all {
        rule one { when \(one) then set resource "a" }
        rule two { when \(two) then set resource "b" }
      }
      phase route first { otherwise { queue "ACCESS-Triage" } }
      """
    }
    let found = try Self.findings(file(#"subject any word of ["a"]"#, #"text any word of ["b"]"#))
    #expect(found.map(\.kind) == [.conflicting])
    #expect(found.first?.witness.values == [.init(name: "subject", value: "a b")])
    // The checker cannot see that they exclude each other; nobody can show a ticket either.
    #expect(try Self.findings(file("handoffs < 3", "handoffs >= 3")).isEmpty)
  }

  @Test func countersEndACycle() throws {
    func file(_ guardian: String) -> String {
      """
      ruleset "t" version 1
      on update run route
      phase route first {
        rule there { when queue == "Delta" then queue "Globus" }
        rule back { when queue == "Globus"\(guardian) then queue "Delta" }
        otherwise { queue "ACCESS-Triage" }
      }
      """
    }
    let found = try Self.findings(file(""))
    #expect(found.map(\.kind) == [.cycle])
    #expect(found.first?.message == "rules `there`, `back` never come to rest: 2 updates later the ticket is as it was")
    #expect(found.first?.witness.values.contains(.init(name: "queue", value: "Delta")) == true)
    #expect(try Self.findings(file(" and handoffs < 5")).isEmpty)
    // After more updates than are followed.
    #expect(try Self.findings(file(" and handoffs < 400")).isEmpty)
  }

  /// They fire each time, and what they want is so already or makes no difference.
  @Test func bystandersOfACycleAreNotBlamed() throws {
    let others = (0..<20).map { #"rule by\#($0) { when priority == normal then add tag "t\#($0)" }"# }
    let found = try Self.findings(
      """
      ruleset "t" version 1
      on update run classify, route
      phase classify all {
        \(others.joined(separator: "\n"))
        rule priority { when priority == normal and type == "x" then set resource "r" }
      }
      phase route first {
        rule there { when queue == "Delta" then queue "Globus" }
        rule back { when queue == "Globus" and resource == "r" then queue "Delta" }
        otherwise { queue "ACCESS-Triage" }
      }
      """)
    #expect(!found.isEmpty)
    for finding in found {
      #expect(finding.message == "rules `there`, `back` never come to rest: 2 updates later the ticket is as it was")
    }
  }

  @Test func longListsHaveWitnessesAndProveNothing() throws {
    let list = "list \"long\" [\((0..<1_000).map { "\"w\($0)\"" }.joined(separator: ", "))]\n"
    func found(_ one: String, _ two: String) throws -> [RuleFinding.Kind] {
      try Self.findings(Self.route(one, two).replacing("phase", with: list + "phase")).map(\.kind)
    }
    #expect(try found("channel == api", #"channel == api and resource in list "long""#) == [.shadowed])
    #expect(try found("channel == api", #"channel == api and text any word of list "long""#) == [.shadowed])
    #expect(try found(#"text any word of list "long""#, #"text any word of ["w0"]"#) == [])
    #expect(try found(#"resource in list "long" and resource == "x""#, "channel == api") == [.unsatisfiable])
    #expect(try found("channel == api", #"channel == api and tag in list "long" and tag != "w0""#) == [.shadowed])
    let barred = (0..<256).map { "\"w\($0)\"" }.joined(separator: ", ")
    #expect(try found(#"tag in list "long" and not tag in [\#(barred)]"#, "channel == api") == [])
  }

  @Test func aListThatManyRulesNameIsLookedIntoOnce() throws {
    let list = "list \"long\" [\((0..<5_000).map { "\"w\($0) x\"" }.joined(separator: ", "))]"
    let rules = (0..<400).map {
      #"rule r\#($0) { when field "f\#($0)" any word of list "long" and not text any word of list "long" then queue "Delta" }"#
    }
    let text =
      "ruleset \"t\" version 1\n\(list)\nphase route first {\n\(rules.joined(separator: "\n"))\n"
      + "otherwise { queue \"ACCESS-Triage\" } }"
    let start = ContinuousClock.now
    #expect(try Self.findings(text).filter { $0.severity == .warning }.isEmpty)
    #expect(ContinuousClock.now - start < .seconds(60))
    let words = try CommonWords(
      RuleSetSource.check(RuleSetSource.parse(text), against: RuleFixture.context), keywords: [])
    #expect(words.isEmpty)
  }

  @Test func tooManyAlternativesAreNotLookedInto() throws {
    let part = (0..<9).map { #"(tag == "a\#($0)" or tag == "b\#($0)")"# }.joined(separator: " and ")
    #expect(try Self.findings(Self.route("priority == low and priority == high and \(part)", "channel == api")).isEmpty)
  }

  @Test func manyRulesWithoutAnIndexAreHinted() throws {
    func file(_ count: Int) -> String {
      let rules = (0..<count).map { #"rule r\#($0) { when subject contains "x\#($0)-" then queue "Delta" }"# }
      return "ruleset \"t\" version 1 phase route first {\n" + rules.joined(separator: "\n")
        + "\notherwise { queue \"ACCESS-Triage\" } }"
    }
    #expect(try Self.findings(file(RuleLimits.unindexedRules - 1)).isEmpty)
    let found = try Self.findings(file(RuleLimits.unindexedRules))
    #expect(found.map(\.kind) == [.unindexed])
    #expect(found.first?.severity == .hint)
  }

  // MARK: Planted faults

  @Test func plantedFaultsAreFound() throws {
    var missed: [String] = []
    var total = 0
    for (number, fault) in PlantedRules.Fault.allCases.enumerated() {
      for seed in 0..<24 {
        var planted = PlantedRules(seed: UInt64(number * 1_000 + seed))
        planted.plant(fault)
        total += 1
        if !Self.isFound(fault, planted.text) { missed.append("\(fault) \(seed)\n\(planted.text)") }
      }
    }
    #expect(total >= 70)
    #expect(
      missed.count * 20 <= total, "\(missed.count) of \(total), such as \(missed.prefix(3).joined(separator: "\n"))")
  }

  /// Nothing else may be found either.
  private static func isFound(_ fault: PlantedRules.Fault, _ text: String) -> Bool {
    do {
      let found = try findings(text, PlantedRules.context)
      let kinds: Set<RuleFinding.Kind> =
        switch fault {
        case .unsatisfiable: [.unsatisfiable]
        // A rule between may take some of the tickets.
        case .shadowed: [.shadowed, .unreachable]
        case .unreachable: [.unreachable, .shadowed]
        case .conflicting: [.conflicting]
        case .cycle: [.cycle]
        case .unknownQueue, .unknownField, .unknownPerson, .retiredQueue: []
        }
      return found.contains { kinds.contains($0.kind) && ($0.rule == "planted" || $0.otherRule == "planted") }
    } catch let error as Diagnostics {
      let wanted =
        switch fault {
        case .unknownQueue: "unknown queue `Dsk-1`"
        case .unknownField: "unknown custom field `coers`"
        case .unknownPerson: "unknown person `adda`"
        case .retiredQueue: "queue `Attic` is retired"
        default: "no error"
        }
      return error.items.count == 1 && error.items.allSatisfy { $0.message.contains(wanted) }
    } catch {
      return false
    }
  }

  /// Each finding's ticket, read from its text, does in both engines what the finding says of it.
  @Test func witnessesShowWhatIsFound() throws {
    var shown: [RuleFinding.Kind: Int] = [:]
    for (number, fault) in PlantedRules.Fault.allCases.enumerated() {
      for seed in 0..<24 {
        var planted = PlantedRules(seed: UInt64(number * 1_000 + seed))
        planted.plant(fault)
        let ruleSet = try RuleSetSource.parse(planted.text)
        guard let checked = try? Checker.check(ruleSet, against: PlantedRules.context, keepingConflicts: true) else {
          continue
        }
        let replay = WitnessReplay(
          ruleSet: ruleSet, compiled: CompiledRuleSet(checked, keywords: [], hash: []), queues: PlantedRules.queues)
        for finding in RuleAnalysis.findings(of: checked, queues: PlantedRules.queues) {
          #expect(replay.complaint(of: finding) == nil, "\(finding)\n\(planted.text)")
          shown[finding.kind, default: 0] += 1
        }
      }
    }
    for kind in [RuleFinding.Kind.unsatisfiable, .shadowed, .unreachable, .conflicting, .cycle] {
      #expect(shown[kind, default: 0] >= 10, "\(kind)")
    }
  }

  @Test func cleanSetsGiveNothing() throws {
    for seed in 0..<200 {
      let text = PlantedRules(seed: UInt64(50_000 + seed)).text
      let found = try Self.findings(text, PlantedRules.context)
      #expect(found.isEmpty, "seed \(seed)\n\(text)")
    }
  }

  /// Whatever is found of wild rules is so in the engine, for 250 tickets that are made for them.
  @Test func findingsHoldForRandomTickets() throws {
    var random = RuleRandom(seed: 7)
    let words = ["a", "b", "c"]
    var count = 0
    for _ in 0..<200 {
      let rules = (0..<6).map { number in
        let condition = RandomRules.condition(&random, depth: 2, words: words, isValid: true)
        return #"rule r\#(number) { when \#(Printer.text(of: condition)) then queue "Delta" }"#
      }
      let text =
        "ruleset \"t\" version 1\nphase route first {\n\(rules.joined(separator: "\n"))\n"
        + "otherwise { queue \"ACCESS-Triage\" }\n}"
      let context = RuleSetContext(queues: Self.queues)
      guard let checked = try? RuleSetSource.check(RuleSetSource.parse(text), against: context) else { continue }
      let found = RuleAnalysis.findings(of: checked, queues: Self.queues).filter { $0.kind != .cycle }
      guard !found.isEmpty else { continue }
      count += found.count
      let compiled = CompiledRuleSet(checked, keywords: [], hash: [])
      for _ in 0..<250 {
        let fired = compiled.evaluate(Self.facts(&random, words), run: .route, queues: Self.queues).fired.map(\.rule)
        for finding in found {
          #expect(!fired.contains(finding.rule), "\(finding.message)\n\(text)")
        }
      }
    }
    #expect(count >= 50)
  }

  @Test func ourTenantsHaveNone() throws {
    let tenants = URL(fileURLWithPath: #filePath).appendingPathComponent("../../../../../deploy/tenants").standardized
    let names = try FileManager.default.contentsOfDirectory(atPath: tenants.path).sorted()
    var count = 0
    for name in names {
      let folder = tenants.appendingPathComponent("\(name)/rules")
      for file in (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? [] {
        let text = try String(contentsOf: folder.appendingPathComponent(file), encoding: .utf8)
        let queues = text.matches(of: /queue "([^"]+)"/).map { String($0.output.1) }
        let found = try Self.findings(text, RuleSetContext(queues: QueueDirectory(active: queues)))
        #expect(found.isEmpty, "\(name): \(found.map(\.message))")
        count += 1
      }
    }
    #expect(count >= 5)
  }

  @Test func wordsThatDecideAloneAreCounted() throws {
    let text = Self.route(
      #"subject any word of ["down", "gpu"] or tag == "x""#, #"text any word of ["login"] and channel == phone"#)
    let checked = try RuleSetSource.check(RuleSetSource.parse(text), against: RuleFixture.context)
    var words = CommonWords(checked, keywords: [QueueKeywords(queue: "Delta", keywords: ["slurm"])])
    for number in 0..<19 { words.count(subject: number < 10 ? "down login" : "gpu", body: "down slurm") }
    // Too few to say anything.
    #expect(words.findings().isEmpty)
    words.count(subject: "", body: "")
    #expect(words.findings().map { "\($0.rule) \($0.count)/\($0.outOf)" } == ["one 10/20", "one 9/20"])
    for _ in 0..<25 { words.count(subject: "", body: "") }
    // 9 of 45 are 20 %, and no more.
    #expect(words.findings().map(\.count) == [10])
    #expect(words.findings().first?.witness.values == [.init(name: "subject", value: "down")])
  }

  @Test func wordsOfAListAreKeptOnceAndToldOfEachRule() throws {
    let rules = (0..<50).map {
      #"rule r\#($0) { when text any word of list "l" or tag == "t\#($0)" then queue "Delta" }"#
    }
    let text =
      "ruleset \"t\" version 1\nlist \"l\" [\"down\", \"gpu\", \"a b\"]\nphase route first {\n"
      + rules.joined(separator: "\n") + "\notherwise { queue \"ACCESS-Triage\" } }"
    var words = try CommonWords(
      RuleSetSource.check(RuleSetSource.parse(text), against: RuleFixture.context), keywords: [])
    #expect(words.wordCount == 3)
    for _ in 0..<20 { words.count(subject: "down", body: "b a b") }
    let found = words.findings()
    #expect(found.count == RuleLimits.findings)
    #expect(
      found.prefix(3).map { "\($0.rule) \($0.witness.values.map(\.value))" } == [
        #"r0 ["down"]"#, #"r0 ["a b"]"#, #"r1 ["down"]"#,
      ])
  }

  private static func facts(_ random: inout RuleRandom, _ words: [String]) -> RoutingFacts {
    func maybe(_ random: inout RuleRandom) -> String? { random.chance(60) ? random.pick(words) : nil }
    func text(_ random: inout RuleRandom) -> String {
      (0..<Int.random(in: 0...3, using: &random)).map { _ in random.pick(words) }.joined(separator: " ")
    }
    var facts = RoutingFacts(
      subject: text(&random), body: text(&random), category: maybe(&random), resource: maybe(&random),
      channel: random.pick(words), requester: maybe(&random).map { "x@\($0)" }, requesterOrganization: maybe(&random),
      tags: [maybe(&random), maybe(&random)].compactMap(\.self), priority: random.pick(Field.priorities))
    facts.status = random.pick(Field.statuses)
    facts.type = maybe(&random)
    facts.queue = random.chance(50) ? random.pick(["Delta", "Globus"]) : nil
    facts.previousQueue = random.chance(50) ? random.pick(["Delta", "Globus"]) : nil
    facts.assignee = maybe(&random)
    facts.queueOrganization = maybe(&random)
    facts.handoffs = random.pick([0, 1, 3, 4])
    facts.comments = random.pick([0, 1, 3, 4])
    facts.event = random.pick(RuleEvent.allCases)
    facts.comment = facts.event == .commented ? text(&random) : nil
    facts.fields = ["x", "y"].filter { _ in random.chance(50) }.map {
      .init(name: $0, value: random.pick(["a", "b", "0", "4.5", "13", "-4"]))
    }
    facts.now = Timestamp(milliseconds: Int64.random(in: 1_700_000_000_000...1_780_000_000_000, using: &random))
    let age = random.pick([0, 10, 60, 300, 5_000, 100_000]) * 60_000 as Int64
    facts.createdAt = Timestamp(milliseconds: facts.now.milliseconds - age)
    facts.updatedAt = Timestamp(milliseconds: facts.now.milliseconds - age / 2)
    facts.queuedAt = random.chance(50) ? facts.createdAt : nil
    facts.dueAt = random.chance(50) ? Timestamp(milliseconds: facts.now.milliseconds + age - 3_600_000) : nil
    return facts
  }
}
