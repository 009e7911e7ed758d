import SignalboxCore
import SignalboxProtocol

enum CreateOrganizationCall: WriteCall {
  typealias Types = Methods.CreateOrganization

  static func write(
    _ request: ProtoCreateOrganizationRequest, _ scope: inout WriteScope
  ) throws -> ProtoOrganization {
    let command = CreateOrganization(
      name: request.name, kind: Organization.Kind(request.kind), displayName: request.displayName)
    return ProtoOrganization(try scope.commit(command.decide(in: scope.situation)))
  }
}
