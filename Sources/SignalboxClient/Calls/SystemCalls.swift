import FoundationEssentials
public import SignalboxProtocol

/// Calls about the server itself. Each throws `ClientError`, or `CancellationError` if its task is cancelled.
public struct SystemCalls: Sendable {
  let runner: CallRunner

  /// The server answers with the same bytes; how long that takes is what a call costs.
  public func ping(_ payload: [UInt8] = [], options: CallOptions = CallOptions()) async throws -> PingResponse {
    var request = PingRequest()
    request.payload = Data(payload)
    return try await runner.call(Methods.Ping.self, request, options)
  }

  /// What the server is, what it can do and within which limits.
  public func describe(options: CallOptions = CallOptions()) async throws -> DescribeResponse {
    try await runner.call(Methods.Describe.self, DescribeRequest(), options)
  }
}

extension SignalboxClient {
  public var system: SystemCalls { SystemCalls(runner: runner) }
}
