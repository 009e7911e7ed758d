/// Looks again for assignees of the tickets of one queue that wait for one, oldest first: since somebody may be there
/// again, or have less to do, or skills are no longer asked for, or an offer was not accepted in time. Made by a timer.
package struct WorkOffBacklog: Sendable {
  package struct Waiting: Equatable, Sendable {
    package var wait: TicketWait
    /// Without its body.
    package var ticket: Ticket

    package init(_ wait: TicketWait, _ ticket: Ticket) {
      self.wait = wait
      self.ticket = ticket
    }
  }

  /// All of one queue, each unassigned and active, in the order in which they are to be looked at.
  package var waiting: [Waiting]

  package init(_ waiting: [Waiting]) {
    self.waiting = waiting
  }

  /// A plan for each ticket that somebody gets or is offered, or whose offer is over; at most
  /// ``Limits/assignmentsPerRound``. They count upon each other, so they are committed in this order, the first under the
  /// situation's revision.
  ///
  /// - Parameter facts: of all whom the strategies may pick in the queue.
  package func plans(in situation: Situation, given facts: RosterFacts) -> [Plan] {
    var facts = facts
    var situation = situation
    var plans: [Plan] = []
    for waiting in waiting {
      if plans.count == Limits.assignmentsPerRound { break }
      var others = facts
      // A ticket is no reason against itself.
      if let offer = waiting.wait.offer { others.loads[offer.person, default: 0] -= waiting.ticket.priority.units }
      guard let plan = plan(for: waiting, in: situation, others) else { continue }
      facts = others
      for change in plan.changes {
        if case .notePick(let pick) = change {
          facts.note(pick, units: waiting.ticket.priority.units, at: situation.revision)
        }
      }
      plans.append(plan)
      situation.revision = Revision(situation.revision.value + 1)
    }
    return plans
  }

  private func plan(for waiting: Waiting, in situation: Situation, _ facts: RosterFacts) -> Plan? {
    let (wait, ticket) = (waiting.wait, waiting.ticket)
    if let offer = wait.offer {
      guard !offer.isOpen(at: situation.now) else { return nil }
      return ticket.offeredOn(
        after: wait, as: .ticketOfferExpired, reason: "the offer was not accepted in time", in: situation, given: facts
      ).plan
    }
    let (outcome, decided) = ticket.assigned(
      by: wait.strategy, in: situation, given: facts, declined: wait.declined, reason: "it waited for somebody")
    return outcome.assignment?.person == nil ? nil : decided.plan
  }
}

extension RosterFacts {
  /// As the store will know it after the pick.
  mutating func note(_ pick: Pick, units: Int, at revision: Revision) {
    loads[pick.person, default: 0] += units
    turns[pick.person] = revision
    picks[pick.person, default: []].append(pick.at)
  }
}
