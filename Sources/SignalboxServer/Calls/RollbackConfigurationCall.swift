import SignalboxCore
import SignalboxProtocol
import SignalboxStore

enum RollbackConfigurationCall: WriteCall {
  typealias Types = Methods.RollbackConfiguration

  static func write(
    _ request: ProtoRollbackConfigurationRequest, _ scope: inout WriteScope
  ) throws -> ProtoApplyConfigurationResponse {
    let document = try scope.transaction.configurationVersion(request.version, of: scope.tenant).document
    let reason = request.reason.isEmpty ? "rollback to version \(request.version)" : request.reason
    return try scope.apply(
      ApplyConfiguration(
        document, force: request.force, redirects: request.redirects, expectedVersion: request.expectedVersion,
        reason: reason))
  }
}
