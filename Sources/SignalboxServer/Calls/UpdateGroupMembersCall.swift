import SignalboxCore
import SignalboxProtocol

enum UpdateGroupMembersCall: WriteCall {
  typealias Types = Methods.UpdateGroupMembers

  static func write(_ request: ProtoUpdateGroupMembersRequest, _ scope: inout WriteScope) throws -> ProtoGroup {
    let command = UpdateGroupMembers(name: request.name, add: request.add, remove: request.remove)
    return ProtoGroup(try scope.commit(command.decide(in: scope.situation)), in: scope.situation.configuration)
  }
}
