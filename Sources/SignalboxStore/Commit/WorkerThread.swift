import Dispatch
import Foundation
import Synchronization

/// A thread that belongs to the store. Databases block, so their work has threads of its own and
/// never borrows those of the event loops or of Swift's tasks.
struct WorkerThread: Sendable {
  private let ended = DispatchSemaphore(value: 0)

  private init() {}

  /// Starts a thread that makes its resource (a connection, which must not change threads) and then
  /// works with it. Returns when the resource is made; throws what making it threw.
  ///
  /// - Parameter givesWay: runs only while other threads leave it a processor.
  static func start<Resource>(
    name: String, givesWay: Bool = false,
    making make: @escaping @Sendable () throws -> Resource,
    running run: @escaping @Sendable (Resource) -> Void
  ) throws -> WorkerThread {
    let worker = WorkerThread()
    let made = DispatchSemaphore(value: 0)
    let failure = Mutex<(any Error)?>(nil)
    begin(name: name, givesWay: givesWay) {
      do {
        let resource = try make()
        made.signal()
        run(resource)
      } catch {
        failure.withLock { $0 = error }
        made.signal()
      }
      worker.ended.signal()
    }
    made.wait()
    if let error = failure.withLock({ $0 }) { throw error }
    return worker
  }

  /// Blocks until the thread has ended. May be called by several, but not by the thread itself.
  func join() {
    ended.wait()
    ended.signal()
  }

  /// Runs one long job on a thread made for it.
  static func perform<Output: Sendable>(
    name: String, _ job: @escaping @Sendable () throws -> Output
  ) async throws -> Output {
    try await withCheckedThrowingContinuation { continuation in
      begin(name: name) { continuation.resume(with: Result { try job() }) }
    }
  }

  /// The lowest that the system knows.
  private static let lowestPriority: Int32 = 19

  private static func begin(name: String, givesWay: Bool = false, _ body: @escaping @Sendable () -> Void) {
    let isStarted = DispatchSemaphore(value: 0)
    let thread = Thread {
      // Foundation passes a name on to the system only from the thread itself, once it is started.
      isStarted.wait()
      Thread.current.name = name
      // On Linux this is the calling thread's alone. Should it fail, the thread is as good as any other.
      if givesWay { setpriority(__priority_which_t(PRIO_PROCESS.rawValue), 0, Self.lowestPriority) }
      body()
    }
    thread.start()
    isStarted.signal()
  }
}
