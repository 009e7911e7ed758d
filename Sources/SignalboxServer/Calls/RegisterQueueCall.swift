import SignalboxCore
import SignalboxProtocol

enum RegisterQueueCall: WriteCall {
  typealias Types = Methods.RegisterQueue

  static func write(
    _ request: ProtoRegisterQueueRequest, _ scope: inout WriteScope
  ) throws -> ProtoQueueRegistration {
    let command = RegisterQueue(
      name: request.name, kind: Queue.Kind(request.kind), organization: request.organization,
      description: request.description_p, agents: request.agents, watchers: request.watchers,
      defaultAssignee: request.defaultAssignee, keywords: request.keywords)
    let registration = try scope.commit(command.decide(in: scope.situation))
    return ProtoQueueRegistration(registration, in: scope.situation.configuration)
  }
}
