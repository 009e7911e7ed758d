import SignalboxCore
import SignalboxProtocol
import SignalboxStore
import SwiftProtobuf

enum AssignTicketCall: WriteCall {
  typealias Types = Methods.AssignTicket

  static func write(
    _ request: ProtoAssignTicketRequest, _ scope: inout WriteScope
  ) throws -> ProtoTicketChangeResponse {
    let hasCap = request.cap != 0 || request.capWindowMs != 0
    let command = AssignTicket(
      number: TicketNumber(Int64(clamping: request.number)), expectedVersion: Int64(clamping: request.expectedVersion),
      order: PoolStrategy.Order(request.order), group: request.group, skills: request.skills,
      skillsRelaxedAfter: request.hasSkillsRelaxedAfterMs ? Int64(clamping: request.skillsRelaxedAfterMs) : nil,
      cap: hasCap ? .init(count: Int(request.cap), window: Int64(clamping: request.capWindowMs)) : nil,
      offerFor: request.offerForMs == 0 ? nil : Int64(clamping: request.offerForMs))
    let facts = try scope.factsWithWait(of: command.number)
    let roster = try scope.roster(of: command.members, for: facts.ticket, cap: command.cap)
    return try scope.answer(command.decide(in: scope.situation, given: facts, roster: roster))
  }

  static func ending(_ cursor: () -> String) -> ProtoTicketChangeResponse? { .with { $0.cursor = cursor() } }
}

extension WriteScope {
  /// What is known of a ticket, and how it waits.
  func factsWithWait(of ticket: TicketNumber) throws -> TicketFacts {
    var facts = try facts(of: ticket)
    if facts.ticket != nil { facts.wait = try transaction.first(AssignmentQueries.wait(of: ticket, tenant)) }
    return facts
  }

  /// Of all whom a strategy may pick where the ticket is; of nobody for a ticket that is not there.
  func roster(of members: PoolStrategy.Members, for ticket: Ticket?, cap: PoolStrategy.Cap?) throws -> RosterFacts {
    let configuration = situation.configuration
    guard let queue = ticket.flatMap({ configuration.queues[$0.queue] }) else { return RosterFacts() }
    return try AssignmentQueries.facts(
      of: Roster.members(of: members, in: queue, configuration), in: queue.id, cap: cap, at: situation.now, of: tenant,
      in: transaction)
  }
}

extension PoolStrategy.Order {
  init?(_ order: ProtoAssignmentOrder) {
    switch order {
    case .roundRobin: self = .roundRobin
    case .leastLoaded: self = .leastLoaded
    case .mostCapacity: self = .mostCapacity
    case .unspecified, .UNRECOGNIZED: return nil
    }
  }
}
