import NIOCore
import SignalboxCore
import SignalboxProtocol
import SignalboxStore
import SignalboxTLS
import SignalboxWire
import SwiftProtobuf

/// A call that was admitted, on its way to its handler and back.
struct Invocation {
  let method: Method
  let stream: StreamID
  let header: CallHeader
  let message: ByteBuffer
  let context: CallContext
  let started: NIODeadline
  let driver: ConnectionDriver
  let loop: LoopContext

  /// The protocol allows 100 levels; the library counts the message itself as one more.
  private static let deepestMessage = 101

  /// Nil when the caller set no limit.
  var deadline: NIODeadline? {
    header.timeoutMilliseconds == 0 ? nil : started + .milliseconds(Int64(header.timeoutMilliseconds))
  }

  func decode<Types: MethodTypes>(_ types: Types.Type) throws(Refusal) -> Types.Request {
    do {
      var options = BinaryDecodingOptions()
      options.messageDepthLimit = Self.deepestMessage
      return try message.withUnsafeReadableBytes { try Types.Request(serializedBytes: [UInt8]($0), options: options) }
    } catch {
      throw Refusal(.malformedMessage, "the message does not decode as the request of \(method.path)")
    }
  }

  func finish(_ result: Result<[UInt8], any Error>) {
    driver.finish(self, result)
  }
}

extension Invocation {
  func run<Call: ImmediateCall>(_ call: Call.Type) {
    finish(
      Result {
        let request = try decode(Call.Types.self)
        return try Call.answer(request, context).serializedBytes()
      })
  }

  func run<Call: ReadCall & SendableMetatype>(_ call: Call.Type) {
    let request: Call.Types.Request
    do {
      request = try decode(Call.Types.self)
    } catch {
      return finish(.failure(error))
    }
    let context = context
    let deadline = deadline
    let body = { @Sendable (snapshot: any Snapshot) in
      try requireTime(deadline)
      return try Call.read(request, ReadScope(context, in: snapshot)).serializedBytes() as [UInt8]
    }
    if Call.isUnhurried { return readUnhurried(body) { $0.finish($1) } }
    let back = NIOLoopBound(self, eventLoop: loop.eventLoop)
    loop.submit(Read(sink: loop.sink, body: body) { result in back.value.finish(result) })
  }

  /// Hands over a read that may take long, unless the tenant has as many of them as it may: there is one thread for all.
  ///
  /// - Parameter completion: Runs on the loop.
  func readUnhurried<Output: Sendable>(
    _ body: @escaping @Sendable (any Snapshot) throws -> Output,
    completion: @escaping (Invocation, Result<Output, any Error>) -> Void
  ) {
    let server = context.server
    let seat = context.principal.map { Occupancy.Seat.unhurriedCall($0.tenant) }
    let limit = server.limits.unhurriedCallsPerTenant
    if let seat, !server.occupancy.take(seat, atMost: limit) {
      let refusal = Refusal(
        .overloaded, "\(limit) calls of the tenant that take long are being answered; try again when one of them was",
        limit: "unhurried_calls", retryAfterMilliseconds: server.limits.retryWhenUnhurriedMilliseconds)
      return completion(self, .failure(refusal))
    }
    let back = NIOLoopBound((self, completion), eventLoop: loop.eventLoop)
    loop.submit(
      unhurried: Read(sink: loop.sink, body: body) { result in
        if let seat { server.occupancy.leave(seat) }
        let (call, completion) = back.value
        completion(call, result)
      })
  }

  func run<Call: WriteCall & SendableMetatype>(_ call: Call.Type) {
    guard let (command, remembering) = prepare(call) else { return }
    write(call, command, remembering) { finish($0) }
  }

  func run<Call: StudiedWriteCall & SendableMetatype>(_ call: Call.Type) {
    guard let (command, remembering) = prepare(call) else { return }
    write(call, command, remembering, studies: 1)
  }

  /// Nil where the call was refused.
  private func prepare<Call: WriteCall>(_ call: Call.Type) -> (Call.Command, Remembering?)? {
    do {
      return (Call.prepare(try decode(Call.Types.self), context), try remembering())
    } catch {
      finish(.failure(error))
      return nil
    }
  }

  /// How often a call is studied whose study is outdated each time before it is refused.
  private static var mostStudies: Int { 3 }

  /// Studies, then writes; again where the tenant has changed between the two.
  ///
  /// - Parameter studies: Which study this is, counted from 1.
  private func write<Call: StudiedWriteCall & SendableMetatype>(
    _ call: Call.Type, _ command: Call.Command, _ remembering: Remembering?, studies: Int
  ) {
    let (context, deadline) = (context, deadline)
    readUnhurried { snapshot in
      try requireTime(deadline)
      var studied = command
      try Call.study(&studied, ReadScope(context, in: snapshot))
      return studied
    } completion: { invocation, result in
      let studied: Call.Command
      do {
        studied = try result.get()
        try invocation.requireWanted()
      } catch {
        return invocation.finish(.failure(error))
      }
      invocation.write(call, studied, remembering) { result in
        guard case .failure(let error) = result, error is OutdatedStudy else { return invocation.finish(result) }
        guard studies < Self.mostStudies else {
          return invocation.finish(
            .failure(
              Refusal(
                .versionMismatch,
                "queues, people, groups or settings of the tenant changed \(studies) times while this was checked; "
                  + "try again")))
        }
        invocation.write(call, command, remembering, studies: studies + 1)
      }
    }
  }

