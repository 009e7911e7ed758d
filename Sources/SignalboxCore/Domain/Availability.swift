/// Whether somebody takes tickets at present, how many, and of what kind. Absences stand apart: they are planned, and name
/// who stands in.
package struct Availability: Equatable, Sendable {
  package enum Presence: String, CaseIterable, Sendable {
    case available
    /// Back before long.
    case away
    case offline
  }

  /// Nil for one who never said: that counts as available, but is not known.
  package var stated: Presence?
  /// Since when; nil as long as nothing was said.
  package var since: Timestamp?
  /// Units of open tickets that a strategy fills up to, 0…``Limits/capacityUnits``; nil: as many as there are.
  package var capacity: Int?
  /// What a ticket may ask for, in the order in which they were given.
  package var skills: [String]

  package init(
    stated: Presence? = nil, since: Timestamp? = nil, capacity: Int? = nil, skills: [String] = []
  ) {
    self.stated = stated
    self.since = since
    self.capacity = capacity
    self.skills = skills
  }

  package var presence: Presence { stated ?? .available }
}

extension Person {
  func isAbsent(at now: Timestamp) -> Bool { absence?.covers(now) ?? false }

  /// Whether a strategy may find them, for whatever ticket.
  func isThere(at now: Timestamp) -> Bool { !isAbsent(at: now) && availability.presence == .available }
}

extension Ticket.Priority {
  /// What an open ticket takes of its assignee's capacity.
  package var units: Int {
    switch self {
    case .low: 1
    case .normal: 2
    case .high: 3
    case .urgent: 4
    }
  }
}
