import SignalboxCore
import SignalboxProtocol

enum CreateGroupCall: WriteCall {
  typealias Types = Methods.CreateGroup

  static func write(_ request: ProtoCreateGroupRequest, _ scope: inout WriteScope) throws -> ProtoGroup {
    let command = CreateGroup(name: request.name, displayName: request.displayName, members: request.members)
    return ProtoGroup(try scope.commit(command.decide(in: scope.situation)), in: scope.situation.configuration)
  }
}
