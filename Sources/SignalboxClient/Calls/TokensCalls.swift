public import SignalboxProtocol

/// Calls about tokens. Each throws `ClientError`, or `CancellationError` if its task is cancelled.
public struct TokensCalls: Sendable {
  let runner: CallRunner

  /// The answer is the only place where the token itself is seen.
  public func create(
    _ request: CreateTokenRequest, options: CallOptions = CallOptions()
  ) async throws -> CreateTokenResponse {
    try await runner.call(Methods.CreateToken.self, request, options)
  }

  /// A page of names, never of tokens.
  public func list(
    _ request: ListTokensRequest, options: CallOptions = CallOptions()
  ) async throws -> ListTokensResponse {
    try await runner.call(Methods.ListTokens.self, request, options)
  }

  /// Gives a token another secret, which is seen in the answer only. The one before stays good for the overlap.
  public func rotate(
    _ request: RotateTokenRequest, options: CallOptions = CallOptions()
  ) async throws -> RotateTokenResponse {
    try await runner.call(Methods.RotateToken.self, request, options)
  }

  /// From here on nobody gets in by that token, and within a second its connections and watches end.
  public func revoke(
    _ request: RevokeTokenRequest, options: CallOptions = CallOptions()
  ) async throws -> RevokeTokenResponse {
    try await runner.call(Methods.RevokeToken.self, request, options)
  }
}

extension SignalboxClient {
  public var tokens: TokensCalls { TokensCalls(runner: runner) }
}
