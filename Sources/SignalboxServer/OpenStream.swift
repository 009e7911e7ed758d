import SignalboxWire

/// An answer in parts, which the server sends when it has them: a watch, a replay. Lives on its connection's loop.
protocol OpenStream: AnyObject {
  var stream: StreamID { get }
  /// In whose name it runs; it ends with the token.
  var identity: Identity { get }
  /// It is on its connection, and may send.
  func opened()
  /// The client can take more.
  func hasRoom()
  /// It is off its connection: nobody waits for it any more.
  func closed()
  /// Where the client goes on after it was ended; empty where it begins anew.
  ///
  /// - Parameter discardingQueued: what was sent and has not left is not sent any more.
  func cursor(discardingQueued: Bool) -> String
}
