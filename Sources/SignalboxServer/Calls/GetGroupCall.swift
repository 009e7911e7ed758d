import SignalboxCore
import SignalboxProtocol

enum GetGroupCall: ReadCall {
  typealias Types = Methods.GetGroup

  static func read(_ request: ProtoGetGroupRequest, _ scope: ReadScope) throws -> ProtoGroup {
    guard let group = scope.configuration.group(named: request.name) else {
      throw Rejection.notFound(.groupNotFound, "group", request.name)
    }
    return ProtoGroup(group, in: scope.configuration)
  }
}