  /// For a call that took its time before it changes anything: its client still waits for it and is still accepted.
  private func requireWanted() throws(Refusal) {
    guard driver.calls.contains(stream) else { throw Refusal(.cancelled, "the caller cancelled") }
    guard let identity = context.identity, context.server.tokens.isGood(identity, at: context.server.clock.now()) else {
      throw Refusal(.unauthenticated, "the token of this call was revoked or has expired")
    }
  }

  /// - Parameter completion: Runs on the loop.
  private func write<Call: WriteCall & SendableMetatype>(
    _ call: Call.Type, _ command: Call.Command, _ remembering: Remembering?,
    completion: @escaping (Result<[UInt8], any Error>) -> Void
  ) {
    let context = context
    let deadline = deadline
    let isDry = header.dryRun
    let back = NIOLoopBound(completion, eventLoop: loop.eventLoop)
    loop.submit(
      Write(tenant: context.principal?.tenant.value, isTrial: isDry, sink: loop.sink) { transaction in
        try requireTime(deadline)
        if let answer = try remembering?.answer(in: transaction, at: context.now) { return .commit(answer) }
        var scope = try WriteScope(context, in: transaction)
        let response = try Call.write(command, &scope)
        let bytes = scope.answerBegins + (try response.serializedBytes() as [UInt8])
        let revision = scope.revision
        if isDry { return .rollback(Written(bytes, at: revision)) }
        try remembering?.keep(
          try Call.remembered(response)?.serializedBytes() ?? bytes, revision, in: transaction, at: context.now)
        // Nothing after this throws, so what is put here is what the transaction keeps.
        if let configuration = scope.nextConfiguration { context.server.configurations.put(configuration) }
        return .commit(Written(bytes, at: revision, effects: scope.effects))
      } completion: { result in
        if case .success(let written) = result {
          for effect in written.effects { effect() }
        }
        back.value(
          Result {
            let written = try result.get()
            let ending = Call.ending { context.cursor(at: written.revision) }
            return written.bytes + (try ending?.serializedBytes() ?? [])
          })
      })
  }

  /// Nil for a dry run, which leaves nothing to be remembered.
  private func remembering() throws(Refusal) -> Remembering? {
    guard !header.dryRun else { return nil }
    guard let key = header.idempotencyKey, key.readableBytes > 0, let principal = context.principal else {
      throw Refusal(.keyRequired, "\(method.path) changes something: send an idempotency key of 1 to 64 bytes")
    }
    var hashed = ByteBuffer(integer: method.rawValue)
    hashed.writeImmutableBuffer(message)
    let hash = hashed.withUnsafeReadableBytes { Digest.sha256($0) }
    return Remembering(
      key: .init(
        tenant: principal.tenant, tokenTenant: principal.tokenTenant, token: principal.token,
        bytes: Array(key.readableBytesView)),
      requestHash: Array(hash.prefix(Remembering.hashBytes)))
  }
}

/// What a write has to give back once it is committed.
private struct Written: Sendable {
  var bytes: [UInt8]
  /// That of the change, also where the bytes are those of an earlier call.
  var revision: Revision
  var effects: [@Sendable () -> Void]

  init(_ bytes: [UInt8], at revision: Revision, effects: [@Sendable () -> Void] = []) {
    self.bytes = bytes
    self.revision = revision
    self.effects = effects
  }
}

/// The promise of an idempotency key: one effect, the same answer, for as long as the record is kept.
private struct Remembering: Sendable {
  static let hashBytes = 16

  let key: IdempotencyQueries.Key
  let requestHash: [UInt8]

  /// What was answered before, if the key was used; refuses a key used for something else.
  func answer(in transaction: any Transaction, at now: Timestamp) throws -> Written? {
    guard let record = try IdempotencyQueries.record(for: key, at: now, in: transaction) else { return nil }
    guard record.requestHash == requestHash else {
      throw Refusal(.keyReused, "the idempotency key was used for another request; make a new one")
    }
    return Written(record.response, at: record.revision)
  }

  func keep(_ response: [UInt8], _ revision: Revision, in transaction: any Transaction, at now: Timestamp) throws {
    try transaction.run(
      IdempotencyQueries.insert(
        .init(requestHash: requestHash, response: response, revision: revision), for: key, at: now))
  }
}

private func requireTime(_ deadline: NIODeadline?) throws(Refusal) {
  guard let deadline, NIODeadline.now() >= deadline else { return }
  throw Refusal(.deadlineExceeded, "the time given for the call was over before it began; nothing was done")
}
