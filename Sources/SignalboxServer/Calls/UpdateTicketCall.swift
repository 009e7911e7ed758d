import SignalboxCore
import SignalboxProtocol
import SwiftProtobuf

enum UpdateTicketCall: WriteCall {
  typealias Types = Methods.UpdateTicket

  static func write(
    _ request: ProtoUpdateTicketRequest, _ scope: inout WriteScope
  ) throws -> ProtoTicketChangeResponse {
    let command = UpdateTicket(
      number: TicketNumber(Int64(clamping: request.number)), expectedVersion: Int64(clamping: request.expectedVersion),
      subject: request.hasSubject ? request.subject : nil, status: try status(request.status),
      priority: try priority(request.priority), category: request.hasCategory ? request.category : nil,
      resource: request.hasResource ? request.resource : nil, addedTags: request.addTags,
      removedTags: request.removeTags, fields: request.fields, type: request.hasType ? request.type : nil)
    let facts = try scope.facts(of: command.number)
    switch try command.decide(in: scope.situation, given: facts) {
    case .changed(let decided):
      return try scope.answer(decided, runningRulesOn: .updated)
    case .unchanged(let ticket):
      return scope.answer(ticket)
    }
  }

  static func ending(_ cursor: () -> String) -> ProtoTicketChangeResponse? { .with { $0.cursor = cursor() } }

  /// Nil for one that stays.
  private static func status(_ status: ProtoTicketStatus) throws(Rejection) -> Ticket.Status? {
    if case .UNRECOGNIZED(let number) = status {
      throw Rejection(
        .invalidField, "`status` is \(number), which is none; leave it out to keep the one it has",
        violations: [.init(field: "status", description: "is none of new, open, pending, solved, closed")])
    }
    return Ticket.Status(status)
  }

  /// Nil for one that stays.
  private static func priority(_ priority: ProtoPriority) throws(Rejection) -> Ticket.Priority? {
    if case .UNRECOGNIZED(let number) = priority {
      throw Rejection(
        .invalidField, "`priority` is \(number), which is none; leave it out to keep the one it has",
        violations: [.init(field: "priority", description: "is none of low, normal, high, urgent")])
    }
    return priority == .unspecified ? nil : Ticket.Priority(priority)
  }
}
