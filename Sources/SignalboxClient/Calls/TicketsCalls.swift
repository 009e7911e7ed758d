public import SignalboxProtocol

/// Calls about tickets. Each throws `ClientError`, or `CancellationError` if its task is cancelled.
public struct TicketsCalls: Sendable {
  let runner: CallRunner

  /// Takes the ticket in and routes it by the tenant's rules.
  public func create(
    _ request: CreateTicketRequest, options: CallOptions = CallOptions()
  ) async throws -> CreateTicketResponse {
    try await runner.call(Methods.CreateTicket.self, request, options)
  }

  /// Fails with `ticketNotFound` also if the caller may not browse its queue.
  public func get(_ request: GetTicketRequest, options: CallOptions = CallOptions()) async throws -> Ticket {
    try await runner.call(Methods.GetTicket.self, request, options)
  }

  /// A page, newest first, without bodies.
  public func list(
    _ request: ListTicketsRequest, options: CallOptions = CallOptions()
  ) async throws -> ListTicketsResponse {
    try await runner.call(Methods.ListTickets.self, request, options)
  }

  /// Unassigned to me. Fails with `alreadyAssigned`, or with `versionMismatch` if it was changed since it was read.
  public func take(
    _ request: TakeTicketRequest, options: CallOptions = CallOptions()
  ) async throws -> TicketChangeResponse {
    try await runner.call(Methods.TakeTicket.self, request, options)
  }

  /// Somebody else's to me. Fails with `notAssigned` if nobody has it.
  public func steal(
    _ request: StealTicketRequest, options: CallOptions = CallOptions()
  ) async throws -> TicketChangeResponse {
    try await runner.call(Methods.StealTicket.self, request, options)
  }

  /// Mine to unassigned. Fails with `notPermitted` if it is somebody else's.
  public func release(
    _ request: ReleaseTicketRequest, options: CallOptions = CallOptions()
  ) async throws -> TicketChangeResponse {
    try await runner.call(Methods.ReleaseTicket.self, request, options)
  }

  /// To somebody else who may own it in its queue, or to another queue. Fails with `versionMismatch` if it was changed since it was
  /// read.
  public func reassign(
    _ request: ReassignTicketRequest, options: CallOptions = CallOptions()
  ) async throws -> TicketChangeResponse {
    try await runner.call(Methods.ReassignTicket.self, request, options)
  }

  /// A page of what happened to it, oldest first.
  public func history(
    _ request: GetTicketHistoryRequest, options: CallOptions = CallOptions()
  ) async throws -> GetTicketHistoryResponse {
    try await runner.call(Methods.GetTicketHistory.self, request, options)
  }

  /// Why it is where it is.
  public func why(_ request: WhyTicketRequest, options: CallOptions = CallOptions()) async throws -> WhyTicketResponse {
    try await runner.call(Methods.WhyTicket.self, request, options)
  }

  /// What it says of itself, where that is named in the request. Fails with `versionMismatch` if it was changed since it was
  /// read.
  public func update(
    _ request: UpdateTicketRequest, options: CallOptions = CallOptions()
  ) async throws -> TicketChangeResponse {
    try await runner.call(Methods.UpdateTicket.self, request, options)
  }

  /// A word that its requester reads too.
  public func comment(
    _ request: CommentTicketRequest, options: CallOptions = CallOptions()
  ) async throws -> TicketCommentResponse {
    try await runner.call(Methods.CommentTicket.self, request, options)
  }

  /// A word among those who hold the right `note`.
  public func note(
    _ request: NoteTicketRequest, options: CallOptions = CallOptions()
  ) async throws -> TicketCommentResponse {
    try await runner.call(Methods.NoteTicket.self, request, options)
  }

  /// A page of what was written on it, oldest first, with the notes that the caller may read.
  public func comments(
    _ request: ListTicketCommentsRequest, options: CallOptions = CallOptions()
  ) async throws -> ListTicketCommentsResponse {
    try await runner.call(Methods.ListTicketComments.self, request, options)
  }

  /// What happens in the request's queues from its cursor on. Nothing is asked before the first element is.
  public func watch(_ request: WatchTicketsRequest, options: CallOptions = CallOptions()) -> TicketWatch {
    TicketWatch(request, options, runner)
  }
}

extension SignalboxClient {
  public var tickets: TicketsCalls { TicketsCalls(runner: runner) }
}
