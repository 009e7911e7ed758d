import SignalboxCore
import SignalboxProtocol

enum DeclineQueueRegistrationCall: WriteCall {
  typealias Types = Methods.DeclineQueueRegistration

  static func write(
    _ request: ProtoDeclineQueueRegistrationRequest, _ scope: inout WriteScope
  ) throws -> ProtoQueueRegistration {
    let id = RegistrationID(Int64(clamping: request.registration))
    let command = DeclineQueueRegistration(registration: id, answer: request.answer)
    let registration = try scope.commit(command.decide(in: scope.situation, given: scope.facts(of: id)))
    return ProtoQueueRegistration(registration, in: scope.situation.configuration)
  }
}
