/// What a frame's header alone must satisfy (rows 4 to 9 of the table in `Protocol/README.md`).
enum FrameRules {
  enum Sender { case client, server }

  /// Nil if the payload may be read. Rules that need the state of streams are elsewhere.
  static func violation(of header: Frame.Header, from sender: Sender, helloSeen: Bool) -> Violation? {
    guard header.stream <= StreamID.last.rawValue else {
      return .protocol("the top bit of the stream id must be 0")
    }
    guard let kind = header.kind else {
      guard helloSeen else { return .protocol("the first frame must be HELLO") }
      return header.type >= 0x80 ? nil : .protocol("unknown frame type \(header.type)")
    }
    guard helloSeen == (kind != .hello) else {
      return .protocol(helloSeen ? "HELLO is sent once" : "the first frame must be HELLO")
    }
    guard allowed(kind, from: sender).isSuperset(of: header.flags), kind != .open || sender == .client,
      kind != .end || sender == .server
    else { return .protocol("frame type \(header.type) with flags \(header.flags.rawValue) is not for this side") }
    if kind != .ping, let text = conflict(header, kind) { return .protocol(text) }
    if let violation = stream(header.stream, kind) { return violation }
    return size(header, kind)
  }

  private static func allowed(_ kind: Frame.Kind, from sender: Sender) -> Frame.Flags {
    switch kind {
    case .hello, .reset, .credit, .goAway: []
    case .open: [.endStream, .more, .noMessage]
    case .message: sender == .client ? [.endStream, .more, .noMessage] : [.more]
    case .end: [.noMessage]
    case .ping: [.ack]
    }
  }

  private static func conflict(_ header: Frame.Header, _ kind: Frame.Kind) -> String? {
    let flags = header.flags
    if flags.contains(.more), !flags.isDisjoint(with: [.endStream, .noMessage]) {
      return "MORE excludes END_STREAM and NO_MESSAGE"
    }
    if kind == .message, flags.contains(.noMessage), !flags.contains(.endStream) {
      return "NO_MESSAGE on MSG needs END_STREAM"
    }
    return nil
  }

  private static func stream(_ stream: UInt32, _ kind: Frame.Kind) -> Violation? {
    switch kind {
    case .hello, .ping, .goAway:
      stream == 0 ? nil : .protocol("frame type \(kind.rawValue) belongs to stream 0")
    case .open:
      stream % 2 == 1 ? nil : Violation(.streamID, "stream \(stream) is not odd")
    case .message, .end, .reset, .credit:
      stream % 2 == 1 ? nil : .protocol("stream \(stream) was never opened")
    }
  }

  private static func size(_ header: Frame.Header, _ kind: Frame.Kind) -> Violation? {
    let length = header.length
    let fits =
      switch kind {
      case .hello: length >= 4
      case .open, .end: true
      case .message: length == 0 || !header.flags.contains(.noMessage)
      case .reset: length >= 4 && length <= 4 &+ WireLimits.maxReasonBytes
      case .credit: length == 4
      case .ping: length == 8
      case .goAway: length >= 12 && length <= 12 &+ WireLimits.maxReasonBytes
      }
    return fits ? nil : .protocol("frame type \(header.type) cannot have \(length) payload bytes")
  }
}
