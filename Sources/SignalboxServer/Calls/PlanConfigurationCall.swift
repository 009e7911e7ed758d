import SignalboxCore
import SignalboxProtocol
import SignalboxStore

enum PlanConfigurationCall: ReadCall {
  typealias Types = Methods.PlanConfiguration

  /// Rules of a document are compiled and tested.
  static var isUnhurried: Bool { true }

  static func read(_ request: ProtoPlanConfigurationRequest, _ scope: ReadScope) throws -> ProtoConfigurationPlan {
    let document: ProtoTenantDocument
    switch request.subject {
    case .document(let given): document = given
    case .version(let version):
      document = try scope.snapshot.configurationVersion(version, of: scope.tenant).document
    case nil: throw Rejection(.invalidField, "`document` or `version` is required")
    }
    let command = ApplyConfiguration(
      document, force: request.force, redirects: request.redirects, expectedVersion: 0, reason: "")
    let facts = try scope.snapshot.facts(for: command, in: scope.configuration)
    return ProtoConfigurationPlan(try command.outcome(in: scope.situation, given: facts))
  }
}
