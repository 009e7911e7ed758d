import SignalboxCore
import SignalboxProtocol
import SignalboxStore

enum RollbackConfigurationCall: StudiedWriteCall {
  typealias Types = Methods.RollbackConfiguration

  struct Command: Sendable {
    var request: ProtoRollbackConfigurationRequest
    var document = StudiedDocument()
  }

  static func prepare(_ request: ProtoRollbackConfigurationRequest, _ context: CallContext) -> Command {
    Command(request: request)
  }

  /// Of a version that is not kept nothing is found out; the transaction refuses it.
  static func study(_ command: inout Command, _ scope: ReadScope) {
    let request = command.request
    guard let kept = try? scope.snapshot.configurationVersion(request.version, of: scope.tenant).document else {
      return
    }
    let reason = request.reason.isEmpty ? "rollback to version \(request.version)" : request.reason
    let document = ApplyConfiguration(
      kept, force: request.force, redirects: request.redirects, expectedVersion: request.expectedVersion,
      reason: reason)
    command.document = StudiedDocument(command: document, study: .init(document, in: scope.situation))
  }

  static func write(_ command: Command, _ scope: inout WriteScope) throws -> ProtoApplyConfigurationResponse {
    // It may have been forgotten since.
    _ = try scope.transaction.configurationVersion(command.request.version, of: scope.tenant)
    return try scope.apply(command.document)
  }
}
