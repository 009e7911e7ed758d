/// Lets a kept rule set run beside the one in force without effect, or ends that.
package struct SetShadowRules: Sendable {
  /// End it; else the kept set runs.
  package var isOff: Bool

  package init(isOff: Bool) {
    self.isOff = isOff
  }

  package enum Outcome: Sendable {
    /// With the rules that run in the shadow then, compiled.
    case changed(Decided<ShadowRecord?>, ActiveRules?)
    /// Nothing can be decided before the rules are compiled in the tenant as it is now.
    case outdated
  }

  /// Nil where `decide` will refuse it without a look at the rules, or needs none.
  ///
  /// - Parameter kept: The sets that the caller may mean.
  package func compiled(
    _ kept: [RuleSetRecord], in configuration: TenantConfiguration, for access: EffectiveAccess
  ) -> TestedRules? {
    guard !isOff, access.rights.contains(.editRules), kept.count == 1, let set = kept.first,
      configuration.shadow == nil
    else { return nil }
    return TestedRules(set.text, hash: set.hash, in: configuration, runsTests: false)
  }

  /// - Parameters:
  ///   - kept: The sets that the caller may mean: none, the one, or the first two of several.
  ///   - compiled: What was made of it ahead of the transaction.
  package func decide(
    in situation: Situation, given kept: [RuleSetRecord], _ compiled: TestedRules?
  ) throws(Rejection) -> Outcome {
    try situation.requireRuleEditing("running rules in the shadow")
    let before = situation.configuration.shadow?.record
    if isOff {
      guard let before else { throw Rejection(.alreadyThere, "no rule set runs in the shadow") }
      let change = Event.FieldChange("shadow", from: before.set.title, to: nil)
      let event = Event(.rulesShadowEnded, subject: before.set.name, changes: [change])
      return .changed(Decided(nil, Plan(changes: [.setShadowRules(nil)], event: event)), nil)
    }
    var set = try RuleSetRecord.one(of: kept)
    // When it was in force says nothing here, and changes.
    set.activation = nil
    if let before {
      throw Rejection(
        .alreadyThere,
        "`\(before.set.title)` runs in the shadow; end that first, which forgets what it has counted, to let one begin anew"
      )
    }
    guard set.hash != situation.configuration.rules?.record.hash else {
      throw Rejection(
        .alreadyThere, "`\(set.title)` is in force, and would differ from itself in nothing; give another set")
    }
    // Queues and categories may have changed since it was kept.
    guard let rules = try compiled?.rules(of: set.hash, in: situation.configuration) else { return .outdated }
    let record = ShadowRecord(set: set, since: situation.now, setBy: situation.principal.actor)
    let change = Event.FieldChange("shadow", from: nil, to: set.title)
    let event = Event(.rulesShadowSet, subject: set.name, changes: [change])
    return .changed(Decided(record, Plan(changes: [.setShadowRules(record)], event: event)), rules)
  }
}

extension Situation {
  /// - Parameter what: What is refused, for the message.
  package func requireRuleEditing(_ what: String) throws(Rejection) {
    try access.requireRuleEditing(what)
  }
}

extension EffectiveAccess {
  package func requireRuleEditing(_ what: String) throws(Rejection) {
    guard rights.contains(.editRules) else {
      throw Rejection(.notPermitted, "\(what) needs the right `edit_rules`; ask a tenant admin for it")
    }
  }
}
