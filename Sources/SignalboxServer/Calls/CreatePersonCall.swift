import SignalboxCore
import SignalboxProtocol

enum CreatePersonCall: WriteCall {
  typealias Types = Methods.CreatePerson

  static func write(_ request: ProtoCreatePersonRequest, _ scope: inout WriteScope) throws -> ProtoPerson {
    let command = CreatePerson(
      handle: request.handle, displayName: request.displayName, email: request.email,
      organization: request.organization)
    let person = try scope.commit(command.decide(in: scope.situation))
    return ProtoPerson(person, in: scope.situation.configuration)
  }
}
