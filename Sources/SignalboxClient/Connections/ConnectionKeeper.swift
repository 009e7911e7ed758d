import Logging
import NIOCore
import SignalboxWire

/// Keeps one place of the pool filled: connects, waits until the connection takes no more calls, connects again.
struct ConnectionKeeper: Sendable {
  let pool: ConnectionPool
  let transport: Transport
  let clock: ClientClock
  let configuration: ClientConfiguration

  /// Runs until the pool has stopped, then until its connections have ended.
  func run() async {
    var failures = 0
    var old: [ConnectionHandle] = []
    while let handle = pool.begin(on: transport.nextLoop()) {
      let begun = clock.now()
      connect(handle)
      let ending: ConnectionEnding
      if let failure = await handle.started.value {
        pool.notStarted(handle)
        ending = failure
      } else {
        ending = await handle.leaving.value
        old.append(handle)
      }
      let wasGood = ending.sawHello && clock.now().since(begun) >= ClientLimits.stableAfter
      failures = wasGood ? 0 : failures + 1
      log(ending, failures)
      if ending.error.code == .unauthenticated {
        // Who speaks stays the same, so every further connection would end like this one.
        pool.stop(.close, ending.error)
        break
      }
      if !ending.sawHello || ending.isFatal { pool.failed(ending) }
      if !(wasGood && ending.isOrderly) || ending.retryAfter.nanoseconds > 0 {
        let wait = Backoff.reconnect.wait(afterFailures: failures, random: clock.random())
        do { try await clock.pause(max(wait, ending.retryAfter)) } catch { break }
      }
      // Connections that drain are bounded: beyond that the oldest has to end first.
      if old.count > ClientLimits.draining { await old.removeFirst().closed.value }
    }
    for handle in old { await handle.closed.value }
  }

  private func connect(_ handle: ConnectionHandle) {
    let loop = handle.eventLoop
    transport.connect(loop).hop(to: loop).whenComplete { result in
      switch result {
      case .success(let channel):
        do {
          try transport.secure?(channel)
          try channel.pipeline.syncOperations.addHandler(driver(handle))
        } catch {
          handle.end(ConnectionEnding(error, configuration.address))
          channel.close(promise: nil)
        }
      case .failure(let error):
        handle.end(ConnectionEnding(error, configuration.address))
      }
    }
  }

  private func driver(_ handle: ConnectionHandle) -> ConnectionDriver {
    var hello = Hello()
    hello.software = String(decoding: configuration.software.utf8.prefix(ClientLimits.softwareBytes), as: UTF8.self)
    hello.token = configuration.token ?? ""
    hello.nowMilliseconds = Int64(clamping: clock.wallMilliseconds())
    return ConnectionDriver(
      handle: handle, pool: pool, hello: hello, address: configuration.address,
      startsWhenAdded: transport.secure == nil)
  }

  private func log(_ ending: ConnectionEnding, _ failures: Int) {
    guard let logger = configuration.logger else { return }
    // The first of a series is news; the others only say that it lasts.
    let level: Logger.Level = ending.isOrderly ? .info : failures <= 1 ? .warning : .debug
    logger.log(
      level: level, "connection ended",
      metadata: ["server": "\(configuration.address)", "cause": "\(ending.error.message)", "failures": "\(failures)"])
  }
}
