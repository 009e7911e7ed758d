public import SignalboxProtocol

/// Calls about queues and their registration. Each throws `ClientError`, or `CancellationError` if its task is
/// cancelled.
public struct QueuesCalls: Sendable {
  let runner: CallRunner

  /// Asks for a queue; it exists when the registration is approved. Fails with `organizationHasQueue` if there is one
  /// of the kind that the organization might use.
  public func register(
    _ request: RegisterQueueRequest, options: CallOptions = CallOptions()
  ) async throws -> QueueRegistration {
    try await runner.call(Methods.RegisterQueue.self, request, options)
  }

  /// Makes the queue. Fails with `registrationDecided` if that was decided before, with `registrationState` unless it
  /// is submitted.
  public func approve(
    _ request: ApproveQueueRegistrationRequest, options: CallOptions = CallOptions()
  ) async throws -> ApproveQueueRegistrationResponse {
    try await runner.call(Methods.ApproveQueueRegistration.self, request, options)
  }

  /// Fails with `registrationDecided` if that was decided before.
  public func decline(
    _ request: DeclineQueueRegistrationRequest, options: CallOptions = CallOptions()
  ) async throws -> QueueRegistration {
    try await runner.call(Methods.DeclineQueueRegistration.self, request, options)
  }

  /// Fails with `queueNotFound` if there is none of that name.
  public func get(_ request: GetQueueRequest, options: CallOptions = CallOptions()) async throws -> Queue {
    try await runner.call(Methods.GetQueue.self, request, options)
  }

  /// A page, by name.
  public func list(
    _ request: ListQueuesRequest, options: CallOptions = CallOptions()
  ) async throws -> ListQueuesResponse {
    try await runner.call(Methods.ListQueues.self, request, options)
  }

  /// One registration, whatever became of it.
  public func registration(
    _ request: GetQueueRegistrationRequest, options: CallOptions = CallOptions()
  ) async throws -> QueueRegistration {
    try await runner.call(Methods.GetQueueRegistration.self, request, options)
  }

  /// A page of registrations.
  public func registrations(
    _ request: ListQueueRegistrationsRequest, options: CallOptions = CallOptions()
  ) async throws -> ListQueueRegistrationsResponse {
    try await runner.call(Methods.ListQueueRegistrations.self, request, options)
  }

  /// Changes what is asked for; absent fields stay. Fails with `registrationState` when it is not the caller's turn.
  public func updateRegistration(
    _ request: UpdateQueueRegistrationRequest, options: CallOptions = CallOptions()
  ) async throws -> QueueRegistration {
    try await runner.call(Methods.UpdateQueueRegistration.self, request, options)
  }

  /// Hands a draft, or what was changed on request, to the admins.
  public func submitRegistration(
    _ request: SubmitQueueRegistrationRequest, options: CallOptions = CallOptions()
  ) async throws -> QueueRegistration {
    try await runner.call(Methods.SubmitQueueRegistration.self, request, options)
  }

  /// Gives a submitted registration back to its asker.
  public func requestRegistrationChanges(
    _ request: RequestRegistrationChangesRequest, options: CallOptions = CallOptions()
  ) async throws -> QueueRegistration {
    try await runner.call(Methods.RequestRegistrationChanges.self, request, options)
  }

  /// Until it is decided.
  public func withdrawRegistration(
    _ request: WithdrawQueueRegistrationRequest, options: CallOptions = CallOptions()
  ) async throws -> QueueRegistration {
    try await runner.call(Methods.WithdrawQueueRegistration.self, request, options)
  }

  /// A word to the other side.
  public func commentRegistration(
    _ request: CommentQueueRegistrationRequest, options: CallOptions = CallOptions()
  ) async throws -> QueueRegistration {
    try await runner.call(Methods.CommentQueueRegistration.self, request, options)
  }

  /// A page of what happened to a registration, oldest first; comments are among it.
  public func registrationHistory(
    _ request: GetRegistrationHistoryRequest, options: CallOptions = CallOptions()
  ) async throws -> GetRegistrationHistoryResponse {
    try await runner.call(Methods.GetRegistrationHistory.self, request, options)
  }

  /// What is wrong or doubtful about a registration or a request, with numbers from past tickets.
  public func lintRegistration(
    _ request: LintQueueRegistrationRequest, options: CallOptions = CallOptions()
  ) async throws -> LintQueueRegistrationResponse {
    try await runner.call(Methods.LintQueueRegistration.self, request, options)
  }

  /// What an approval would create, and who would gain which right.
  public func planRegistration(
    _ request: PlanQueueRegistrationRequest, options: CallOptions = CallOptions()
  ) async throws -> PlanQueueRegistrationResponse {
    try await runner.call(Methods.PlanQueueRegistration.self, request, options)
  }

  /// Fails with `queueInUse` while rules route to it or open tickets are in it.
  public func retire(_ request: RetireQueueRequest, options: CallOptions = CallOptions()) async throws -> Queue {
    try await runner.call(Methods.RetireQueue.self, request, options)
  }
}

extension SignalboxClient {
  public var queues: QueuesCalls { QueuesCalls(runner: runner) }
}
