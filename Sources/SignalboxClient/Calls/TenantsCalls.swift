public import SignalboxProtocol

/// Calls about tenants. Each throws `ClientError`, or `CancellationError` if its task is cancelled.
public struct TenantsCalls: Sendable {
  let runner: CallRunner

  /// Makes a tenant with its first administrator's token. For system admins.
  public func create(
    _ request: CreateTenantRequest, options: CallOptions = CallOptions()
  ) async throws -> CreateTenantResponse {
    try await runner.call(Methods.CreateTenant.self, request, options)
  }

  /// The caller's tenant; for a system admin, the one named in the configuration.
  public func get(_ request: GetTenantRequest, options: CallOptions = CallOptions()) async throws -> Tenant {
    try await runner.call(Methods.GetTenant.self, request, options)
  }

  /// A page of all tenants. For system admins.
  public func list(
    _ request: ListTenantsRequest, options: CallOptions = CallOptions()
  ) async throws -> ListTenantsResponse {
    try await runner.call(Methods.ListTenants.self, request, options)
  }

  /// Replaces the tenant's settings. For tenant admins.
  public func updateSettings(
    _ request: UpdateTenantSettingsRequest, options: CallOptions = CallOptions()
  ) async throws -> Tenant {
    try await runner.call(Methods.UpdateTenantSettings.self, request, options)
  }
}

extension SignalboxClient {
  public var tenants: TenantsCalls { TenantsCalls(runner: runner) }
}
