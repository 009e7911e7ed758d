package import NIOCore

// From the socket to the inside. See the head of TLSHandler.swift.
extension TLSHandler {
  package func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    guard phase == .handshaking || phase == .open else { return }
    inTurn = true
    var ciphertext = unwrapInboundIn(data)
    if var waiting = unread {
      // The handler asks for nothing meanwhile, so this is the rest of one turn of the channel.
      guard waiting.readableBytes + ciphertext.readableBytes <= Self.unreadLimit else {
        fail(
          context, TLSError(.overload, "more than \(Self.unreadLimit) bytes arrived that were not asked for"),
          lastBytes: ByteBuffer())
        return
      }
      unread = nil
      waiting.writeBuffer(&ciphertext)
      unread = waiting
    } else {
      advance(context, &ciphertext)
    }
  }

  package func channelReadComplete(context: ChannelHandlerContext) {
    endTurn(context)
  }

  package func read(context: ChannelHandlerContext) {
    demand = true
    if unread == nil {
      context.read()
    } else {
      scheduleTurn(context)
    }
  }

  /// Takes the connection as far as `ciphertext`, the budget and the inside allow; the rest waits.
  private func advance(_ context: ChannelHandlerContext, _ ciphertext: inout ByteBuffer) {
    if phase == .handshaking { advanceHandshake(context, &ciphertext) }
    if phase == .open, demand, budget > 0 { deliver(context, &ciphertext) }
    if phase == .open, ciphertext.readableBytes > 0 { unread = ciphertext }
  }

  private func deliver(_ context: ChannelHandlerContext, _ ciphertext: inout ByteBuffer) {
    var plaintext = ByteBuffer()
    var output = ByteBuffer()
    let outcome = engine.decrypt(&ciphertext, into: &plaintext, output: &output, budget: &budget)
    if plaintext.readableBytes > 0 {
      delivered = true
      context.fireChannelRead(wrapInboundOut(plaintext))
    }
    // The inside may have closed while it read.
    guard phase == .open else { return }
    switch outcome {
    case .needsInput, .budgetSpent:
      send(context, output)
    case .closedByPeer:
      send(context, output)
      context.fireUserInboundEventTriggered(TLSEvent.closedCleanly)
      if delivered {
        delivered = false
        context.fireChannelReadComplete()
      }
      if phase == .open { sayGoodbye(context) }
    case .failed(let error):
      fail(context, error, lastBytes: output)
    }
  }

  /// Ends a turn: tells the inside, flushes what it wrote meanwhile, and sees to it that reading goes on.
  private func endTurn(_ context: ChannelHandlerContext) {
    budget = TLSScratch.recordsPerTurn
    let gave = delivered
    delivered = false
    if gave {
      demand = false
      context.fireChannelReadComplete()
    }
    inTurn = false
    flushAtEndOfTurn(context)
    switch phase {
    case .handshaking:
      context.read()
    case .open where unread != nil:
      if demand { scheduleTurn(context) }
    case .open where demand && !gave:
      // What came was less than a record, and the inside still waits.
      context.read()
    case .open, .idle, .closing, .closed:
      break
    }
  }

  /// Goes on with `unread` after other connections have had their turn.
  private func scheduleTurn(_ context: ChannelHandlerContext) {
    guard !turnScheduled else { return }
    turnScheduled = true
    context.eventLoop.assumeIsolated().execute {
      self.turnScheduled = false
      guard self.phase == .open, self.demand, var ciphertext = self.unread else { return }
      self.unread = nil
      self.inTurn = true
      self.advance(context, &ciphertext)
      self.endTurn(context)
      // The channel only asks by itself after it has read from the socket, and here it has not.
      if self.phase == .open, !self.demand, self.readsByItself(context) {
        context.pipeline.syncOperations.read()
      }
    }
  }

  private func readsByItself(_ context: ChannelHandlerContext) -> Bool {
    (try? context.channel.syncOptions?.getOption(.autoRead)) ?? false
  }

  /// The transport ends: what arrived before is delivered, then the end is judged. Answers an error if
  /// it came too early.
  func inputEnded(_ context: ChannelHandlerContext) -> TLSError? {
    inTurn = true
    while phase == .open, var ciphertext = unread {
      unread = nil
      demand = true
      budget = TLSScratch.recordsPerTurn
      advance(context, &ciphertext)
    }
    if delivered {
      delivered = false
      context.fireChannelReadComplete()
    }
    inTurn = false
    return phase == .open || phase == .handshaking ? engine.endOfInput() : nil
  }
}
