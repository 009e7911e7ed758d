package import SignalboxStore
import Synchronization

/// A database whose reads are done at once but answered when the test says: what a read saw and when its answer comes
/// are then two things.
package final class HeldReads: Database {
  /// A read that has been done and waits to be answered.
  package struct Held: Sendable {
    fileprivate let sink: any CompletionSink
    fileprivate let completion: Completion

    package func answer() { sink.deliver([completion]) }
  }

  private struct State {
    var isHolding = false
    var held: [Held] = []
    var waiter: CheckedContinuation<Held, Never>?
  }

  private let database: any Database
  private let state = Mutex(State())

  package init(_ database: any Database) { self.database = database }

  /// From now on reads are held; until then they pass.
  package func hold() { state.withLock { $0.isHolding = true } }

  /// Answers what is held, in order, and lets everything pass again.
  package func release() {
    let held = state.withLock { state in
      state.isHolding = false
      defer { state.held = [] }
      return state.held
    }
    for held in held { held.answer() }
  }

  /// The next read that was done, in the order in which they ended. One caller at a time.
  package func next() async -> Held {
    await withCheckedContinuation { continuation in
      let held = state.withLock { state -> Held? in
        guard !state.held.isEmpty else {
          state.waiter = continuation
          return nil
        }
        return state.held.removeFirst()
      }
      if let held { continuation.resume(returning: held) }
    }
  }

  /// How many were done that `next` has not given out.
  package var count: Int { state.withLock { $0.held.count } }

  private func keep(_ held: Held) {
    let (waiter, passes) = state.withLock { state -> (CheckedContinuation<Held, Never>?, Bool) in
      defer { state.waiter = nil }
      if state.waiter == nil, state.isHolding { state.held.append(held) }
      return (state.waiter, !state.isHolding)
    }
    if let waiter { waiter.resume(returning: held) } else if passes { held.answer() }
  }

  package func submit(contentsOf commands: [any ReadCommand]) -> Admission {
    guard state.withLock({ $0.isHolding }) else { return database.submit(contentsOf: commands) }
    for (index, command) in commands.enumerated() {
      do {
        try submit(command)
      } catch {
        return Admission(accepted: index, refusal: error)
      }
    }
    return Admission(accepted: commands.count, refusal: nil)
  }

  package func submit(_ command: any ReadCommand) throws(StoreError) {
    guard state.withLock({ $0.isHolding }) else { return try database.submit(command) }
    try database.submit(
      Read(sink: InlineSink.shared) { snapshot in
        command.execute(in: snapshot)
      } completion: { result in
        switch result {
        case .success(let completion): self.keep(Held(sink: command.sink, completion: completion))
        case .failure(let error): self.keep(Held(sink: command.sink, completion: command.refusal(error)))
        }
      })
  }

  package var dialect: Dialect { database.dialect }
  package var statistics: CommitStatistics { database.statistics }

  package func submit(unhurried command: any ReadCommand) throws(StoreError) {
    guard state.withLock({ $0.isHolding }) else { return try database.submit(unhurried: command) }
    try submit(command)
  }

  package func submit(_ command: any WriteCommand) throws(StoreError) { try database.submit(command) }

  package func submit(contentsOf commands: [any WriteCommand]) -> Admission {
    database.submit(contentsOf: commands)
  }

  package func observeCommits(_ observer: @escaping @Sendable (CommitNotice) -> Void) {
    database.observeCommits(observer)
  }

  package func backup(to path: String) async throws { try await database.backup(to: path) }
  package func checkIntegrity() async throws -> [String] { try await database.checkIntegrity() }
  package func close() async { await database.close() }
}
