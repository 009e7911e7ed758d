import SignalboxCore
import SignalboxProtocol
import SwiftProtobuf

/// Runs the rules on the event loop, with the configuration that is known there; the writer only numbers and writes, and
/// lets a strategy pick where the rules name one.
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
        priority: Ticket.Priority(request.priority), fields: request.fields, type: request.type))
    guard let principal = context.principal,
      let configuration = context.server.configurations.latest(of: principal.tenant)
    else { return command }
    let request = command.request
    let draft = context.server.scratches.withScratch {
      request.draft(for: principal, in: configuration, at: context.now, using: &$0)
    }
    command.draft = draft
    // Whom a strategy picks is known in the transaction only.
    if let outcome = draft.outcome, outcome.pool == nil {
      // Cannot fail: a message without required fields, far below the largest size.
      command.answer = (try? answer(outcome, in: configuration).serializedBytes()) ?? []
    }
    return command
  }

  static func write(_ command: Command, _ scope: inout WriteScope) throws -> ProtoCreateTicketResponse {
    let situation = scope.situation
    let isDrafted = command.draft?.holds(in: situation.configuration) ?? false
    var decided =
      try command.draft?.decide(in: situation)
      ?? scope.context.server.scratches.withScratch { try command.request.decide(in: situation, using: &$0) }
    if let pool = decided.outcome.pool {
      decided = decided.assigned(
        in: situation, given: try scope.roster(of: pool, for: decided.outcome.ticket))
    }
    let outcome = try scope.commit(decided)
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
