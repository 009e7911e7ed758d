import SignalboxCore
import SignalboxProtocol
import SignalboxStore

enum GetShadowRulesCall: ReadCall {
  typealias Types = Methods.GetShadowRules

  static func read(_ request: ProtoGetShadowRulesRequest, _ scope: ReadScope) throws -> ProtoShadowRules {
    try scope.access.requireRuleEditing("seeing rules in the shadow")
    var response = ProtoShadowRules(scope.configuration.shadow?.record)
    guard let counts = try scope.snapshot.first(ShadowQueries.counts(of: scope.tenant)) else { return response }
    response.seen = UInt64(clamping: counts.seen)
    response.different = UInt64(clamping: counts.different)
    let moves = try scope.snapshot.all(ShadowQueries.moves(of: scope.tenant, limit: Limits.shadowMoves))
    response.moves = moves.map { row in
      var move = ProtoQueueMove()
      move.from = scope.configuration.queues[row.live]?.name ?? ""
      move.to = row.shadow.flatMap { scope.configuration.queues[$0]?.name } ?? ""
      move.count = UInt64(clamping: row.count)
      move.samples = [UInt64(clamping: row.newest.value)]
      return move
    }
    return response
  }
}
