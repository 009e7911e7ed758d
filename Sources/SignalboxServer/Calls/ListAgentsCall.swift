import SignalboxCore
import SignalboxProtocol
import SignalboxStore
import SwiftProtobuf

enum ListAgentsCall: ReadCall {
  typealias Types = Methods.ListAgents

  static func read(_ request: ProtoListAgentsRequest, _ scope: ReadScope) throws -> ProtoListAgentsResponse {
    let paging = try Paging(scope, size: request.pageSize, page: request.page, scope: "agents/\(request.queue)")
    let after = paging.after ?? 0
    let rest = try agents(of: request.queue, scope).filter { $0.value > after }.sorted { $0.value < $1.value }
    let (page, next) = paging.cut(rest) { $0.value }
    var response = ProtoListAgentsResponse()
    response.agents = try page.compactMap { id in
      guard let person = scope.configuration.people[id] else { return nil }
      let workload = try AvailabilityQueries.workload(of: id, scope.tenant, in: scope.snapshot)
      return ProtoAgent.with {
        $0.person = ProtoPerson(person, in: scope.configuration)
        $0.absent = person.absence?.covers(scope.context.now) ?? false
        $0.openTickets = UInt32(clamping: workload.tickets)
        $0.load = UInt32(clamping: workload.units)
      }
    }
    response.nextPage = next
    return response
  }

  /// Of all queues that the caller browses, when none is named.
  private static func agents(of name: String, _ scope: ReadScope) throws -> Set<PersonID> {
    let access = scope.access
    guard !name.isEmpty else {
      return scope.configuration.queues.values.filter { access.browses($0.id) }.reduce(into: []) {
        $0.formUnion($1.agents)
      }
    }
    guard let queue = scope.configuration.queue(named: name) else {
      throw Rejection.notFound(.queueNotFound, "queue", name)
    }
    guard access.browses(queue.id) else {
      throw Rejection(
        .notPermitted,
        "listing the agents of `\(name)` needs the right `browse` there; ask a tenant admin for a role that has it")
    }
    return Set(queue.agents)
  }
}
