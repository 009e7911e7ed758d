/// How a ticket that has come to a queue finds its assignee.
package enum AssignmentStrategy: Hashable, Sendable {
  /// The queue's, or who stands in.
  case defaultAssignee
  /// The person of that handle, or who stands in.
  case person(String)
  /// Whoever takes it.
  case unassigned
  /// One of many, as the strategy picks.
  case pool(PoolStrategy)
}

/// Picks one of many. People who are absent, not available, or may not own tickets of the queue are passed over, and so is
/// whoever would have more than their capacity. Substitutes play no part: they stand in for somebody who is named.
package struct PoolStrategy: Hashable, Sendable {
  package enum Order: String, CaseIterable, Sendable {
    /// Whose turn in the queue was the longest ago.
    case roundRobin = "round robin"
    /// Who has the fewest units of open tickets.
    case leastLoaded = "least loaded"
    /// Who has the most units of capacity left; who has no capacity set has more than anybody who has.
    case mostCapacity = "most capacity"
  }

  package enum Members: Hashable, Sendable {
    /// The people whom the queue names as agents.
    case agents
    case group(String)
  }

  /// At most so many tickets for one person, from whatever queue, in any stretch of so many milliseconds.
  package struct Cap: Hashable, Sendable {
    package var count: Int
    /// At most ``Limits/longestCapWindow``.
    package var window: Int64

    package init(count: Int, window: Int64) {
      self.count = count
      self.window = window
    }
  }

  package var order: Order
  package var members: Members
  /// Only who has all of them is asked.
  package var skills: [String]
  /// So long after the ticket was created, in milliseconds, skills are not asked for any more; nil: they always are.
  package var skillsRelaxedAfter: Int64?
  package var cap: Cap?
  /// The ticket is offered for so many milliseconds, to one after the other, until somebody accepts it; nil: it is given.
  package var offerFor: Int64?

  package init(
    _ order: Order, of members: Members, skills: [String] = [], skillsRelaxedAfter: Int64? = nil, cap: Cap? = nil,
    offerFor: Int64? = nil
  ) {
    self.order = order
    self.members = members
    self.skills = skills
    self.skillsRelaxedAfter = skillsRelaxedAfter
    self.cap = cap
    self.offerFor = offerFor
  }
}
