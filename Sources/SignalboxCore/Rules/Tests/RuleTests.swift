/// Runs the `test` blocks of a rule file on the rules in it.
package enum RuleTests {
  package struct Result: Equatable, Sendable {
    package var name: String
    package var line: Int
    /// One sentence for each expectation that was not met, in the order of the file.
    package var failures: [String]

    package var hasPassed: Bool { failures.isEmpty }
  }

  /// - Parameter queues: those that take tickets, as for any evaluation.
  package static func run(_ rules: CompiledRuleSet, queues: QueueDirectory) -> [Result] {
    run(rules, queues: queues, budget: RuleLimits.testsBudget)
  }

  /// - Parameter budget: what all of them together may cost; a test that comes when it is spent fails.
  static func run(_ rules: CompiledRuleSet, queues: QueueDirectory, budget: Int) -> [Result] {
    var scratch = RuleScratch()
    var cost = 0
    return rules.phases.tests.map { test in
      var result = Result(name: test.name.value, line: test.name.span.line, failures: [])
      guard cost < budget else {
        result.failures = [
          "not run: the tests before it cost \(cost), and those of a file may cost \(budget) together; "
            + "have fewer of them or shorter texts"
        ]
        return result
      }
      let facts = TestTicket.facts(test)
      let outcome = rules.evaluate(facts, run: rules.phases(on: facts.event), queues: queues, using: &scratch)
      cost += outcome.record.cost
      let judge = Judge(facts: facts, outcome: outcome)
      result.failures = test.expect.compactMap { judge.failure($0.outcome) }
      return result
    }
  }
}

/// Compares what was expected with what came out.
private struct Judge {
  let facts: RoutingFacts
  let outcome: RuleOutcome

  /// Nil if it came out so.
  func failure(_ expected: TestBlock.Expectation.Outcome) -> String? {
    switch expected {
    case .queue(let name, let isNot):
      let actual = outcome.effects.queue ?? facts.queue
      guard (actual == name.value) == isNot else { return nil }
      return "queue: expected \(isNot ? "another than " : "")`\(name.value)`, got \(Self.quoted(actual)) by \(route)"
    case .category(let value): return compare("category", value, outcome.effects.category ?? facts.category)
    case .type(let value): return compare("type", value, outcome.effects.type ?? facts.type)
    case .tags(let expected):
      let wanted = Set(expected.map { FoldedText($0.value).bytes })
      guard wanted != Set(tags.map { FoldedText($0).bytes }) else { return nil }
      return "tags: expected \(RuleText.list(expected)), got \(Self.list(tags))"
    case .hasTag(let tag):
      let wanted = FoldedText(tag.value).bytes
      return tags.contains { FoldedText($0).bytes == wanted }
        ? nil : "tags: expected `\(tag.value)` among them, got \(Self.list(tags))"
    case .priority(let value):
      return compare(
        "priority", Literal(value.value.lowercased(), value.span), outcome.effects.priority ?? facts.priority)
    case .assign(let action):
      guard outcome.effects.assign != action else { return nil }
      return "assignment: expected `\(action.text)`, got "
        + (outcome.effects.assign.map { "`\($0.text)` by \(self.rule(.assign) ?? "`otherwise`")" } ?? "none")
    case .fires(let rule, let isNot):
      let fired = outcome.fired.contains { $0.rule == rule.value }
      guard fired == isNot else { return nil }
      return isNot ? "rule `\(rule.value)` fired and should not" : "rule `\(rule.value)` did not fire"
    case .notified(let target):
      guard !outcome.effects.notify.contains(where: { $0.target == target }) else { return nil }
      let actual = outcome.effects.notify.map { "`\($0.target.text)`" }
      return "notified: expected `\(target.text)`, got " + (actual.isEmpty ? "nobody" : actual.joined(separator: ", "))
    }
  }

  private var tags: [String] { facts.tags + outcome.effects.addedTags }

  private func compare(_ what: String, _ expected: Literal, _ actual: String?) -> String? {
    guard actual != expected.value else { return nil }
    return "\(what): expected `\(expected.value)`, got \(Self.quoted(actual))"
  }

  private var route: String {
    switch outcome.record.element {
    case .rule(let name, let line): "rule `\(name)` on line \(line)"
    case .keywords(let line): "`keywords of queues` on line \(line)"
    case .otherwise(let line): "`otherwise` on line \(line)"
    case .nothing, .stays: rule(.escalate) ?? "no rule"
    }
  }

  private func rule(_ phase: Phase.Kind) -> String? {
    outcome.fired.first { $0.phase == phase }.map { "rule `\($0.rule)` on line \($0.line)" }
  }

  private static func quoted(_ value: String?) -> String { value.map { "`\($0)`" } ?? "none" }

  private static func list(_ values: [String]) -> String { RuleText.list(values.map { Literal($0, .start) }) }
}
