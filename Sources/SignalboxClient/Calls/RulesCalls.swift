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

  /// The canonical text of a rule set, or its tree as JSON. Errors in the rules are part of the answer, not thrown.
  public func format(
    _ request: FormatRulesRequest, options: CallOptions = CallOptions()
  ) async throws -> FormatRulesResponse {
    try await runner.call(Methods.FormatRules.self, request, options)
  }

  /// In what two rule sets differ, rule by rule. Fails with `rulesInvalid` if one of them has errors, with `rulesNotFound`
  /// if the tenant has no such set.
  public func diff(
    _ request: DiffRulesRequest, options: CallOptions = CallOptions()
  ) async throws -> DiffRulesResponse {
    try await runner.call(Methods.DiffRules.self, request, options)
  }

  /// Runs the tests of a rule set. Those that fail are part of the answer, not thrown. Fails with `rulesInvalid` if the
  /// rules have errors, with `rulesNotFound` if the tenant has no such set.
  public func test(
    _ request: TestRulesRequest, options: CallOptions = CallOptions()
  ) async throws -> TestRulesResponse {
    try await runner.call(Methods.TestRules.self, request, options)
  }

  /// Whether a rule fires for a ticket, and if not, what stands against it. Fails with `ruleNotFound`, `ticketNotFound`
  /// and as `test` does.
  public func whyNot(
    _ request: WhyNotRuleRequest, options: CallOptions = CallOptions()
  ) async throws -> WhyNotRuleResponse {
    try await runner.call(Methods.WhyNotRule.self, request, options)
  }

  /// Where a rule set would send the tickets there are. Elements tell the progress; the last one has the result.
  public func replay(_ request: ReplayRulesRequest, options: CallOptions = CallOptions()) -> RulesReplay {
    RulesReplay(request, options, runner)
  }

  /// Lets a kept rule set run beside the active one without effect, or ends that. Fails with `rulesNotFound` if the tenant
  /// has no such set, with `alreadyThere` if nothing would change.
  public func setShadow(
    _ request: SetShadowRulesRequest, options: CallOptions = CallOptions()
  ) async throws -> ShadowRules {
    try await runner.call(Methods.SetShadowRules.self, request, options)
  }

  /// What runs beside the active set, and how it differs; empty if nothing does.
  public func shadow(
    _ request: GetShadowRulesRequest = GetShadowRulesRequest(), options: CallOptions = CallOptions()
  ) async throws -> ShadowRules {
    try await runner.call(Methods.GetShadowRules.self, request, options)
  }

  /// The tickets that the shadow would have sent elsewhere, the newest first.
  public func shadowDifferences(
    _ request: ListShadowDifferencesRequest, options: CallOptions = CallOptions()
  ) async throws -> ListShadowDifferencesResponse {
    try await runner.call(Methods.ListShadowDifferences.self, request, options)
  }
}

extension SignalboxClient {
  public var rules: RulesCalls { RulesCalls(runner: runner) }
}
