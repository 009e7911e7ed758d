import SignalboxCore
import Testing

struct PutRulesTests {
  private static func rules(expecting queue: String) -> String {
    """
    ruleset "access" version 2
    phase route first {
      otherwise { queue "Delta" }
    }
    test "hello" {
      given { subject "hello" }
      expect { queue "\(queue)"; not queue "\(queue)" }
    }
    test "fine" {
      given { subject "hello" }
      expect { queue "Delta" }
    }
    """
  }

  private static func record(_ text: String) -> RuleSetRecord {
    RuleSetRecord(
      name: "access", version: 2, hash: [2], text: text, keptAt: Scene.now, keptBy: Actor(name: "admin"))
  }

  @Test(arguments: [true, false])
  func rulesWhoseTestsFailAreNotPut(staged: Bool) throws {
    let situation = Scene().situation(Scene.admin)
    let text = Self.rules(expecting: "ACCESS-ACO-Triage")
    let refused = rejection { () throws(Rejection) in
      _ = try PutRules(text: text, hash: [2], expectedHash: [], staged: staged).decide(in: situation)
    }
    #expect(refused?.reason == .rulesTestsFailed)
    #expect(refused?.message == "tests in the rule set fail: `hello` on line 5")
    #expect(
      refused?.violations.map(\.description) == [
        "5:1: test `hello`: queue: expected `ACCESS-ACO-Triage`, got `Delta` by `otherwise` on line 3"
      ])
  }

  @Test func norAreTheyActivated() throws {
    let situation = Scene().situation(Scene.admin)
    let kept = [Self.record(Self.rules(expecting: "ACCESS-ACO-Triage"))]
    let refused = rejection { () throws(Rejection) in
      _ = try ActivateRules(expectedHash: [], reason: "").decide(in: situation, given: kept)
    }
    #expect(refused?.reason == .rulesTestsFailed)
  }

  private static let typed = """
    ruleset "access" version 2
    phase classify all {
      rule typo { when type == "reqest" and field "corse" > 4 then set type "incidnt"; set field "sevrity" to "1" }
    }
    phase route first { otherwise { queue "Delta" } }
    """

  private static func errors(_ types: [TicketType]) -> [String] {
    let configuration = Scene().configuration.applying([.putTicketTypes(types)], at: Revision(100))
    do throws(Diagnostics) {
      _ = try CheckRules(text: typed).check(in: configuration)
      return []
    } catch {
      return error.items.map(\.description)
    }
  }

  private static func type(_ name: String, _ fields: String...) -> TicketType {
    TicketType(name: name, displayName: "", fields: fields.map { .init(name: $0, kind: .text) }, endsIn: [])
  }

  @Test func typesAndTheirFieldsAreKnown() {
    #expect(
      Self.errors([Self.type("request", "cores"), Self.type("incident", "severity", "cores")]) == [
        "3:28: unknown ticket type `reqest`; did you mean `request`?",
        "3:47: unknown custom field `corse`; did you mean `cores`?",
        "3:73: unknown ticket type `incidnt`; did you mean `incident`?",
        "3:94: unknown custom field `sevrity`; did you mean `severity`?",
      ])
  }

  @Test func whatATenantHasDeclaredNothingOfIsFree() {
    #expect(Self.errors([]) == [])
    #expect(
      Self.errors([Self.type("request"), Self.type("incident")]).map { $0.contains("ticket type") } == [true, true])
  }

  @Test func rulesWhoseTestsPassArePut() throws {
    let text = Self.rules(expecting: "Delta").replacing("; not queue \"Delta\"", with: "")
    let decided = try PutRules(text: text, hash: [2], expectedHash: []).decide(in: Scene().situation(Scene.admin))
    #expect(decided.outcome.title == "access version 2")
  }
}
