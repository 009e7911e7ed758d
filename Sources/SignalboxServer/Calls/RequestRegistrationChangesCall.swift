import SignalboxCore
import SignalboxProtocol

enum RequestRegistrationChangesCall: WriteCall {
  typealias Types = Methods.RequestRegistrationChanges

  static func write(
    _ request: ProtoRequestRegistrationChangesRequest, _ scope: inout WriteScope
  ) throws -> ProtoQueueRegistration {
    let id = RegistrationID(Int64(clamping: request.registration))
    let command = RequestRegistrationChanges(registration: id, answer: request.answer)
    let registration = try scope.commit(command.decide(in: scope.situation, given: scope.facts(of: id)))
    return ProtoQueueRegistration(registration, in: scope.situation.configuration)
  }
}
