/// What may differ from call to call. The defaults do for most.
public struct CallOptions: Sendable {
  /// How long the caller is ready to wait, all attempts and the wait for a connection included. Nil: the
  /// `callTimeout` of the configuration. A watch has no end of its own and ignores it.
  public var timeout: Duration?

  /// 1 to 64 bytes that name this change, for callers who may have to repeat it after a restart of their own. Nil: the
  /// library makes one for each call that changes something, and keeps it over its own retries.
  public var idempotencyKey: [UInt8]?

  /// The server decides and answers as it would, but keeps nothing.
  public var dryRun = false

  /// W3C trace context to continue. One that is not of that form is ignored by the server.
  public var traceparent: String?

  public init() {}
}
