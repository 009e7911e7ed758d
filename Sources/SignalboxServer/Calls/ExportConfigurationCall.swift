import SignalboxCore
import SignalboxProtocol

enum ExportConfigurationCall: ReadCall {
  typealias Types = Methods.ExportConfiguration

  static func read(
    _ request: ProtoExportConfigurationRequest, _ scope: ReadScope
  ) throws -> ProtoExportConfigurationResponse {
    var response = ProtoExportConfigurationResponse()
    response.document = ProtoTenantDocument(TenantDocument(of: scope.configuration))
    response.version = UInt64(clamping: scope.configuration.version.value)
    return response
  }
}
