import NIOCore
import SignalboxWire

/// From tasks to the machine.
extension ConnectionDriver {
  func act(on order: ConnectionHandle.Order) {
    switch order {
    case .open(let call): open(call)
    case .cancel(let call):
      guard let stream = call.openStream, calls.removeValue(forKey: stream) != nil else { return }
      machine?.cancel(stream)
    case .consumed(let call):
      guard case .stream(let mailbox) = call.receiver, let stream = call.openStream else { return }
      machine?.consumed(mailbox.takeConsumed(), on: stream)
    case .leave: leave()
    case .close:
      if ending == nil { ending = ConnectionEnding(.stopped, isFatal: true) }
      closeNow()
    }
  }

  private func open(_ call: PendingCall) {
    guard !call.isAbandoned else { return }
    guard machine != nil, !isLeaving else { return call.end(.notSent) }
    let now = WireInstant(handle.eventLoop.now)
    var header = call.header
    if call.deadline != .never {
      let left = call.deadline.since(now)
      guard left.nanoseconds > 0 else {
        return call.end(.ended(ConnectionDriver.outOfTime))
      }
      header.timeoutMilliseconds = left.milliseconds
    }
    switch machine?.open(header, message: call.message, endStream: true, at: now) {
    case .opened(let stream):
      call.opened(stream)
      calls[stream] = ActiveCall(call: call)
    case .exhausted:
      isLeaving = true
      machine?.leave()
      noMoreCalls(ConnectionEnding(.stopped))
      call.end(.notSent)
    case .draining, .tooManyStreams, nil:
      call.end(.notSent)
    case .messageTooLarge:
      call.end(
        .ended(
          Status(
            .resourceExhausted, reason: WireReason.messageTooLarge,
            message: "the request has \(call.message.readableBytes) bytes and the server takes fewer; send less")))
    case .metadataTooLarge:
      call.end(
        .ended(
          Status(
            .resourceExhausted, reason: WireReason.metadataTooLarge,
            message: "the tenant's name or the trace context is too long for a call's metadata; send less")))
    }
  }

  private static var outOfTime: Status {
    Status(.deadlineExceeded, reason: WireReason.deadlineExceeded, message: ClientError.outOfTime.message)
  }

  private func leave() {
    guard machine != nil else { return closeNow() }
    isLeaving = true
    machine?.leave()
    let ending = ConnectionEnding(.stopped, isFatal: true)
    // Watches would stay for ever.
    for (stream, active) in calls {
      guard case .stream = active.call.receiver else { continue }
      calls[stream] = nil
      machine?.cancel(stream)
      active.call.end(.lost(ending))
    }
    noMoreCalls(ending)
  }

  /// Tells pool and keeper, so that another connection takes over.
  func noMoreCalls(_ ending: ConnectionEnding) {
    var ending = ending
    ending.sawHello = sawHello
    pool.leaving(handle)
    handle.leaving.fulfil(ending)
  }
}
