import NIOCore
import NIOEmbedded
import SignalboxWire
import Synchronization

@testable import SignalboxClient

/// Stands where TCP and TLS are: what comes of each attempt to connect is written down beforehand, and each connection
/// that is made is handed to the test, which plays the server.
final class TestNetwork: Sendable {
  enum Attempt: Sendable {
    case connects
    case fails(any Error)
    /// Neither succeeds nor fails before the test is over.
    case hangs
  }

  private struct State {
    var attempts: [Attempt]
    var hanging: [EventLoopPromise<any Channel>] = []
  }

  private let loop: NIOAsyncTestingEventLoop
  private let state: Mutex<State>
  private let connections = AsyncStream<NIOAsyncTestingChannel>.makeStream()

  /// Attempts beyond those that are listed hang.
  init(_ loop: NIOAsyncTestingEventLoop, _ attempts: [Attempt]) {
    self.loop = loop
    state = Mutex(State(attempts: attempts))
  }

  var transport: Transport {
    let loop = loop
    return Transport(nextLoop: { loop }, connect: { _ in self.connect() }, secure: nil)
  }

  private func connect() -> EventLoopFuture<any Channel> {
    let promise = loop.makePromise(of: (any Channel).self)
    let attempt = state.withLock { $0.attempts.isEmpty ? .hangs : $0.attempts.removeFirst() }
    switch attempt {
    case .connects:
      let channel = NIOAsyncTestingChannel(loop: loop)
      do {
        let address = try SocketAddress(ipAddress: "127.0.0.1", port: 7443)
        channel.connect(to: address).map { channel as any Channel }.cascade(to: promise)
        channel.closeFuture.whenComplete { _ in }
        connections.continuation.yield(channel)
      } catch {
        promise.fail(error)
      }
    case .fails(let error): promise.fail(error)
    case .hangs: state.withLock { $0.hanging.append(promise) }
    }
    return promise.futureResult
  }

  /// The next connection, from the server's end.
  func accept(limits: WireLimits = .standard) async -> ScriptedServer {
    for await channel in connections.stream { return ScriptedServer(channel, limits) }
    preconditionFailure("the network was closed")
  }

  func close() {
    let hanging = state.withLock { state in
      defer { state.hanging = [] }
      return state.hanging
    }
    for promise in hanging { promise.fail(ChannelError.eof) }
  }
}
