/// The constants of the frame layout.
package enum Frame {
  /// u32 length, u32 stream, u8 type, u8 flags.
  package static let headerBytes = 10
  /// `SBX1`, ahead of the Hello.
  package static let magic: UInt32 = 0x5342_5831

  package enum Kind: UInt8, Sendable, CaseIterable {
    case hello = 0x01
    case open = 0x02
    case message = 0x03
    case end = 0x04
    case reset = 0x05
    case credit = 0x06
    case ping = 0x07
    case goAway = 0x08
  }

  package struct Flags: OptionSet, Hashable, Sendable {
    package var rawValue: UInt8
    package init(rawValue: UInt8) { self.rawValue = rawValue }

    /// The client sends no further message on this stream.
    package static let endStream = Flags(rawValue: 0x01)
    /// The same bit, on PING: this is the reply.
    package static let ack = Flags(rawValue: 0x01)
    /// The message goes on in the next frame of this stream.
    package static let more = Flags(rawValue: 0x02)
    /// There is no message, as opposed to an empty one.
    package static let noMessage = Flags(rawValue: 0x04)
  }

  /// The first ten bytes of a frame, not judged yet.
  package struct Header: Equatable, Sendable {
    package var length: Int
    package var stream: UInt32
    package var type: UInt8
    package var flags: Flags

    package init(length: Int, stream: UInt32, type: UInt8, flags: Flags) {
      self.length = length
      self.stream = stream
      self.type = type
      self.flags = flags
    }

    /// Nil if the type is not one of version 1.
    package var kind: Kind? { Kind(rawValue: type) }
  }
}

/// A rule that the peer broke, and so the end of the connection.
struct Violation: Equatable {
  var code: GoAwayCode
  /// At most 256 bytes; sent to the peer.
  var text: String

  init(_ code: GoAwayCode, _ text: String) {
    self.code = code
    self.text = text
  }

  static func `protocol`(_ text: String) -> Violation { Violation(.protocol, text) }
}
