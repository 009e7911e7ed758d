/// Why a stream ends without a status.
package enum ResetCode: UInt32, Hashable, Sendable, CaseIterable {
  /// The sender no longer wants the call. It may have been executed.
  case cancel = 1
  /// The call was not executed and may be sent again.
  case refused = 2
  /// The sender's own fault. Unknown codes are read as this one.
  case `internal` = 3

  package init(onWire value: UInt32) { self = ResetCode(rawValue: value) ?? .internal }
}
