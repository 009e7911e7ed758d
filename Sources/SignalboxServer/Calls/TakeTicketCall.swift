import SignalboxCore
import SignalboxProtocol
import SignalboxStore
import SwiftProtobuf

enum TakeTicketCall: WriteCall {
  typealias Types = Methods.TakeTicket

  static func write(_ request: ProtoTakeTicketRequest, _ scope: inout WriteScope) throws -> ProtoTicketChangeResponse {
    let command = TakeTicket(
      number: TicketNumber(Int64(clamping: request.number)), expectedVersion: Int64(clamping: request.expectedVersion))
    let facts = try scope.facts(of: command.number)
    return try scope.answer(command.decide(in: scope.situation, given: facts))
  }

  static func ending(_ cursor: () -> String) -> ProtoTicketChangeResponse? { .with { $0.cursor = cursor() } }
}

extension WriteScope {
  func facts(of ticket: TicketNumber) throws -> TicketFacts {
    TicketFacts(ticket: try transaction.first(TicketQueries.ticket(ticket, of: tenant)))
  }

  /// Commits a change of a ticket and says what became of it. Whoever moved it may see it once more, wherever it went.
  mutating func answer(_ decided: Decided<Ticket>) throws -> ProtoTicketChangeResponse {
    answer(try commit(decided))
  }

  /// The same, and what rules make of it.
  mutating func answer(_ decided: Decided<Ticket>, runningRulesOn event: RuleEvent) throws -> ProtoTicketChangeResponse
  {
    var decided = decided
    let (plans, ticket) = try followUp(&decided.plan, on: event)
    if let ticket { decided.outcome = ticket }
    return answer(try commit(decided, followedBy: plans))
  }

  func answer(_ ticket: Ticket) -> ProtoTicketChangeResponse {
    var response = ProtoTicketChangeResponse()
    response.ticket = ProtoTicket(ticket, in: situation.configuration)
    response.ticket.body = ""
    return response
  }

  /// What rules make of a ticket after a change, and the ticket as they leave it.
  ///
  /// - Parameter cause: the change; it must hold the ticket with all that is known of it.
  func followUp(
    _ cause: inout Plan, on event: RuleEvent, comment: String? = nil
  ) throws -> (plans: [Plan], ticket: Ticket?) {
    cause = cause.settled(in: situation)
    guard var ticket = cause.ticket, let rules = situation.configuration.rules, !rules.phases(on: event).isEmpty else {
      return ([], cause.ticket)
    }
    let plans = try context.server.scratches.withScratch { scratch in
      try RuleFollowUp(event, comment: comment).plans(
        after: &cause, on: &ticket, in: situation, using: &scratch
      ) { pool, ticket in
        (
          try roster(of: pool, for: ticket),
          try transaction.first(AssignmentQueries.wait(of: ticket.number, tenant))
        )
      }
    }
    return (plans, ticket)
  }
}
