import SignalboxCore
import SignalboxProtocol
import SignalboxStore

enum RetireQueueCall: WriteCall {
  typealias Types = Methods.RetireQueue

  static func write(_ request: ProtoRetireQueueRequest, _ scope: inout WriteScope) throws -> ProtoQueue {
    let configuration = scope.situation.configuration
    let waiting = try configuration.queue(named: request.name).map { queue in
      try scope.transaction.all(
        TicketQueries.active(in: queue.id, of: scope.tenant, limit: Limits.ticketsPerRedirect + 1))
    }
    let decided = try RetireQueue(name: request.name, redirectTo: request.redirectTo)
      .decide(in: scope.situation, given: .init(activeTickets: waiting ?? []))
    return ProtoQueue(try scope.commit(decided, followedBy: decided.outcome.moves).queue, in: configuration)
  }
}
