/// An active ticket that a strategy could give to nobody yet, or has offered to somebody. It ends with the ticket being
/// assigned, done or moved to another queue, whoever does that.
package struct TicketWait: Equatable, Sendable {
  package struct Offer: Equatable, Sendable {
    package var person: PersonID
    /// The first moment at which it is too late to accept.
    package var until: Timestamp

    package init(to person: PersonID, until: Timestamp) {
      self.person = person
      self.until = until
    }

    package func isOpen(at now: Timestamp) -> Bool { now < until }
  }

  package var ticket: TicketNumber
  package var queue: QueueID
  /// What goes on looking for an assignee.
  package var strategy: PoolStrategy
  package var offer: Offer?
  /// Those who rejected it or let their time pass; they are not asked again.
  package var declined: [PersonID]

  package init(
    ticket: TicketNumber, queue: QueueID, strategy: PoolStrategy, offer: Offer? = nil, declined: [PersonID] = []
  ) {
    self.ticket = ticket
    self.queue = queue
    self.strategy = strategy
    self.offer = offer
    self.declined = declined
  }
}

/// A strategy picked somebody: for round robin their turn, for caps one more.
package struct Pick: Equatable, Sendable {
  package var person: PersonID
  package var queue: QueueID
  package var at: Timestamp

  package init(_ person: PersonID, in queue: QueueID, at: Timestamp) {
    self.person = person
    self.queue = queue
    self.at = at
  }
}
