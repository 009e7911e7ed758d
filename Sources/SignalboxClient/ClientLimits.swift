import SignalboxWire

/// Every bound of the client that is not the protocol's.
enum ClientLimits {
  /// Connections of one client.
  static let connections = 64
  /// Calls at the same time on one connection; fewer if the server's HELLO says so.
  static let callsPerConnection = 128
  /// Of these, watches: they stay, and calls need room beside them.
  static let watchesPerConnection = 64
  /// Calls of one client that wait for a connection, or for room on one.
  static let waitingCalls = 1_000
  /// Calls on their way from tasks to the event loop of one connection.
  static let inbox = 4_096
  /// How often one attempt looks for another connection because the chosen one had just stopped taking calls.
  static let placements = 8
  /// Connections of one place in the pool that still finish calls after the server asked for a drain.
  static let draining = 4

  /// Attempts of a call, the first included.
  static let attempts: UInt32 = 4
  /// Resumptions of a watch that bring nothing, in a row.
  static let fruitlessResumptions = 100
  /// Retries that a client has in hand when all goes well.
  static let retryTokens = 20
  /// Answers that earn one retry.
  static let answersPerRetryToken = 10

  /// The first wait before a retry; each further is twice as long.
  static let retryBase = WireInterval.milliseconds(100)
  static let retryCeiling = WireInterval.seconds(5)
  /// The first wait before a connection is tried again.
  static let reconnectBase = WireInterval.milliseconds(100)
  static let reconnectCeiling = WireInterval.seconds(10)
  /// A connection that lived so long was a good one: the waits begin anew.
  static let stableAfter = WireInterval.seconds(10)
  /// The longest a server's retry-after is obeyed.
  static let retryAfterCeiling = WireInterval.seconds(60)

  /// Bytes of watched messages that are taken before the server hears of it while more are at hand.
  static let creditStep = 64 << 10
  static let tokenBytes = 4_096
  static let softwareBytes = 256
}
