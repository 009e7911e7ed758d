/// Why a connection ends.
package enum GoAwayCode: UInt32, Hashable, Sendable, CaseIterable {
  /// In order: a drain, or a client that leaves.
  case noError = 0
  /// The peer broke a rule that has no code of its own.
  case `protocol` = 1
  case frameSize = 2
  case streamID = 3
  case flowControl = 4
  /// The peer asks for too much; retry-after says when to come back.
  case calm = 5
  case timeout = 6
  /// The sender's own fault. Unknown codes are read as this one.
  case `internal` = 7
  /// The identity of the connection is not, or no longer, accepted.
  case unauthenticated = 8

  package init(onWire value: UInt32) { self = GoAwayCode(rawValue: value) ?? .internal }
}
