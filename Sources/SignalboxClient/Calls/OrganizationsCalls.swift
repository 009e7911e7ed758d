public import SignalboxProtocol

/// Calls about organizations. Each throws `ClientError`, or `CancellationError` if its task is cancelled.
public struct OrganizationsCalls: Sendable {
  let runner: CallRunner

  /// Fails with `alreadyExists` if the name is taken.
  public func create(
    _ request: CreateOrganizationRequest, options: CallOptions = CallOptions()
  ) async throws -> Organization {
    try await runner.call(Methods.CreateOrganization.self, request, options)
  }

  /// Fails with `organizationNotFound` if there is none of that name.
  public func get(
    _ request: GetOrganizationRequest, options: CallOptions = CallOptions()
  ) async throws -> Organization {
    try await runner.call(Methods.GetOrganization.self, request, options)
  }

  /// A page, by name.
  public func list(
    _ request: ListOrganizationsRequest, options: CallOptions = CallOptions()
  ) async throws -> ListOrganizationsResponse {
    try await runner.call(Methods.ListOrganizations.self, request, options)
  }
}

extension SignalboxClient {
  public var organizations: OrganizationsCalls { OrganizationsCalls(runner: runner) }
}
