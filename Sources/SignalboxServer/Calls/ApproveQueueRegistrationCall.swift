import SignalboxCore
import SignalboxProtocol

enum ApproveQueueRegistrationCall: WriteCall {
  typealias Types = Methods.ApproveQueueRegistration

  static func write(
    _ request: ProtoApproveQueueRegistrationRequest, _ scope: inout WriteScope
  ) throws -> ProtoApproveQueueRegistrationResponse {
    let id = RegistrationID(Int64(clamping: request.registration))
    let command = ApproveQueueRegistration(
      registration: id, answer: request.answer, confirmsAddresses: request.confirmAddresses)
    var facts = try scope.facts(of: id)
    facts.watcherSecrets = facts.registration?.queue.watchers.map { _ in .make() } ?? []
    let outcome = try scope.commit(command.decide(in: scope.situation, given: facts))
    let configuration = scope.situation.configuration
    var response = ProtoApproveQueueRegistrationResponse()
    response.registration = ProtoQueueRegistration(outcome.registration, in: configuration)
    response.queue = ProtoQueue(outcome.queue, in: configuration)
    return response
  }
}
