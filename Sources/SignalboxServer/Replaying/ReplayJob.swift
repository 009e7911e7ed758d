import SignalboxCore
import SignalboxStore
import Synchronization

/// The work of one replay: tickets from the newest on, some at each step. One thread at a time takes a step; the lock
/// says so to the compiler, nobody waits for it.
final class ReplayJob: Sendable {
  /// Where it stands after a step.
  struct Progress: Sendable {
    var lookedAt: Int
    /// Nil as long as there is more to look at.
    var result: RuleReplay.Result?
  }

  fileprivate struct State {
    var replay: RuleReplay
    /// Tickets with lower numbers come next.
    var position = Int64.max
  }

  /// Rows of one query: their texts are in memory together.
  private static let rowsPerQuery = 50

  let total: Int
  private let tenant: TenantID
  private let since: Timestamp
  private let ticketsPerRead: Int
  private let longestRead: Duration
  private let state: Mutex<State>

  /// - Parameter total: How many tickets it looks at, at most.
  init(_ replay: sending RuleReplay, of tenant: TenantID, since: Timestamp, total: Int, limits: ServerLimits) {
    self.total = total
    self.tenant = tenant
    self.since = since
    ticketsPerRead = limits.ticketsPerReplayRead
    longestRead = .milliseconds(limits.replayReadMilliseconds)
    state = Mutex(State(replay: replay))
  }

  /// Looks at the next tickets: so many, or fewer where their texts are long or the rules slow.
  func step(in snapshot: any Snapshot) throws -> Progress {
    try state.withLock { state in
      var (rest, bytes) = (ticketsPerRead, 0)
      let end = ContinuousClock.now + longestRead
      while rest > 0, bytes < Limits.replayReadBytes, rest == ticketsPerRead || ContinuousClock.now < end {
        let limit = min(rest, Self.rowsPerQuery, total - state.replay.lookedAt)
        guard limit > 0 else { return state.end }
        let tickets = try snapshot.all(
          ReplayQueries.tickets(
            of: tenant, before: state.position, bodies: state.replay.readsBodies, limit: limit))
        // Numbers rise with the time of creation, but for the moments that calls take.
        var isAnyYoung = false
        for index in tickets.indices where tickets[index].createdAt >= since {
          isAnyYoung = true
          state.replay.look(at: tickets[index])
          bytes += tickets[index].subject.utf8.count + tickets[index].body.utf8.count
        }
        guard tickets.count == limit, isAnyYoung, let last = tickets.last else { return state.end }
        state.position = last.number.value
        rest -= limit
      }
      return Progress(
        lookedAt: state.replay.lookedAt, result: state.replay.lookedAt < total ? nil : state.replay.result)
    }
  }
}

extension ReplayJob.State {
  fileprivate var end: ReplayJob.Progress { .init(lookedAt: replay.lookedAt, result: replay.result) }
}
