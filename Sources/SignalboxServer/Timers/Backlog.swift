import Logging
import SignalboxCore
import SignalboxStore

/// Looks again for assignees of tickets that wait for a strategy: somebody has come back, has less to do, or lets an offer
/// pass. All that could make a difference, an absence that ends or a window that passes among it, is seen within one
/// round, wherever it comes from.
///
/// What is to be done is found on a reader, so that the writer has no work where nothing has changed.
struct Backlog {
  /// In history, and as the name of a token that speaks for nobody; no person and no token can have it.
  static let actor = "signalbox:backlog"

  let context: ServerContext

  /// Runs until its task is cancelled.
  func run() async {
    while !Task.isCancelled {
      do {
        try await Task.sleep(for: .milliseconds(context.limits.backlogMilliseconds))
        try await workOff()
      } catch is CancellationError {
        return
      } catch {
        context.logger.warning("waiting tickets were not assigned, will try again", metadata: ["error": "\(error)"])
      }
    }
  }

  /// One round over all queues in which tickets wait.
  func workOff() async throws {
    var place = (tenant: TenantID(0), queue: QueueID(Int64.max))
    while !Task.isCancelled {
      let after = place
      guard
        let next = try await context.database.read(
          unhurried: true, { try $0.first(AssignmentQueries.waitingQueue(after: after)) })
      else { return }
      place = next
      try await workOff(next.queue, of: next.tenant)
    }
  }

  private func workOff(_ queue: QueueID, of tenant: TenantID) async throws {
    let now = context.clock.now()
    // Ends: each commit leaves fewer tickets that wait, or are to be assigned at this time, and there are as many as a
    // queue can hold.
    while !Task.isCancelled {
      let hasWork = try await context.database.read(unhurried: true) { snapshot in
        try round(in: queue, of: tenant, at: now, snapshot)?.hasWork ?? false
      }
      guard hasWork else { return }
      let isMore = try await context.database.write(tenant: tenant.value) { transaction in
        guard var round = try round(in: queue, of: tenant, at: now, transaction) else { return false }
        for ticket in round.settled { try transaction.run(AssignmentQueries.delete(ticket, of: tenant)) }
        for plan in round.plans {
          try round.timer.commit(plan.settled(in: round.timer.situation), in: transaction)
        }
        // What waits no longer took places of others.
        return round.plans.count == Limits.assignmentsPerRound || !round.settled.isEmpty
      }
      guard isMore else { return }
    }
  }

  private struct Round {
    var plans: [Plan]
    /// Tickets that need nobody any more, though a wait of theirs was left.
    var settled: [TicketNumber]
    var timer: TimerRound

    var hasWork: Bool { !plans.isEmpty || !settled.isEmpty }
  }

  private func round(
    in queue: QueueID, of tenant: TenantID, at now: Timestamp, _ snapshot: any Snapshot
  ) throws -> Round? {
    guard let timer = try TimerRound(of: tenant, by: Self.actor, at: now, context, in: snapshot),
      let place = timer.situation.configuration.queues[queue]
    else { return nil }
    let configuration = timer.situation.configuration
    let waits = try AssignmentQueries.waits(
      in: queue, of: tenant, at: now, limit: Limits.waitsPerRound, in: snapshot)
    var waiting: [WorkOffBacklog.Waiting] = []
    var settled: [TicketNumber] = []
    for wait in waits {
      guard let ticket = try snapshot.first(TicketQueries.ticket(wait.ticket, of: tenant)), ticket.assignee == nil,
        ticket.status.isActive, ticket.queue == queue
      else {
        settled.append(wait.ticket)
        continue
      }
      waiting.append(WorkOffBacklog.Waiting(wait, ticket))
    }
    let people = Set(
      waits.flatMap { Roster.candidates(of: $0.strategy.members, in: place, configuration, at: now) }
        + waits.compactMap(\.offer?.person))
    let caps = waits.compactMap(\.strategy.cap)
    let widest = caps.first.map { first in
      caps.reduce(first) { .init(count: max($0.count, $1.count), window: max($0.window, $1.window)) }
    }
    let facts = try AssignmentQueries.facts(
      of: people.sorted { $0.value < $1.value }, in: queue, cap: widest, at: now, of: tenant, in: snapshot)
    return Round(
      plans: WorkOffBacklog(waiting).plans(in: timer.situation, given: facts), settled: settled, timer: timer)
  }
}
