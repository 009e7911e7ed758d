/// Every bound of a connection, with the defaults of protocol version 1. A machine takes them once;
/// they do not change during a connection.
package struct WireLimits: Sendable, Equatable {
  // Announced in HELLO: what this side accepts.
  /// Bytes of one frame, its 10 header bytes included. One TLS record.
  package var maxFrameBytes = 16_384
  /// Bytes of one message, all fragments together.
  package var maxMessageBytes = 1 << 20
  /// Calls at the same time; a call counts until its handler has returned.
  package var maxStreams = 128
  /// MSG payload bytes a peer may send on a stream before it needs CREDIT.
  package var initialWindowBytes = 256 << 10
  /// Bytes of all metadata keys and values of a call.
  package var maxMetadataBytes = 8 << 10

  // Fixed by the protocol.
  package static let maxMetadataEntries = 32
  package static let maxMetadataKeyBytes = 64
  package static let maxIdempotencyKeyBytes = 64
  /// Bytes of the reason text of RESET and GOAWAY.
  package static let maxReasonBytes = 256
  /// Encoded bytes of a Status, so that END fits the smallest frame a client may ask for.
  package static let maxStatusBytes = 4_080
  /// The smallest `max_frame` and `initial_window` a client may announce; a server's are the defaults.
  package static let minClientFrameBytes = 4_096
  package static let minClientWindowBytes = 1_024
  package static let maxWindowBytes = Int(Int32.max)
  package static let standard = WireLimits()

  // Enforced by the receiver.
  package var helloTimeout = WireInterval.seconds(5)
  /// The n-th CallHeader that cannot be decoded ends the connection.
  package var maxMalformedHeaders = 3
  /// A client that opens a stream over its limit twice within this time is sent away.
  package var refusalWindow = WireInterval.seconds(1)
  /// The window of the four counts that follow.
  package var abuseWindow = WireInterval.seconds(30)
  package var maxResets = 200
  package var maxControlFrames = 200
  /// Frames on streams that are closed already.
  package var maxLateFrames = 1_000
  /// Retry-after of a GOAWAY(CALM).
  package var calmRetryAfterMilliseconds: UInt32 = 30_000
  package var maxPings = 3
  package var busyPingWindow = WireInterval.seconds(10)
  package var idlePingWindow = WireInterval.seconds(60)
  /// Without a byte for this long inside a frame.
  package var frameIdleTimeout = WireInterval.seconds(10)
  /// An unfinished frame or message must grow by `minProgressBytes` in each `progressWindow`.
  package var progressWindow = WireInterval.seconds(30)
  package var minProgressBytes = 30 << 10
  /// Bytes of unfinished messages on the whole connection.
  package var maxAssemblyBytes = 8 << 20

  // Enforced on our own output.
  /// Bytes the transport has not taken for `unwrittenTimeout`: the peer does not read.
  package var maxUnwrittenBytes = 1 << 20
  package var unwrittenTimeout = WireInterval.seconds(30)
  /// A stream with output and without credit for this long has a slow consumer.
  package var stallTimeout = WireInterval.seconds(30)
  /// Bytes gathered by one `takeOutbound` while fragments of large messages wait.
  package var outboundChunkBytes = 64 << 10
  /// Nothing read for this long: PING.
  package var serverKeepalive = WireInterval.seconds(60)
  package var clientKeepalive = WireInterval.seconds(30)
  /// Nothing read for this long after the PING: the peer is gone.
  package var keepaliveTimeout = WireInterval.seconds(10)
  /// The longest the first half of a drain waits for its PING.
  package var drainPingTimeout = WireInterval.seconds(5)
  /// How much later than the server a client gives up on a deadline.
  package var clientDeadlineGrace = WireInterval.milliseconds(10)

  package init() {}

  /// A server may not go below the defaults of what a client may use before it has read HELLO.
  var forServer: WireLimits {
    var limits = self
    limits.maxFrameBytes = max(maxFrameBytes, WireLimits.standard.maxFrameBytes)
    limits.initialWindowBytes = min(
      max(initialWindowBytes, WireLimits.standard.initialWindowBytes), WireLimits.maxWindowBytes)
    return limits
  }

  var forClient: WireLimits {
    var limits = self
    limits.maxFrameBytes = max(maxFrameBytes, WireLimits.minClientFrameBytes)
    limits.initialWindowBytes = min(
      max(initialWindowBytes, WireLimits.minClientWindowBytes), WireLimits.maxWindowBytes)
    return limits
  }
}
