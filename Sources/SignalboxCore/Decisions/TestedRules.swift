/// A rule set that was checked, compiled and, unless it is to have no effect, tested for a tenant ahead of the transaction
/// that is to have it: that may take seconds, for which all changes would wait.
package struct TestedRules: Sendable {
  private let hash: [UInt8]
  private let ground: TenantConfiguration.Identity
  private let result: Result<ActiveRules, Rejection>

  /// - Parameters:
  ///   - hash: SHA-256 of the text.
  ///   - runsTests: False for rules that have no effect: they may fail their tests.
  package init(_ text: String, hash: [UInt8], in configuration: TenantConfiguration, runsTests: Bool = true) {
    self.hash = hash
    ground = configuration.groundOfRules
    do throws(Rejection) {
      let rules = try configuration.compile(text, hash: hash)
      let failed = runsTests ? rules.runTests().filter { !$0.hasPassed } : []
      result = failed.isEmpty ? .success(rules) : .failure(Rejection(failedTests: failed))
    } catch {
      result = .failure(error)
    }
  }

  /// Ready to be put in force. Nil where that is to be found out anew: it is another set, or what rules are checked against
  /// has changed since.
  ///
  /// - Throws: ``Rejection`` for a set with errors, or with tests that fail.
  func rules(of hash: [UInt8], in configuration: TenantConfiguration) throws(Rejection) -> ActiveRules? {
    guard hash == self.hash, ground === configuration.groundOfRules else { return nil }
    return try result.get()
  }
}

/// What becomes of a rule set that somebody puts, stages or activates.
package enum RuleSetOutcome: Sendable {
  /// With the rules that are in force then, compiled; nil where those that are stay.
  case changed(Decided<RuleSetRecord>, inForce: ActiveRules?)
  /// It was to be staged and is kept already.
  case unchanged(RuleSetRecord)
  /// Nothing can be decided before the rules are tested in the tenant as it is now.
  case outdated
}
