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
    return try scope.answer(command.decide(in: scope.situation, given: facts, roster: scope.roster))
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

  func roster(of pool: PoolStrategy, for ticket: Ticket) throws -> RosterFacts {
    try transaction.roster(of: pool, for: ticket, in: situation)
  }
}

extension Snapshot {
  /// Of all whom the strategy may pick where the ticket is, as they are without it.
  func roster(of pool: PoolStrategy, for ticket: Ticket, in situation: Situation) throws -> RosterFacts {
    let (configuration, now) = (situation.configuration, situation.now)
    guard let queue = configuration.queues[ticket.queue] else { return RosterFacts() }
    return try AssignmentQueries.facts(
      of: Roster.candidates(of: pool.members, in: queue, configuration, at: now), beside: ticket.number, in: queue.id,
      cap: pool.cap, at: now, of: situation.principal.tenant, in: self)
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
