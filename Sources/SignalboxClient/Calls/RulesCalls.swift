public import SignalboxProtocol

/// Calls about rule sets. Each throws `ClientError`, or `CancellationError` if its task is cancelled.
public struct RulesCalls: Sendable {
  let runner: CallRunner

  /// Makes a rule set the active one. Fails with `rulesInvalid`, a violation for each error in it.
  public func put(_ request: PutRulesRequest, options: CallOptions = CallOptions()) async throws -> RuleSet {
    try await runner.call(Methods.PutRules.self, request, options)
  }

  /// Fails with `rulesNotFound` if the tenant has no such rule set.
  public func get(_ request: GetRulesRequest, options: CallOptions = CallOptions()) async throws -> RuleSet {
    try await runner.call(Methods.GetRules.self, request, options)
  }

  /// Says what `put` would say. Errors in the rules are part of the answer, not thrown.
  public func check(
    _ request: CheckRulesRequest, options: CallOptions = CallOptions()
  ) async throws -> CheckRulesResponse {
    try await runner.call(Methods.CheckRules.self, request, options)
  }
}

extension SignalboxClient {
  public var rules: RulesCalls { RulesCalls(runner: runner) }
}
