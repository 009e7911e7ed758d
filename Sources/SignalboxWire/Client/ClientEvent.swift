package import NIOCore

/// What the client's driver has to do. Buffers share storage with what was read.
package enum ClientEvent: Equatable {
  /// The server's HELLO.
  case hello(Hello)
  /// A message of a streaming answer. Report it with `consumed` when done.
  case message(StreamID, ByteBuffer)
  /// The call is over. `message` is the last or only message of the answer, nil if there is none.
  case ended(StreamID, Status, message: ByteBuffer?)
  /// The call is over without a status. `refused` means it was not executed.
  case reset(StreamID, ResetCode)
  /// Everything queued by `send` has gone; send more.
  case writable(StreamID)
  /// Open no more streams here. For each open stream above `lastStream` a `reset(_, .refused)` follows.
  case goAway(lastStream: StreamID, GoAwayCode, retryAfterMilliseconds: UInt32)
  /// The answer to `ping`.
  case pong(UInt64)
  /// Write what `takeOutbound` still gives, then close. Calls that have not ended may or may not have been
  /// executed. No event follows.
  case close(CloseReason)
}

/// What became of `open`.
package enum OpenOutcome: Equatable, Sendable {
  case opened(StreamID)
  /// GOAWAY was received or sent, or the connection is closed. Use another connection.
  case draining
  /// `max_streams` calls are open. Wait for one to end.
  case tooManyStreams
  /// Over the server's `max_message`.
  case messageTooLarge
  /// Over the server's `max_metadata` or 32 entries, or the header does not fit a frame.
  case metadataTooLarge
  /// No id is left; use another connection.
  case exhausted
}
