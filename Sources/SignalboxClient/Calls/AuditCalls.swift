public import SignalboxProtocol

/// Calls about the audit. Each throws `ClientError`, or `CancellationError` if its task is cancelled.
public struct AuditCalls: Sendable {
  let runner: CallRunner

  /// A page of the tenant's rows. ``AuditChain`` tells whether the rows of all pages are whole.
  public func export(
    _ request: ExportAuditRequest, options: CallOptions = CallOptions()
  ) async throws -> ExportAuditResponse {
    try await runner.call(Methods.ExportAudit.self, request, options)
  }
}

extension SignalboxClient {
  public var audit: AuditCalls { AuditCalls(runner: runner) }
}
