import SignalboxCore
import SignalboxProtocol

enum WithdrawQueueRegistrationCall: WriteCall {
  typealias Types = Methods.WithdrawQueueRegistration

  static func write(
    _ request: ProtoWithdrawQueueRegistrationRequest, _ scope: inout WriteScope
  ) throws -> ProtoQueueRegistration {
    let id = RegistrationID(Int64(clamping: request.registration))
    let command = WithdrawQueueRegistration(registration: id, answer: request.answer)
    let registration = try scope.commit(command.decide(in: scope.situation, given: scope.facts(of: id)))
    return ProtoQueueRegistration(registration, in: scope.situation.configuration)
  }
}
