import SignalboxCore
import SignalboxProtocol
import SignalboxStore

enum WhyTicketCall: ReadCall {
  typealias Types = Methods.WhyTicket

  static func read(_ request: ProtoWhyTicketRequest, _ scope: ReadScope) throws -> ProtoWhyTicketResponse {
    let ticket = try scope.ticket(request.number)
    var response = ProtoWhyTicketResponse()
    response.number = request.number
    response.queue = scope.configuration.queues[ticket.queue]?.name ?? ""
    let last = try scope.snapshot.first(EventQueries.lastDecision(on: ticket.number, tenant: scope.tenant))
    if let decision = last?.event.decision { response.decision = ProtoDecision(decision) }
    response.movedByPerson = last?.event.queueAfter != ticket.queue
    let traces = scope.configuration.rules?.explain(RoutingFacts(ticket, in: scope.configuration)) ?? []
    response.traces = traces.map(ProtoRuleTrace.init)
    return response
  }
}
