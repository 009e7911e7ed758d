import Logging
import SignalboxCore
import SignalboxStore

/// Runs rules of `escalate` for tickets whose time has come. A change of a ticket brings its time to now, and so does an
/// activation of rules for all active tickets of the tenant, some at a time; each look at a ticket finds its next time.
struct Escalations {
  let context: ServerContext

  /// Runs until its task is cancelled.
  func run() async {
    while !Task.isCancelled {
      do {
        try await Task.sleep(for: .milliseconds(context.limits.escalationMilliseconds))
        try await sweep()
        try await escalate()
      } catch is CancellationError {
        return
      } catch {
        context.logger.warning(
          "rules were not run for tickets that wait, will try again", metadata: ["error": "\(error)"])
      }
    }
  }

  // MARK: After an activation

  /// A step for each tenant whose rules have changed; those with many tickets take many rounds.
  private func sweep() async throws {
    try await takeTurns(from: { EscalationQueries.nextSweep(after: $0) }) { tenant in
      let now = context.clock.now()
      try await context.database.write(tenant: tenant.value) { transaction -> Void in
        if try round(of: tenant, at: now, transaction)?.situation.configuration.rules?.escalates == true {
          _ = try EscalationQueries.sweep(tenant, at: now, limit: Limits.escalationsPerSweep, in: transaction)
        } else {
          try transaction.run(EscalationQueries.endSweep(of: tenant))
        }
      }
      return false
    }
  }

  // MARK: Tickets

  /// Ends: whatever was looked at comes again later than now.
  private func escalate() async throws {
    let now = context.clock.now()
    try await takeTurns(from: { EscalationQueries.dueTenant(after: $0, at: now) }) { tenant in
      try await escalate(tenant, at: now)
    }
  }

  /// - Parameter step: at one tenant; whether there may be more.
  private func takeTurns(
    from next: @escaping @Sendable (TenantID) -> Query<TenantID>, _ step: (TenantID) async throws -> Bool
  ) async throws {
    try await Turns<TenantID>(
      failure: "rules were not run for tickets that wait, will try again", logger: context.logger
    ).take { last in
      let after = last ?? TenantID(0)
      return try await context.database.read { try $0.first(next(after)) }
    } _: { tenant in
      try await step(tenant) ? tenant : nil
    }
  }

  /// One commit; whether there may be more.
  private func escalate(_ tenant: TenantID, at now: Timestamp) async throws -> Bool {
    try await context.database.write(tenant: tenant.value) { transaction in
      guard var round = try round(of: tenant, at: now, transaction) else { return false }
      let due = try transaction.all(
        EscalationQueries.due(of: tenant, at: now, limit: Limits.escalationsPerRound))
      for number in due {
        guard let ticket = try transaction.first(TicketQueries.ticket(number, of: tenant)) else { continue }
        try escalate(ticket, &round, transaction)
      }
      return due.count == Limits.escalationsPerRound
    }
  }

  private func escalate(_ ticket: Ticket, _ round: inout TimerRound, _ transaction: any Transaction) throws {
    let situation = round.situation
    let tenant = situation.principal.tenant
    let outcome = try context.scratches.withScratch { scratch in
      try EscalateTicket(ticket).plans(in: situation, using: &scratch) { pool, ticket in
        (
          try transaction.roster(of: pool, for: ticket, in: situation),
          try transaction.first(AssignmentQueries.wait(of: ticket.number, tenant))
        )
      }
    }
    for plan in outcome.plans {
      try round.commit(plan, in: transaction)
    }
    if outcome.plans.isEmpty {
      try transaction.run(EscalationQueries.reschedule(ticket.number, to: outcome.escalateAt, of: tenant))
    }
  }

  private func round(of tenant: TenantID, at now: Timestamp, _ snapshot: any Snapshot) throws -> TimerRound? {
    try TimerRound(of: tenant, by: RuleFollowUp.actor.name, at: now, context, in: snapshot)
  }
}
