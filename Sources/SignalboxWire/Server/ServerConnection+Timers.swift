/// What time does to a connection.
extension ServerConnection {
  /// Does what is due: deadlines, silence, slow peers, the second half of a drain. Call at `nextTimer` or
  /// later, then go on with `nextEvent` and `takeOutbound`. Calling early does no harm.
  package mutating func tick(at now: WireInstant) {
    guard phase != .closed else { return }
    self.now = max(now, self.now)
    timer = .never
    checkPeer()
    guard phase != .closed else { return }
    checkStreams()
    checkAssemblies()
    guard phase != .closed else { return }
    checkBacklogs()
    if case .awaitingAck(let until) = drain {
      if self.now >= until { finalGoAway() } else { arm(until) }
    }
  }

  private mutating func checkPeer() {
    if phase == .awaitingHello {
      guard now < helloDeadline else { return fail(Violation(.timeout, "no HELLO in time")) }
      arm(helloDeadline)
    }
    if incompleteSince != .never, !hasUnseenBytes {
      let idle = keepalive.lastRead + limits.frameIdleTimeout
      let slow = incompleteSince + limits.progressWindow
      guard now < min(idle, slow) else { return fail(Violation(.timeout, "a frame was not finished in time")) }
      arm(min(idle, slow))
    }
    if unwrittenSince != .never {
      let due = unwrittenSince + limits.unwrittenTimeout
      guard now < due else { return giveUpOnReader() }
      arm(due)
    }
    // Bytes that wait to be parsed show that the peer is there.
    if !hasUnseenBytes {
      switch keepalive.step(at: now) {
      case .wait: break
      case .ping: out.ping(ServerConnection.keepalivePing, ack: false)
      case .dead: return close(.timeout, "no answer to PING", .peerSilent)
      }
    }
    arm(max(keepalive.due, WireInstant(nanoseconds: now.nanoseconds &+ 1)))
  }

  private mutating func checkStreams() {
    for slot in streams.slots {
      guard let stream = streams.stream(at: slot) else { continue }
      let deadline = streams[slot].deadline
      guard now >= deadline else {
        arm(deadline)
        continue
      }
      guard !streams[slot].flags.contains(.closed) else { continue }
      let isStarted = streams[slot].flags.contains(.delivered)
      // A handler that has returned has nothing left to stop.
      let isRunning = isStarted && !streams[slot].flags.contains(.returned)
      endByItself(stream, slot, deadlineExceeded(isStarted: isStarted))
      if isRunning { events.append(.deadlineExceeded(stream)) }
    }
  }

  private mutating func checkAssemblies() {
    for stream in assemblies.keys {
      guard let assembly = assemblies[stream], let slot = streams.slot(of: stream) else { continue }
      var due = assembly.progressSince + limits.progressWindow
      if now >= due {
        let isStarved = streams[slot].window.credit == 0
        guard isStarved || assembly.progressBytes >= limits.minProgressBytes else {
          return fail(Violation(.timeout, "the message on stream \(stream) was not finished in time"))
        }
        assemblies[stream]?.progressSince = now
        assemblies[stream]?.progressBytes = 0
        due = now + limits.progressWindow
      }
      arm(due)
    }
  }

  private mutating func checkBacklogs() {
    for stream in backlogs.keys.sorted() {
      guard let backlog = backlogs[stream], backlog.stalledSince != .never,
        let slot = streams.slot(of: stream)
      else { continue }
      let due = backlog.stalledSince + limits.stallTimeout
      guard now >= due else {
        arm(due)
        continue
      }
      if backlog.end == nil {
        backlogs[stream]?.stalledSince = .never
        events.append(.slowConsumer(stream))
      } else {
        endByItself(stream, slot, slowConsumer)
      }
    }
  }

  /// The transport has this many bytes that the peer did not take. Call when it changes across `maxUnwrittenBytes`.
  package mutating func unwritten(_ bytes: Int, at now: WireInstant) {
    if bytes <= limits.maxUnwrittenBytes {
      unwrittenSince = .never
    } else if unwrittenSince == .never {
      unwrittenSince = now
      arm(now + limits.unwrittenTimeout)
    }
  }

  private mutating func giveUpOnReader() {
    for stream in streams.streams() {
      guard let slot = streams.slot(of: stream), !streams[slot].flags.contains(.closed) else { continue }
      endByItself(stream, slot, slowConsumer)
    }
    close(.timeout, "output was not read", .peerNotReading)
  }

  func deadlineExceeded(isStarted: Bool) -> Status {
    Status(
      .deadlineExceeded, reason: WireReason.deadlineExceeded, message: "the call did not finish in time",
      retry: isStarted ? .sameKey : .notExecuted)
  }

  private var slowConsumer: Status {
    Status(
      .resourceExhausted, reason: WireReason.slowConsumer, message: "the answer was not read in time")
  }
}
