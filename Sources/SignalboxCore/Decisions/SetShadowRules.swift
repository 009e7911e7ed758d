/// Lets a kept rule set run beside the one in force without effect, or ends that.
package struct SetShadowRules: Sendable {
  /// End it; else the kept set runs.
  package var isOff: Bool

  package init(isOff: Bool) {
    self.isOff = isOff
  }

  /// - Parameter kept: The sets that the caller may mean: none, the one, or the first two of several.
  package func decide(in situation: Situation, given kept: [RuleSetRecord]) throws(Rejection) -> Decided<ShadowRecord?>
  {
    try situation.requireRuleEditing("running rules in the shadow")
    let before = situation.configuration.shadow?.record
    if isOff {
      guard let before else { throw Rejection(.alreadyThere, "no rule set runs in the shadow") }
      let change = Event.FieldChange("shadow", from: before.set.title, to: nil)
      let event = Event(.rulesShadowEnded, subject: before.set.name, changes: [change])
      return Decided(nil, Plan(changes: [.setShadowRules(nil)], event: event))
    }
    var set = try RuleSetRecord.one(of: kept)
    // When it was in force says nothing here, and changes.
    set.activation = nil
    guard set.hash != before?.set.hash else {
      throw Rejection(.alreadyThere, "`\(set.title)` runs in the shadow already; end that first to count anew")
    }
    // Queues and categories may have changed since it was kept.
    _ = try situation.configuration.compile(set.text, hash: set.hash)
    let record = ShadowRecord(set: set, since: situation.now, setBy: situation.principal.actor)
    let change = Event.FieldChange("shadow", from: before?.set.title, to: set.title)
    let event = Event(.rulesShadowSet, subject: set.name, changes: [change])
    return Decided(record, Plan(changes: [.setShadowRules(record)], event: event))
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
