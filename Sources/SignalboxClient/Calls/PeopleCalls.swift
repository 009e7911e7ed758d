public import SignalboxProtocol

/// Calls about people. Each throws `ClientError`, or `CancellationError` if its task is cancelled.
public struct PeopleCalls: Sendable {
  let runner: CallRunner

  /// Fails with `alreadyExists` if the handle is taken.
  public func create(_ request: CreatePersonRequest, options: CallOptions = CallOptions()) async throws -> Person {
    try await runner.call(Methods.CreatePerson.self, request, options)
  }

  /// Fails with `personNotFound` if there is nobody of that handle.
  public func get(_ request: GetPersonRequest, options: CallOptions = CallOptions()) async throws -> Person {
    try await runner.call(Methods.GetPerson.self, request, options)
  }

  /// A page, by handle.
  public func list(
    _ request: ListPeopleRequest, options: CallOptions = CallOptions()
  ) async throws -> ListPeopleResponse {
    try await runner.call(Methods.ListPeople.self, request, options)
  }

  /// When somebody is away and who stands in. For oneself, or for others by those who administer the tenant.
  public func setAbsence(_ request: SetAbsenceRequest, options: CallOptions = CallOptions()) async throws -> Person {
    try await runner.call(Methods.SetAbsence.self, request, options)
  }
}

extension SignalboxClient {
  public var people: PeopleCalls { PeopleCalls(runner: runner) }
}
