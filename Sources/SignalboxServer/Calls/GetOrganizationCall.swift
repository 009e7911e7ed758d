import SignalboxCore
import SignalboxProtocol

enum GetOrganizationCall: ReadCall {
  typealias Types = Methods.GetOrganization

  static func read(_ request: ProtoGetOrganizationRequest, _ scope: ReadScope) throws -> ProtoOrganization {
    guard let organization = scope.configuration.organization(named: request.name) else {
      throw Rejection.notFound(.organizationNotFound, "organization", request.name)
    }
    return ProtoOrganization(organization)
  }
}
