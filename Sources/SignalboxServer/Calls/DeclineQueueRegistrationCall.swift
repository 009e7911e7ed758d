import SignalboxCore
import SignalboxProtocol
import SignalboxStore

enum DeclineQueueRegistrationCall: WriteCall {
  typealias Types = Methods.DeclineQueueRegistration

  static func write(
    _ request: ProtoDeclineQueueRegistrationRequest, _ scope: inout WriteScope
  ) throws -> ProtoQueueRegistration {
    let id = RegistrationID(Int64(clamping: request.registration))
    let command = DeclineQueueRegistration(registration: id, answer: request.answer)
    let found = try QueueQueries.registration(id, of: scope.tenant, in: scope.transaction)
    let registration = try scope.commit(command.decide(in: scope.situation, given: .init(registration: found)))
    return ProtoQueueRegistration(registration, in: scope.situation.configuration)
  }
}
