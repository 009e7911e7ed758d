public import SignalboxProtocol

/// Calls about the people who handle tickets. Each throws `ClientError`, or `CancellationError` if its task is cancelled.
public struct AgentsCalls: Sendable {
  let runner: CallRunner

  /// Says whether tickets may come; without a person, for oneself. For others by those who manage a queue of theirs or
  /// administer the tenant.
  public func setPresence(_ request: SetPresenceRequest, options: CallOptions = CallOptions()) async throws -> Person {
    try await runner.call(Methods.SetPresence.self, request, options)
  }

  /// Says how many units of open tickets strategies may give somebody, and what the person knows. What the request leaves
  /// out stays. For oneself, or for others by those who administer the tenant.
  public func setCapacity(_ request: SetCapacityRequest, options: CallOptions = CallOptions()) async throws -> Person {
    try await runner.call(Methods.SetCapacity.self, request, options)
  }

  /// A page of agents with what they have open: of a queue, or of all queues that the caller may browse.
  public func list(
    _ request: ListAgentsRequest, options: CallOptions = CallOptions()
  ) async throws -> ListAgentsResponse {
    try await runner.call(Methods.ListAgents.self, request, options)
  }

  /// Has a strategy find the assignee of a ticket that nobody has. Where nobody can have it now the ticket waits, and the
  /// server goes on looking.
  public func assign(
    _ request: AssignTicketRequest, options: CallOptions = CallOptions()
  ) async throws -> TicketChangeResponse {
    try await runner.call(Methods.AssignTicket.self, request, options)
  }

  /// Fails with `notOffered` if the ticket is not offered to the caller any more.
  public func accept(
    _ request: AcceptTicketRequest, options: CallOptions = CallOptions()
  ) async throws -> TicketChangeResponse {
    try await runner.call(Methods.AcceptTicket.self, request, options)
  }

  /// The next one is offered the ticket. Fails with `notOffered` if it is not offered to the caller any more.
  public func reject(
    _ request: RejectTicketRequest, options: CallOptions = CallOptions()
  ) async throws -> TicketChangeResponse {
    try await runner.call(Methods.RejectTicket.self, request, options)
  }

  /// A page of what is offered to the caller, oldest ticket first.
  public func offers(
    _ request: ListOffersRequest, options: CallOptions = CallOptions()
  ) async throws -> ListOffersResponse {
    try await runner.call(Methods.ListOffers.self, request, options)
  }
}

extension SignalboxClient {
  public var agents: AgentsCalls { AgentsCalls(runner: runner) }
}
