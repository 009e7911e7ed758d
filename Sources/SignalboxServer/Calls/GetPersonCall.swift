import SignalboxCore
import SignalboxProtocol

enum GetPersonCall: ReadCall {
  typealias Types = Methods.GetPerson

  static func read(_ request: ProtoGetPersonRequest, _ scope: ReadScope) throws -> ProtoPerson {
    guard let person = scope.configuration.person(withHandle: request.handle) else {
      throw Rejection.notFound(.personNotFound, "person", request.handle)
    }
    return ProtoPerson(person, in: scope.configuration)
  }
}
