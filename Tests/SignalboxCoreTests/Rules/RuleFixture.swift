import SignalboxCore

/// What the rule tests share: a tenant's queues and categories, a ticket, and a rule file around a condition.
enum RuleFixture {
  static let queues = QueueDirectory(
    active: ["Delta", "Jetstream-2", "ACCESS-Triage", "ACCESS-Operations-Security", "Globus"], retired: ["Stampede"])
  static let context = RuleSetContext(
    queues: queues, categories: ["Operations: Security Practices", "Support: Portal", "Some Other Question"])

  static let facts = RoutingFacts(
    subject: "Cannot log in to Delta", body: "Hello,\nmy job on gpu-a100 is DOWN since the download. Café closed.",
    category: "Support: Portal", resource: "delta.ncsa.access-ci.org", channel: "email", requester: "Ann@Example.ORG",
    requesterOrganization: "NCSA", tags: ["outage", "VIP"], priority: "high")

  static func file(when condition: String) -> String {
    """
    ruleset "t" version 1
    list "transfer" ["globus", "data transfer node"]
    list "places" ["ncsa", "tacc"]
    phase route first {
      rule r { when \(condition) then queue "Delta" }
      otherwise { queue "ACCESS-Triage" }
    }
    """
  }

  static func compile(
    _ text: String, keywords: [QueueKeywords] = [], context: RuleSetContext = context
  ) throws(Diagnostics) -> CompiledRuleSet {
    try RuleSetSource.compile(text, for: context, keywords: keywords, hash: [0xAB, 0xCD])
  }

  /// One line for each error, as the command line shows them.
  static func errors(_ work: () throws(Diagnostics) -> Void) -> [String] {
    do throws(Diagnostics) {
      try work()
      return []
    } catch {
      return error.items.map(\.description)
    }
  }
}

/// SplitMix64: small, and the same everywhere.
struct RuleRandom: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }

  mutating func pick<Value>(_ values: [Value]) -> Value { values[Int.random(in: values.indices, using: &self)] }

  mutating func chance(_ percent: Int) -> Bool { Int.random(in: 0..<100, using: &self) < percent }
}
