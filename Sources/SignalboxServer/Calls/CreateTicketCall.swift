import SignalboxCore
import SignalboxProtocol
import SwiftProtobuf

/// Routes on the event loop, with the configuration that is known there; the writer only numbers and writes.
enum CreateTicketCall: WriteCall {
  typealias Types = Methods.CreateTicket

  struct Command: Sendable {
    var request: CreateTicket
    var draft: CreateTicket.Draft?
    /// What the answer says of the draft, ready to be sent.
    var answer: [UInt8] = []
  }

  static func prepare(_ request: ProtoCreateTicketRequest, _ context: CallContext) -> Command {
    var command = Command(
      request: CreateTicket(
        subject: request.subject, body: request.body, requester: request.requester, channel: request.channel,
        category: request.category, resource: request.resource, tags: request.tags,
        priority: Ticket.Priority(request.priority), fields: request.fields))
    guard let principal = context.principal,
      let configuration = context.server.configurations.latest(of: principal.tenant)
    else { return command }
    let draft = command.request.draft(for: principal, in: configuration, at: context.now)
    command.draft = draft
    if let outcome = draft.outcome {
      // Cannot fail: a message without required fields, far below the largest size.
      command.answer = (try? answer(outcome, in: configuration).serializedBytes()) ?? []
    }
    return command
  }

  static func write(_ command: Command, _ scope: inout WriteScope) throws -> ProtoCreateTicketResponse {
    let situation = scope.situation
    let isDrafted = command.draft?.holds(in: situation.configuration) ?? false
    let outcome = try scope.commit(
      command.draft?.decide(in: situation) ?? command.request.decide(in: situation))
    var response = ProtoCreateTicketResponse()
    if isDrafted, !command.answer.isEmpty {
      scope.answerBegins = command.answer
    } else {
      response = answer(outcome, in: situation.configuration)
    }
    response.number = UInt64(outcome.ticket.number.value)
    response.version = UInt64(outcome.ticket.version)
    return response
  }

  static func ending(_ cursor: () -> String) -> ProtoCreateTicketResponse? { .with { $0.cursor = cursor() } }

  /// Everything that does not depend on the ticket's number.
  private static func answer(
    _ outcome: CreateTicket.Outcome, in configuration: TenantConfiguration
  ) -> ProtoCreateTicketResponse {
    var response = ProtoCreateTicketResponse()
    response.queue = configuration.queues[outcome.ticket.queue]?.name ?? ""
    response.assignee = outcome.ticket.assignee.flatMap { configuration.people[$0]?.handle } ?? ""
    response.decision = ProtoDecision(outcome.decision)
    return response
  }
}
