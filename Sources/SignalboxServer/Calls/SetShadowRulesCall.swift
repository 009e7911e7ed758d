import SignalboxCore
import SignalboxProtocol
import SignalboxStore

enum SetShadowRulesCall: StudiedWriteCall {
  typealias Types = Methods.SetShadowRules

  struct Command: Sendable {
    var request: SetShadowRules
    var hash: [UInt8]
    var compiled: TestedRules?
  }

  static func prepare(_ request: ProtoSetShadowRulesRequest, _ context: CallContext) -> Command {
    Command(request: SetShadowRules(isOff: request.off), hash: Array(request.hash))
  }

  static func study(_ command: inout Command, _ scope: ReadScope) throws {
    guard !command.request.isOff else { return }
    let kept = try scope.snapshot.all(RuleQueries.ruleSets(beginning: command.hash, of: scope.tenant))
    command.compiled = command.request.compiled(kept, in: scope.configuration, for: scope.access)
  }

  static func write(_ command: Command, _ scope: inout WriteScope) throws -> ProtoShadowRules {
    let isOff = command.request.isOff
    guard isOff == command.hash.isEmpty else {
      throw Rejection(
        .invalidField, "give the hash of a kept set, or `off` without one",
        violations: [.init(field: "hash", description: "is required without `off`, and not allowed with it")])
    }
    let kept = isOff ? [] : try scope.transaction.ruleSets(named: command.hash, of: scope.tenant)
    switch try command.request.decide(in: scope.situation, given: kept, command.compiled) {
    case .changed(let decided, let rules): return ProtoShadowRules(try scope.commit(decided, compiled: rules))
    case .outdated: throw OutdatedStudy()
    }
  }
}
