import SignalboxCore
import SignalboxProtocol
import SignalboxStore

enum WhyTicketCall: ReadCall {
  typealias Types = Methods.WhyTicket

  /// The newest decisions after the one that chose the queue.
  static let laterDecisions = 20

  static func read(_ request: ProtoWhyTicketRequest, _ scope: ReadScope) throws -> ProtoWhyTicketResponse {
    let ticket = try scope.ticket(request.number)
    var response = ProtoWhyTicketResponse()
    response.number = request.number
    response.queue = scope.configuration.queues[ticket.queue]?.name ?? ""
    let last = try scope.snapshot.first(EventQueries.lastRouting(of: ticket.number, tenant: scope.tenant))
    if let decision = last?.event.decision { response.decision = ProtoDecision(decision) }
    response.movedByPerson = last?.event.queueAfter != ticket.queue
    let later = try scope.snapshot.all(
      EventQueries.decisions(
        on: ticket.number, tenant: scope.tenant, after: last?.revision ?? Revision(0), limit: laterDecisions))
    response.later = later.reversed().compactMap(\.event.decision).map(ProtoDecision.init)
    let facts = RoutingFacts(ticket, in: scope.configuration, at: scope.context.now)
    let traces = scope.configuration.rules?.explain(facts) ?? []
    response.traces = traces.map(ProtoRuleTrace.init)
    return response
  }
}
