public import SignalboxProtocol

/// Calls about who may do what. Each throws `ClientError`, or `CancellationError` if its task is cancelled. All but
/// `explain`, `group` and `groups` are for those who administer the tenant.
public struct AccessCalls: Sendable {
  let runner: CallRunner

  /// Gives a role somewhere. Fails with `alreadyExists` if it is granted there already.
  public func grant(_ request: GrantRoleRequest, options: CallOptions = CallOptions()) async throws -> Grant {
    try await runner.call(Methods.GrantRole.self, request, options)
  }

  /// Takes a role back. Fails with `grantNotFound` if it was taken back before.
  public func revoke(_ request: RevokeGrantRequest, options: CallOptions = CallOptions()) async throws -> Grant {
    try await runner.call(Methods.RevokeGrant.self, request, options)
  }

  /// A page, oldest first.
  public func grants(
    _ request: ListGrantsRequest, options: CallOptions = CallOptions()
  ) async throws -> ListGrantsResponse {
    try await runner.call(Methods.ListGrants.self, request, options)
  }

  /// Fails with `alreadyExists` if the name is taken.
  public func createGroup(_ request: CreateGroupRequest, options: CallOptions = CallOptions()) async throws -> Group {
    try await runner.call(Methods.CreateGroup.self, request, options)
  }

  public func updateMembers(
    _ request: UpdateGroupMembersRequest, options: CallOptions = CallOptions()
  ) async throws -> Group {
    try await runner.call(Methods.UpdateGroupMembers.self, request, options)
  }

  public func group(_ request: GetGroupRequest, options: CallOptions = CallOptions()) async throws -> Group {
    try await runner.call(Methods.GetGroup.self, request, options)
  }

  /// A page, oldest first.
  public func groups(
    _ request: ListGroupsRequest, options: CallOptions = CallOptions()
  ) async throws -> ListGroupsResponse {
    try await runner.call(Methods.ListGroups.self, request, options)
  }

  /// Why somebody can or cannot do something. About others only for those who administer the tenant.
  public func explain(
    _ request: ExplainAccessRequest, options: CallOptions = CallOptions()
  ) async throws -> ExplainAccessResponse {
    try await runner.call(Methods.ExplainAccess.self, request, options)
  }
}

extension SignalboxClient {
  public var access: AccessCalls { AccessCalls(runner: runner) }
}
