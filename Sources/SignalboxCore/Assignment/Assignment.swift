/// Whom a strategy picked for a ticket, and why nobody else.
package struct Assignment: Equatable, Sendable {
  package enum Outcome: Equatable, Sendable {
    case person(PersonID)
    /// To be accepted before the time.
    case offer(PersonID, until: Timestamp)
    case unassigned
  }

  /// Somebody who was passed over.
  package struct Exclusion: Equatable, Sendable {
    package var person: PersonID
    package var handle: String
    package var cause: Cause

    package init(_ person: PersonID, _ handle: String, _ cause: Cause) {
      self.person = person
      self.handle = handle
      self.cause = cause
    }

    /// As people read it.
    package var text: String { "`\(handle)` \(cause.text)" }
  }

  package enum Cause: Hashable, Sendable {
    case mayNotOwn
    case isAbsent
    case isNotAvailable(Availability.Presence)
    case lacksSkills([String])
    /// Units: what they have, what the ticket takes, what they may have.
    case hasNoCapacity(load: Int, units: Int, capacity: Int)
    case metCap(PoolStrategy.Cap)
    /// Rejected the offer, or let it pass.
    case declined

    package var text: String {
      switch self {
      case .mayNotOwn: "may not own tickets here"
      case .isAbsent: "is absent"
      case .isNotAvailable(let presence): "is \(presence.rawValue)"
      case .lacksSkills(let skills): "lacks \(skills.map { "`\($0)`" }.joined(separator: ", "))"
      case .hasNoCapacity(let load, let units, let capacity):
        "has \(load) of \(capacity) units and the ticket takes \(units)"
      case .metCap(let cap): "got \(cap.count) in \(PoolStrategy.span(cap.window))"
      case .declined: "declined it"
      }
    }
  }

  package var outcome: Outcome
  /// Why this one, or why nobody.
  package var reason: String
  /// In the order of the pool.
  package var excluded: [Exclusion]

  package init(_ outcome: Outcome, reason: String, excluded: [Exclusion]) {
    self.outcome = outcome
    self.reason = reason
    self.excluded = excluded
  }

  /// Who has the ticket, or is offered it.
  package var person: PersonID? {
    switch outcome {
    case .person(let person), .offer(let person, _): person
    case .unassigned: nil
    }
  }
}
