import SignalboxCore
import SignalboxProtocol
import SignalboxStore

enum RetireQueueCall: WriteCall {
  typealias Types = Methods.RetireQueue

  /// Tickets that a refusal lists.
  private static let listed = 10

  static func write(_ request: ProtoRetireQueueRequest, _ scope: inout WriteScope) throws -> ProtoQueue {
    let configuration = scope.situation.configuration
    let waiting = try configuration.queue(named: request.name).map { queue in
      try scope.transaction.all(TicketQueries.active(in: queue.id, of: scope.tenant, limit: listed))
    }
    let decided = try RetireQueue(name: request.name)
      .decide(in: scope.situation, given: .init(activeTickets: waiting ?? []))
    return ProtoQueue(try scope.commit(decided), in: configuration)
  }
}
