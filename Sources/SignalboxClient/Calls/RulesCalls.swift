public import SignalboxProtocol

/// Calls about rule sets. Each throws `ClientError`, or `CancellationError` if its task is cancelled.
public struct RulesCalls: Sendable {
  let runner: CallRunner

  /// Keeps a rule set and, unless it is staged only, makes it the active one. Fails with `rulesInvalid`, a violation for each error in it.
  public func put(_ request: PutRulesRequest, options: CallOptions = CallOptions()) async throws -> RuleSet {
    try await runner.call(Methods.PutRules.self, request, options)
  }

  /// Fails with `rulesNotFound` if the tenant has no such rule set.
  public func get(_ request: GetRulesRequest, options: CallOptions = CallOptions()) async throws -> RuleSet {
    try await runner.call(Methods.GetRules.self, request, options)
  }

  /// Puts a kept rule set in force. Fails with `rulesNotFound` if the tenant has no such set, with `rulesInvalid` if it
  /// does not fit the tenant any more, with `alreadyThere` if it is in force.
  public func activate(_ request: ActivateRulesRequest, options: CallOptions = CallOptions()) async throws -> RuleSet {
    try await runner.call(Methods.ActivateRules.self, request, options)
  }

  /// The kept sets without their texts, the newest first.
  public func list(
    _ request: ListRuleSetsRequest, options: CallOptions = CallOptions()
  ) async throws -> ListRuleSetsResponse {
    try await runner.call(Methods.ListRuleSets.self, request, options)
  }

  /// What was in force when, the newest first.
  public func activations(
    _ request: ListRuleActivationsRequest, options: CallOptions = CallOptions()
  ) async throws -> ListRuleActivationsResponse {
    try await runner.call(Methods.ListRuleActivations.self, request, options)
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
