import SignalboxCore
import SignalboxProtocol

enum SetPresenceCall: WriteCall {
  typealias Types = Methods.SetPresence

  static func write(_ request: ProtoSetPresenceRequest, _ scope: inout WriteScope) throws -> ProtoPerson {
    let command = SetPresence(person: request.person, presence: Availability.Presence(request.presence))
    let person = try scope.commit(command.decide(in: scope.situation))
    return ProtoPerson(person, in: scope.situation.configuration)
  }
}
