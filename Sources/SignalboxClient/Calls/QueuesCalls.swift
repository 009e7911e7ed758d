public import SignalboxProtocol

/// Calls about queues and their registration. Each throws `ClientError`, or `CancellationError` if its task is
/// cancelled.
public struct QueuesCalls: Sendable {
  let runner: CallRunner

  /// Asks for a queue; it exists when the registration is approved.
  public func register(
    _ request: RegisterQueueRequest, options: CallOptions = CallOptions()
  ) async throws -> QueueRegistration {
    try await runner.call(Methods.RegisterQueue.self, request, options)
  }

  /// Makes the queue. Fails with `registrationDecided` if that was decided before.
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

  /// Fails with `queueInUse` while rules route to it or open tickets are in it.
  public func retire(_ request: RetireQueueRequest, options: CallOptions = CallOptions()) async throws -> Queue {
    try await runner.call(Methods.RetireQueue.self, request, options)
  }
}

extension SignalboxClient {
  public var queues: QueuesCalls { QueuesCalls(runner: runner) }
}
