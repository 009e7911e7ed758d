import SignalboxCore
import SignalboxProtocol

enum SubmitQueueRegistrationCall: WriteCall {
  typealias Types = Methods.SubmitQueueRegistration

  static func write(
    _ request: ProtoSubmitQueueRegistrationRequest, _ scope: inout WriteScope
  ) throws -> ProtoQueueRegistration {
    let id = RegistrationID(Int64(clamping: request.registration))
    let command = SubmitQueueRegistration(registration: id)
    let registration = try scope.commit(command.decide(in: scope.situation, given: scope.facts(of: id)))
    return ProtoQueueRegistration(registration, in: scope.situation.configuration)
  }
}
