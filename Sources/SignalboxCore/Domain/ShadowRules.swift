/// A kept rule set that runs beside the one in force without effect: since when, and by whom.
package struct ShadowRecord: Equatable, Sendable {
  package var set: RuleSetRecord
  package var since: Timestamp
  package var setBy: Actor

  package init(set: RuleSetRecord, since: Timestamp, setBy: Actor) {
    self.set = set
    self.since = since
    self.setBy = setBy
  }
}

/// A new ticket that the rules in the shadow would have sent elsewhere.
package struct ShadowDifference: Equatable, Sendable {
  package var live: QueueID
  /// Nil: nowhere.
  package var shadow: QueueID?
  package var at: Timestamp

  package init(live: QueueID, shadow: QueueID?, at: Timestamp) {
    self.live = live
    self.shadow = shadow
    self.at = at
  }
}

/// The rules in the shadow, compiled as those in force are.
package struct ShadowRules: Sendable {
  package let record: ShadowRecord
  private let rules: ActiveRules

  /// Nil if the text does not compile, which setting it rules out.
  init?(_ record: ShadowRecord, queues: [Queue], organization: (OrganizationID) -> String?) {
    guard let rules = ActiveRules(record.set, queues: queues, organization: organization) else { return nil }
    self.record = record
    self.rules = rules
  }

  init(_ record: ShadowRecord, _ rules: ActiveRules) {
    self.record = record
    self.rules = rules
  }

  func updated(with queues: [Queue], organization: (OrganizationID) -> String?) -> ShadowRules {
    ShadowRules(record, rules.updated(with: queues, organization: organization))
  }

  /// Adds to the plan of a new ticket what these rules would have done with it.
  func note(_ facts: RoutingFacts, sentTo live: QueueID, in situation: Situation, on plan: inout Plan) {
    var scratch = RuleScratch()
    let queue = rules.route(facts, using: &scratch).queue.flatMap { situation.configuration.queuesByName[$0] }
    let difference = ShadowDifference(live: live, shadow: queue, at: situation.now)
    plan.changes.append(.noteShadow(queue == live ? nil : difference))
  }
}
