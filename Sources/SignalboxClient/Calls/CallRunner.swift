import FoundationEssentials
import NIOCore
import SignalboxProtocol
import SignalboxWire
import SwiftProtobuf

/// Makes calls: encodes, finds a connection, waits, repeats what may be repeated, decodes.
final class CallRunner: Sendable {
  let pool: ConnectionPool
  let clock: ClientClock
  private let budget = RetryBudget()
  private let keys: IdempotencyKeys
  private let tenant: String?
  private let timeout: Duration

  init(_ configuration: ClientConfiguration, pool: ConnectionPool, clock: ClientClock) {
    self.pool = pool
    self.clock = clock
    keys = IdempotencyKeys(wallMilliseconds: clock.wallMilliseconds, random: clock.random)
    tenant = configuration.tenant
    timeout = configuration.callTimeout
  }

  /// One answer to one request. Throws `ClientError`, or `CancellationError` if the task is cancelled.
  func call<Types: MethodTypes>(
    _: Types.Type, _ request: Types.Request, _ options: CallOptions
  ) async throws -> Types.Response {
    var header = try header(Types.method, options)
    let message = try CallRunner.encode(request)
    let deadline = clock.now() + WireInterval(options.timeout ?? timeout)
    var policy = RetryPolicy()
    // Ends after `ClientLimits.attempts` at the latest: the policy counts.
    while true {
      header.attempt = policy.attempt
      let failure: CallFailure
      switch try await attempt(header, message, deadline) {
      case .answered(let answer):
        budget.answered()
        return try CallRunner.decode(answer, Types.method)
      case .ended(let status):
        if status.retry == .never { budget.answered() }
        failure = CallFailure(status)
      case .reset(let code): failure = CallFailure(code)
      case .turnedAway(let ending): failure = CallFailure(turnedAway: ending)
      case .lost(let ending): failure = CallFailure(ending)
      case .refused(let ending): throw ending.error
      case .notSent: throw CallRunner.noPlacement
      case .cancelled: throw CancellationError()
      }
      let left = deadline.since(clock.now())
      switch policy.decide(failure, remaining: left, random: clock.random(), budget: budget) {
      case .giveUp: throw failure.error
      case .retry(let wait): if wait.nanoseconds > 0 { try await clock.pause(wait) }
      }
    }
  }

  private func attempt(_ header: CallHeader, _ message: ByteBuffer, _ deadline: WireInstant) async throws -> CallOutcome
  {
    for _ in 0..<ClientLimits.placements {
      let connection = try await pool.acquire(until: deadline)
      let outcome = await place(header, message, deadline, on: connection)
      pool.release(connection)
      // It had begun to leave, or its server's HELLO left less room: that is no attempt.
      if outcome != .notSent { return outcome }
    }
    return .notSent
  }

  private func place(
    _ header: CallHeader, _ message: ByteBuffer, _ deadline: WireInstant, on connection: ConnectionHandle
  ) async -> CallOutcome {
    let outcome = Signal<CallOutcome>()
    let call = PendingCall(header, message: message, deadline: deadline, receiver: .single(outcome))
    return await withTaskCancellationHandler {
      guard connection.submit(.open(call)) == .taken else { return .notSent }
      return await outcome.value
    } onCancel: {
      call.cancel(on: connection)
    }
  }

  /// The header of a call's first attempt.
  func header(_ method: Method, _ options: CallOptions) throws(ClientError) -> CallHeader {
    var header = CallHeader(method: method.rawValue)
    if let key = options.idempotencyKey ?? (method.effect == .write ? keys.next() : nil) {
      guard (1...WireLimits.maxIdempotencyKeyBytes).contains(key.count) else {
        throw ClientError(
          code: .invalidArgument, reason: .keyRequired,
          message: "the idempotency key has \(key.count) bytes; use 1 to \(WireLimits.maxIdempotencyKeyBytes)")
      }
      header.idempotencyKey = ByteBuffer(bytes: key)
    }
    if let tenant { header.metadata = [Metadata(key: "tenant", value: tenant)] }
    header.traceparent = options.traceparent ?? ""
    header.dryRun = options.dryRun
    return header
  }

  /// A key used again is for the same bytes, and the order of a map is another in each process.
  private static let encoding: BinaryEncodingOptions = {
    var options = BinaryEncodingOptions()
    options.useDeterministicOrdering = true
    return options
  }()

  static func encode(_ request: some Message) throws(ClientError) -> ByteBuffer {
    do {
      return ByteBuffer(bytes: try request.serializedBytes(options: Self.encoding) as [UInt8])
    } catch {
      throw ClientError(code: .invalidArgument, message: "the request cannot be encoded: \(error)")
    }
  }

  static func decode<Response: Message>(_ answer: ByteBuffer?, _ method: Method) throws(ClientError) -> Response {
    guard let answer else {
      throw ClientError(
        code: .internal, message: "the server sent no answer to `\(method.path)`; its version may differ")
    }
    do {
      return try Response(serializedBytes: Array(answer.readableBytesView))
    } catch {
      throw ClientError(
        code: .internal, reason: .malformedMessage,
        message: "the answer to `\(method.path)` does not decode; the server's version may differ")
    }
  }

  static var noPlacement: ClientError {
    ClientError(
      code: .unavailable, reason: nil,
      message: "each of \(ClientLimits.placements) connections stopped taking calls before this one; call again later")
  }
}
