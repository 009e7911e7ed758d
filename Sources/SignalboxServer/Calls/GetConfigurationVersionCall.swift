import SignalboxCore
import SignalboxProtocol

enum GetConfigurationVersionCall: ReadCall {
  typealias Types = Methods.GetConfigurationVersion

  static func read(
    _ request: ProtoGetConfigurationVersionRequest, _ scope: ReadScope
  ) throws -> ProtoGetConfigurationVersionResponse {
    let found = try scope.snapshot.configurationVersion(request.version, of: scope.tenant)
    var response = ProtoGetConfigurationVersionResponse()
    response.version = ProtoConfigurationVersion(found.version)
    response.document = found.document
    return response
  }
}
