import SignalboxClient

/// What the fake server answers one call with.
enum Answer: Sendable, ExpressibleByStringLiteral {
  /// The response as protobuf JSON.
  case json(String)
  case refusal(ClientError)

  init(stringLiteral text: String) { self = .json(text) }

  static func refusal(_ reason: ErrorReason, _ message: String) -> Answer {
    .refusal(ClientError(code: reason.code, reason: reason, message: message))
  }
}
