package import NIOCore

/// What the server's driver has to do. Buffers share storage with what was read.
package enum ServerEvent: Equatable {
  /// The client's HELLO; always the first event but `close`.
  case hello(Hello)
  /// Start a handler. `message` is complete, or nil if the client sent none. A unary call whose
  /// `moreMessages` is true is to be refused with SECOND_MESSAGE. Each `call` ends with `handlerReturned` or `reject`.
  case call(StreamID, CallHeader, message: ByteBuffer?, moreMessages: Bool)
  /// A further message of a call; nil says that none follows and the last has been delivered. Report it with
  /// `consumed` when done.
  case message(StreamID, ByteBuffer?, last: Bool)
  /// The client has reset the call. Stop the handler; nothing can be sent any more.
  case cancelled(StreamID, ResetCode)
  /// Time is up and the client has been told. Stop the handler.
  case deadlineExceeded(StreamID)
  /// Everything queued by `send` has gone; send more.
  case writable(StreamID)
  /// The client has not taken anything for 30 s. End the call, with `discardingQueued` and its last cursor.
  case slowConsumer(StreamID)
  /// The client opens no more streams.
  case clientLeaving(GoAwayCode)
  /// A drain is complete: no call is left. Close when the output is written.
  case drained
  /// Write what `takeOutbound` still gives, then close. Stop all handlers. No event follows.
  case close(CloseReason)
}

/// Why a machine ended its connection.
package enum CloseReason: Equatable, Sendable {
  /// The peer broke a rule; it has been told with this GOAWAY.
  case violation(GoAwayCode, String)
  /// The peer sent this GOAWAY.
  case peerError(GoAwayCode)
  /// A keepalive PING was not answered.
  case peerSilent
  /// More than 1 MiB was unwritten for 30 s.
  case peerNotReading
  /// The owner ended it: `finishDrain` or `close`.
  case ended(GoAwayCode)
}

/// What became of a message given to `send`.
package enum SendOutcome: Equatable, Sendable {
  /// All of it is in the output. More may be sent.
  case sent
  /// Accepted; it waits for credit or its turn. Send no more before `writable`.
  case queued
  /// Not accepted, because an earlier message is still queued.
  case full
  /// Not accepted, because it is over the peer's `max_message`.
  case tooLarge
  /// The stream has ended or never was.
  case gone
}
