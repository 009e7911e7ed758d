/// What the rules make of a ticket: the changes to make, and why.
package struct RuleOutcome: Equatable, Sendable {
  package var record: DecisionRecord
  package var effects = Effects()
  /// All rules that fired, where `record` keeps only so many.
  package var fired: [DecisionRecord.Fired] = []
}

/// The changes that rules want, net: nothing is in it that the ticket has already.
package struct Effects: Equatable, Sendable {
  package var category: String?
  package var type: String?
  package var resource: String?
  package var fields: [RoutingFacts.FieldValue] = []
  package var addedTags: [String] = []
  /// Higher than the ticket's.
  package var priority: String?
  /// Since creation.
  package var respondWithin: RuleDuration?
  package var status: String?
  /// Another queue than the ticket's; active.
  package var queue: String?
  /// How the ticket is assigned; nil if it keeps its assignee. Where `queue` is set and this is not, the queue's default
  /// assignee gets it.
  package var assign: AssignAction?
  /// Each once.
  package var notify: [NotifyAction] = []

  package var isEmpty: Bool { self == Effects() }
}
