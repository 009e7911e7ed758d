import NIOCore
import NIOEmbedded
import SignalboxWire
import Synchronization
import Testing

@testable import SignalboxClient

@Suite struct ConnectionPoolTests {
  private let time = TestClock()

  private func pool(connections: Int) throws -> (ConnectionPool, [ConnectionHandle]) {
    let pool = ConnectionPool(connections: connections, clock: time.clock)
    #expect(pool.run())
    let handles = try (0..<connections).map { _ in try #require(pool.begin(on: time.loop)) }
    for handle in handles { pool.started(handle) }
    return (pool, handles)
  }

  /// Waits until a task has joined the line.
  private func untilWaiting(_ count: Int, in pool: ConnectionPool) async {
    while pool.state.withLock({ $0.waiters.count }) < count { await Task.yield() }
  }

  @Test func theLeastBusyConnectionIsTaken() async throws {
    let (pool, handles) = try pool(connections: 3)
    var taken: [Int] = []
    for _ in 0..<6 {
      let handle = try await pool.acquire(until: .never)
      taken.append(try #require(handles.firstIndex { $0 === handle }))
    }
    #expect(taken == [0, 1, 2, 0, 1, 2])
    pool.release(handles[1])
    let next = try await pool.acquire(until: .never)
    #expect(next === handles[1])
  }

  @Test func aConnectionThatLeavesIsNotTaken() async throws {
    let (pool, handles) = try pool(connections: 2)
    pool.leaving(handles[0])
    for _ in 0..<2 { #expect(try await pool.acquire(until: .never) === handles[1]) }
    // Its places are not given back to anybody.
    pool.release(handles[0])
    #expect(pool.state.withLock { $0.members.map(\.load) } == [2])
  }

  @Test func beyondTheRoomCallsWaitInOrder() async throws {
    let (pool, handles) = try pool(connections: 1)
    pool.sawHello(handles[0], capacity: 1)
    _ = try await pool.acquire(until: .never)
    let order = AsyncStream<Int>.makeStream()
    var tasks: [Task<Void, any Error>] = []
    for number in 0..<3 {
      tasks.append(
        Task {
          let handle = try await pool.acquire(until: .never)
          order.continuation.yield(number)
          pool.release(handle)
        })
      await untilWaiting(number + 1, in: pool)
    }
    pool.release(handles[0])
    var seen: [Int] = []
    for await number in order.stream.prefix(3) { seen.append(number) }
    #expect(seen == [0, 1, 2])
    for task in tasks { try await task.value }
  }

  @Test func theLineIsBounded() async throws {
    let (pool, handles) = try pool(connections: 1)
    pool.sawHello(handles[0], capacity: 0)
    let tasks = (0..<ClientLimits.waitingCalls).map { _ in Task { try await pool.acquire(until: .never) } }
    await untilWaiting(ClientLimits.waitingCalls, in: pool)
    let error = await clientError(Task { try await pool.acquire(until: .never) })
    #expect(error?.code == .resourceExhausted)
    #expect(error?.reason == .overloaded)
    pool.stop(.close)
    for task in tasks { #expect(await clientError(task) == .stopped) }
  }

  @Test func watchesAreBoundedApart() async throws {
    let (pool, handles) = try pool(connections: 1)
    for _ in 0..<ClientLimits.watchesPerConnection { _ = try await pool.acquire(isWatch: true, until: .never) }
    let error = await clientError(Task { try await pool.acquire(isWatch: true, until: .never) })
    #expect(error?.reason == .tooManyWatches)
    _ = try await pool.acquire(until: .never)
    pool.release(handles[0], isWatch: true)
    _ = try await pool.acquire(isWatch: true, until: .never)
  }

  @Test func aCancelledWaitGivesItsPlaceInLineAway() async throws {
    let (pool, handles) = try pool(connections: 1)
    pool.sawHello(handles[0], capacity: 1)
    _ = try await pool.acquire(until: .never)
    let impatient = Task { try await pool.acquire(until: .never) }
    await untilWaiting(1, in: pool)
    let patient = Task { try await pool.acquire(until: .never) }
    await untilWaiting(2, in: pool)
    impatient.cancel()
    #expect(await failure(impatient) is CancellationError)
    pool.release(handles[0])
    #expect(try await patient.value === handles[0])
  }

  @Test func aWaitEndsWithItsDeadline() async throws {
    let (pool, handles) = try pool(connections: 1)
    pool.sawHello(handles[0], capacity: 0)
    let task = Task { try await pool.acquire(until: WireInstant(nanoseconds: 0) + .seconds(2)) }
    await untilWaiting(1, in: pool)
    await time.loop.run()
    // The alarm is set right after joining the line.
    while pool.state.withLock({ !$0.waiters.isEmpty }) { await time.loop.advanceTime(by: .seconds(2)) }
    #expect(await clientError(task) == .outOfTime)
  }
}
