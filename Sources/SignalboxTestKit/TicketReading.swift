package import SignalboxClient

/// What tests read of tickets again and again.
extension SignalboxClient {
  package func ticket(_ number: UInt64) async throws -> Ticket {
    var request = GetTicketRequest()
    request.number = number
    return try await tickets.get(request)
  }

  package func history(of ticket: UInt64) async throws -> [Event] {
    var request = GetTicketHistoryRequest()
    request.number = ticket
    return try await tickets.history(request).events
  }

  /// The next event of the kind in the queue; follows it until there is one.
  package func event(_ kind: String, in queue: String = "Delta", after cursor: String = "start") async throws -> Event?
  {
    var request = WatchTicketsRequest()
    request.queues = [queue]
    request.cursor = cursor
    for try await response in tickets.watch(request) where response.event.kind == kind { return response.event }
    return nil
  }
}
