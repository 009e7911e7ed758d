/// How a ticket came to where it is.
package struct TicketPlacement: Equatable, Sendable {
  /// When it came into its queue.
  package var since: Timestamp
  /// The queue it was in before.
  package var previous: QueueID?
  /// Changes of the queue so far.
  package var handoffs: Int
  /// A person chose its queue last: then rules move it on `update` and `comment` no more.
  package var isChosen: Bool
  /// When rules moved it, as far back as ``LoopGuard`` looks.
  package var ruleMoves: [Timestamp]
  /// Rules moved it too often; they may not until a person acts on the ticket.
  package var isStopped: Bool

  package init(
    since: Timestamp, previous: QueueID? = nil, handoffs: Int = 0, isChosen: Bool = false,
    ruleMoves: [Timestamp] = [], isStopped: Bool = false
  ) {
    self.since = since
    self.previous = previous
    self.handoffs = handoffs
    self.isChosen = isChosen
    self.ruleMoves = ruleMoves
    self.isStopped = isStopped
  }
}
