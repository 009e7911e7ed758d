import NIOCore
import SignalboxCore
import SignalboxProtocol
import SignalboxStore

enum ReplayRulesCall {
  typealias Types = Methods.ReplayRules

  /// Counts the tickets and compiles the candidate, then leaves the stream to a replay. All of it gives way to other
  /// calls.
  static func start(_ call: Invocation) {
    let request: ProtoReplayRulesRequest
    do {
      request = try call.decode(Types.self)
      try call.driver.seats.replay(on: call.stream, of: call.context.requireIdentity().principal.tenant)
    } catch {
      return call.finish(.failure(error))
    }
    let context = call.context
    call.readUnhurried { snapshot in
      try begin(request, ReadScope(context, in: snapshot))
    } completion: { call, result in
      switch result {
      case .success(let beginning):
        call.driver.open(
          Replay(
            beginning.job, checked: beginning.checked, stream: call.stream, identity: beginning.identity,
            driver: call.driver, loop: call.loop))
      case .failure(let error):
        call.finish(.failure(error))
      }
    }
  }

  private struct Beginning {
    var job: ReplayJob
    var checked: TenantConfiguration.Identity
    var identity: Identity
  }

  private static func begin(_ request: ProtoReplayRulesRequest, _ scope: ReadScope) throws -> Beginning {
    let identity = try scope.context.requireIdentity()
    try scope.access.requireRuleEditing("replaying rules")
    let most = request.limit == 0 ? Limits.replayTickets : min(Int(request.limit), Limits.replayTickets)
    let total = try scope.snapshot.first(ReplayQueries.count(of: scope.tenant, atMost: most)) ?? 0
    let candidate = try scope.rules(text: request.text, hash: request.hash)
    let job = ReplayJob(
      RuleReplay(candidate, in: scope.configuration), of: scope.tenant,
      since: Timestamp(milliseconds: request.sinceMs), total: Int(total),
      limits: scope.context.server.limits)
    return Beginning(job: job, checked: scope.configuration.identity, identity: identity)
  }
}
