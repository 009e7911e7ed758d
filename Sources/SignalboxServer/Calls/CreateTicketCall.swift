import SignalboxCore
import SignalboxProtocol

enum CreateTicketCall: WriteCall {
  typealias Types = Methods.CreateTicket

  static func write(
    _ request: ProtoCreateTicketRequest, _ scope: inout WriteScope
  ) throws -> ProtoCreateTicketResponse {
    let command = CreateTicket(
      subject: request.subject, body: request.body, requester: request.requester, channel: request.channel,
      category: request.category, resource: request.resource, tags: request.tags,
      priority: Ticket.Priority(request.priority))
    let outcome = try scope.commit(command.decide(in: scope.situation))
    let configuration = scope.situation.configuration
    var response = ProtoCreateTicketResponse()
    response.number = UInt64(outcome.ticket.number.value)
    response.version = UInt64(outcome.ticket.version)
    response.queue = configuration.queues[outcome.ticket.queue]?.name ?? ""
    response.assignee = outcome.ticket.assignee.flatMap { configuration.people[$0]?.handle } ?? ""
    response.decision = ProtoDecision(outcome.decision)
    response.cursor = scope.cursor
    return response
  }
}
