public import SignalboxProtocol

/// Calls about a tenant's configuration as one document. Each throws `ClientError`, or `CancellationError` if its task is
/// cancelled.
public struct ConfigurationCalls: Sendable {
  let runner: CallRunner

  /// What applying a document, or going back to a version, would change. What is wrong with the document, and what
  /// forbids it, is part of the answer, not thrown.
  public func plan(
    _ request: PlanConfigurationRequest, options: CallOptions = CallOptions()
  ) async throws -> ConfigurationPlan {
    try await runner.call(Methods.PlanConfiguration.self, request, options)
  }

  /// All of it or nothing. Fails with `configurationInUse` when it removes what is in use, with `versionMismatch` when
  /// the configuration is no longer the one that was planned for.
  public func apply(
    _ request: ApplyConfigurationRequest, options: CallOptions = CallOptions()
  ) async throws -> ApplyConfigurationResponse {
    try await runner.call(Methods.ApplyConfiguration.self, request, options)
  }

  /// The document that the tenant is as of now.
  public func export(
    _ request: ExportConfigurationRequest = ExportConfigurationRequest(), options: CallOptions = CallOptions()
  ) async throws -> ExportConfigurationResponse {
    try await runner.call(Methods.ExportConfiguration.self, request, options)
  }

  /// A page of versions, newest first.
  public func versions(
    _ request: ListConfigurationVersionsRequest, options: CallOptions = CallOptions()
  ) async throws -> ListConfigurationVersionsResponse {
    try await runner.call(Methods.ListConfigurationVersions.self, request, options)
  }

  /// Fails with `configurationVersionNotFound` if there is none of that number.
  public func version(
    _ request: GetConfigurationVersionRequest, options: CallOptions = CallOptions()
  ) async throws -> GetConfigurationVersionResponse {
    try await runner.call(Methods.GetConfigurationVersion.self, request, options)
  }

  /// Applies the document of a version.
  public func rollback(
    _ request: RollbackConfigurationRequest, options: CallOptions = CallOptions()
  ) async throws -> ApplyConfigurationResponse {
    try await runner.call(Methods.RollbackConfiguration.self, request, options)
  }
}

extension SignalboxClient {
  /// The tenant's, not the client's own.
  public var configurations: ConfigurationCalls { ConfigurationCalls(runner: runner) }
}
