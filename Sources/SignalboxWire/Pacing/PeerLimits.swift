/// What the peer accepts: the defaults until its HELLO is read.
struct PeerLimits: Equatable {
  var maxFrameBytes = WireLimits.standard.maxFrameBytes
  var maxMessageBytes = WireLimits.standard.maxMessageBytes
  var maxStreams = WireLimits.standard.maxStreams
  var initialWindowBytes = WireLimits.standard.initialWindowBytes
  var maxMetadataBytes = WireLimits.standard.maxMetadataBytes

  init() {}

  /// Nil if a value is outside what its sender may announce.
  init?(_ hello: Hello, from sender: FrameRules.Sender) {
    let standard = WireLimits.standard
    let frameFloor = sender == .server ? standard.maxFrameBytes : WireLimits.minClientFrameBytes
    let windowFloor = sender == .server ? standard.initialWindowBytes : WireLimits.minClientWindowBytes
    if hello.maxFrame != 0 { maxFrameBytes = Int(hello.maxFrame) }
    if hello.maxMessage != 0 { maxMessageBytes = Int(hello.maxMessage) }
    if hello.maxStreams != 0 { maxStreams = Int(hello.maxStreams) }
    if hello.initialWindow != 0 { initialWindowBytes = Int(hello.initialWindow) }
    if hello.maxMetadata != 0 { maxMetadataBytes = Int(hello.maxMetadata) }
    guard maxFrameBytes >= frameFloor, initialWindowBytes >= windowFloor,
      initialWindowBytes <= WireLimits.maxWindowBytes
    else { return nil }
  }

  /// Payload bytes of the largest frame that may be sent.
  func maxPayload(own limits: WireLimits) -> Int {
    min(maxFrameBytes, limits.maxFrameBytes) - Frame.headerBytes
  }
}
