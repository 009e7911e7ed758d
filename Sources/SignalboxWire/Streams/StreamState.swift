import NIOCore

/// What a machine knows of one stream. Plain bytes without references, so that a call costs no reference
/// counting; what only some streams have (fragments, queued output) is kept beside the table.
struct StreamState {
  struct Flags: OptionSet {
    var rawValue: UInt8

    /// The handler was started (server).
    static let delivered = Flags(rawValue: 0x01)
    /// The client has sent END_STREAM. It sends no more messages.
    static let halfClosed = Flags(rawValue: 0x02)
    /// END or RESET went or came; only the handler keeps the slot (server).
    static let closed = Flags(rawValue: 0x04)
    /// The handler has returned (server); the slot is free as soon as the stream is closed.
    static let returned = Flags(rawValue: 0x08)
    /// There is an entry in `assemblies`.
    static let assembling = Flags(rawValue: 0x10)
    /// There is an entry in `backlogs`.
    static let backlogged = Flags(rawValue: 0x20)
  }

  var deadline: WireInstant
  /// MSG bytes that may still be sent to the peer.
  var sendCredit: Int
  var window: ReceiveWindow
  var flags: Flags
}

/// A message that is not complete.
struct MessageAssembly {
  /// Held back until the first message is complete (server).
  var header: CallHeader?
  var bytes: ByteBuffer
  /// The current window in which `minProgressBytes` must arrive, and what did.
  var progressSince: WireInstant
  var progressBytes: Int
}

/// Output that waits for credit or its turn.
struct Backlog {
  /// What is left of the message that is being sent.
  var rest: ByteBuffer?
  /// The end of the call, behind `rest` (server).
  var end: (status: Status, message: ByteBuffer?)?
  /// END_STREAM belongs on the last fragment of `rest` (client).
  var finishes = false
  /// Waits in the queue of streams that have something to send.
  var isReady = false
  /// Since when there is no credit; `never` while there is some, or after the owner was told.
  var stalledSince = WireInstant.never
}
