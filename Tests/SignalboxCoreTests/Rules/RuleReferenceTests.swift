import Foundation
@testable import SignalboxCore
import Testing

@Suite struct RuleReferenceTests {
  private static let file = URL(filePath: #filePath).deletingLastPathComponent()
    .appending(path: "../../../Protocol/RULES.md")

  @Test func theTablesOfTheReferenceAreThoseOfTheSources() throws {
    let text = try String(contentsOf: Self.file, encoding: .utf8)
    let made = RuleReference.opening + RuleReference.markdown + RuleReference.closing
    let parts = text.split(separator: RuleReference.opening, omittingEmptySubsequences: false)
    #expect(parts.count == 2)
    #expect(text.contains(made), "put this between the two marks of Protocol/RULES.md:\n\(RuleReference.markdown)")
  }

  @Test func everyConditionAndActionIsThere() {
    #expect(RuleReference.conditions.count == Comparison.allCases.count)
    let kinds = RuleReference.actions.map(\.form).joined(separator: "\n")
    for kind in Action.Kind.allCases { #expect(kinds.contains(kind.rawValue), "\(kind.rawValue)") }
  }

  @Test func everyExampleOfAConditionCompiles() throws {
    for entry in RuleReference.conditions {
      let text = RuleFixture.file(when: entry.example)
      #expect(try RuleSetSource.format(text).contains("when \(entry.example)\n"), "as the printer writes it")
      _ = try RuleFixture.compile(text)
    }
  }

  @Test func everyExampleOfAnActionCompilesWhereItMayStand() throws {
    let queues = QueueDirectory(active: ["Delta", "Triage"])
    for entry in RuleReference.actions {
      for phase in entry.phases {
        let when = phase == .escalate ? "when age > 1d " : ""
        let rule = "rule example { \(when)then \(entry.example) }"
        var text = "ruleset \"t\" version 1\n"
        switch phase {
        case .route:
          text +=
            "phase route first { rule example { when tag == \"x\" then \(entry.example) } otherwise { queue \"Delta\" } }"
        case .assign:
          text +=
            "phase assign first { rule example { when tag == \"x\" then \(entry.example) } otherwise { default assignee } }"
        default: text += "phase \(phase.rawValue) \(phase.mode.rawValue) { \(rule) }"
        }
        if phase != .route { text += "\nphase route first { otherwise { queue \"Delta\" } }" }
        #expect(try RuleSetSource.format(text).contains("then \(entry.example)\n"))
        _ = try RuleFixture.compile(text, context: RuleSetContext(queues: queues))
      }
    }
  }

  /// The whole file at the head of Protocol/RULES.md, with its tests.
  @Test func theExampleOfTheReferenceCompilesAndPassesItsTests() throws {
    let text = try String(contentsOf: Self.file, encoding: .utf8)
    let parts = text.split(separator: "```\n", omittingEmptySubsequences: false)
    let example = String(try #require(parts.count > 1 ? parts[1] : nil))
    let queues = QueueDirectory(active: ["Security", "Data Transfer", "Triage"])
    let compiled = try RuleFixture.compile(example, context: RuleSetContext(queues: queues))
    let results = RuleTests.run(compiled, queues: queues)
    #expect(results.count > 1)
    for result in results { #expect(result.failures == [], "\(result.name)") }
  }
}
