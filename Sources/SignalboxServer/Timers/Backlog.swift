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

  /// A queue in which tickets wait, looked through from its oldest on.
  private struct Place: CustomStringConvertible {
    var tenant: TenantID
    var queue: QueueID
    /// Those up to here were looked at.
    var position = TicketNumber(0)

    var description: String { "tenant \(tenant.value), queue \(queue.value)" }
  }

  /// One round over all queues in which tickets wait, and in each over all of them.
  func workOff() async throws {
    let now = context.clock.now()
    try await Turns<Place>(failure: "waiting tickets were not assigned, will try again", logger: context.logger)
      .take { last in
        let after = last.map { ($0.tenant, $0.queue) } ?? (TenantID(0), QueueID(Int64.max))
        let next = try await context.database.read { try $0.first(AssignmentQueries.waitingQueue(after: after)) }
        return next.map { Place(tenant: $0.tenant, queue: $0.queue) }
      } _: { place in
        try await workOff(place, at: now)
      }
  }

  /// Looks at some of them and makes one commit, if there is anything to be done; nil at the end of the queue.
  ///
  /// Ends: each commit leaves fewer tickets that wait, or are to be assigned at this time, and a look without one goes on
  /// behind them.
  private func workOff(_ place: Place, at now: Timestamp) async throws -> Place? {
    let look = try await context.database.read { snapshot in
      try round(at: place, now, snapshot).map { (hasWork: $0.hasWork, end: $0.end) }
    }
    guard let look else { return nil }
    if look.hasWork {
      let isMore = try await context.database.write(tenant: place.tenant.value) { transaction in
        guard var round = try round(at: place, now, transaction) else { return false }
        for ticket in round.settled { try transaction.run(AssignmentQueries.delete(ticket, of: place.tenant)) }
        for plan in round.plans {
          try round.timer.commit(plan.settled(in: round.timer.situation), in: transaction)
        }
        // What waits no longer took places of others.
        return round.plans.count == Limits.assignmentsPerRound || !round.settled.isEmpty
      }
      if isMore { return place }
    }
    guard let end = look.end else { return nil }
    var next = place
    next.position = end
    return next
  }

  private struct Round {
    var plans: [Plan]
    /// Tickets that need nobody any more, though a wait of theirs was left.
    var settled: [TicketNumber]
    var timer: TimerRound
    /// The last ticket that was looked at; nil if none is behind it.
    var end: TicketNumber?

    var hasWork: Bool { !plans.isEmpty || !settled.isEmpty }
  }

  private func round(at place: Place, _ now: Timestamp, _ snapshot: any Snapshot) throws -> Round? {
    let (tenant, queue, limit) = (place.tenant, place.queue, context.limits.waitsPerRound)
    guard let timer = try TimerRound(of: tenant, by: Self.actor, at: now, context, in: snapshot),
      let named = timer.situation.configuration.queues[queue]
    else { return nil }
    let configuration = timer.situation.configuration
    let waits = try snapshot.all(
      AssignmentQueries.waits(in: queue, of: tenant, at: now, after: place.position, limit: limit))
    var waiting: [WorkOffBacklog.Waiting] = []
    var settled: [TicketNumber] = []
    for wait in waits {
      guard let ticket = try snapshot.first(TicketQueries.bodiless(wait.ticket, of: tenant)), ticket.assignee == nil,
        ticket.status.isActive, ticket.queue == queue
      else {
        settled.append(wait.ticket)
        continue
      }
      waiting.append(WorkOffBacklog.Waiting(wait, ticket))
    }
    let people = Set(
      waits.flatMap { Roster.candidates(of: $0.strategy.members, in: named, configuration, at: now) }
        + waits.compactMap(\.offer?.person))
    let caps = waits.compactMap(\.strategy.cap)
    let widest = caps.first.map { first in
      caps.reduce(first) { .init(count: max($0.count, $1.count), window: max($0.window, $1.window)) }
    }
    let facts = try AssignmentQueries.facts(
      of: people.sorted { $0.value < $1.value }, in: queue, cap: widest, at: now, of: tenant, in: snapshot)
    return Round(
      plans: WorkOffBacklog(waiting).plans(in: timer.situation, given: facts), settled: settled, timer: timer,
      end: waits.count == limit ? waits.last?.ticket : nil)
  }
}
