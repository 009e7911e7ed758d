import Dispatch
import SignalboxStore
import Synchronization

/// Holds a thread of the store inside a body until it is opened, so that tests need not sleep.
final class Gate: Sendable {
  private let entered = Signal()
  private let opened = DispatchSemaphore(value: 0)

  /// Called by the body that is to be held.
  func pass() {
    entered.set()
    opened.wait()
  }

  func open() {
    opened.signal()
  }

  /// Returns when a body is being held.
  func untilEntered() async {
    await entered.wait()
  }

  /// Holds the writer of `database` and returns when it is held.
  static func holdingWriter(of database: any Database) async throws -> Gate {
    let gate = Gate()
    try database.submit(
      Write(
        sink: InlineSink.shared, body: { _ in .commit(gate.pass()) }, completion: { _ in }))
    await gate.untilEntered()
    return gate
  }
}

/// Something that happens once and can be waited for.
final class Signal: Sendable {
  private struct State {
    var isSet = false
    var waiting: [CheckedContinuation<Void, Never>] = []
  }

  private let state = Mutex(State())

  func set() {
    let waiting = state.withLock { state in
      state.isSet = true
      defer { state.waiting = [] }
      return state.waiting
    }
    for continuation in waiting { continuation.resume() }
  }

  func wait() async {
    await withCheckedContinuation { continuation in
      let isSet = state.withLock { state in
        if !state.isSet { state.waiting.append(continuation) }
        return state.isSet
      }
      if isSet { continuation.resume() }
    }
  }

  var isSet: Bool {
    state.withLock { $0.isSet }
  }
}

/// A sink that runs answers at once and remembers how they came.
final class RecordingSink: CompletionSink {
  private let sizes = Mutex<[Int]>([])
  private let expected: Int
  private let all = Signal()

  /// - Parameter expected: how many answers `untilAll` waits for.
  init(expecting expected: Int) {
    self.expected = expected
  }

  func deliver(_ completions: [Completion]) {
    for completion in completions { completion() }
    let total = sizes.withLock { sizes in
      sizes.append(completions.count)
      return sizes.reduce(0, +)
    }
    if total >= expected { all.set() }
  }

  /// How many answers came in each delivery.
  func untilAll() async -> [Int] {
    await all.wait()
    return sizes.withLock { $0 }
  }
}

/// Results, in the order in which they were given.
final class Results<Output: Sendable>: Sendable {
  private let results = Mutex<[Result<Output, any Error>]>([])

  func add(_ result: Result<Output, any Error>) {
    results.withLock { $0.append(result) }
  }

  var count: Int { results.withLock { $0.count } }

  /// The outputs, or what was thrown in their place.
  var errors: [StoreError?] {
    results.withLock { results in
      results.map { result in
        if case .failure(let error) = result { error as? StoreError } else { nil }
      }
    }
  }

  var outputs: [Output?] {
    results.withLock { $0.map { try? $0.get() } }
  }
}
