/// The number of a call on its connection: odd, chosen by the client, strictly increasing.
package struct StreamID: Hashable, Comparable, Sendable, ExpressibleByIntegerLiteral, CustomStringConvertible {
  package var rawValue: UInt32

  package init(_ rawValue: UInt32) { self.rawValue = rawValue }
  package init(integerLiteral value: UInt32) { rawValue = value }

  /// The highest id there is; in a GOAWAY it means "nothing is refused yet".
  package static let last = StreamID(0x7fff_ffff)

  package static func < (a: StreamID, b: StreamID) -> Bool { a.rawValue < b.rawValue }
  package var description: String { "\(rawValue)" }
}
