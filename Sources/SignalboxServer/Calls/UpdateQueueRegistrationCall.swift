import SignalboxCore
import SignalboxProtocol

enum UpdateQueueRegistrationCall: WriteCall {
  typealias Types = Methods.UpdateQueueRegistration

  static func write(
    _ request: ProtoUpdateQueueRegistrationRequest, _ scope: inout WriteScope
  ) throws -> ProtoQueueRegistration {
    if case .UNRECOGNIZED(let number) = request.kind {
      throw Rejection(
        .invalidField, "`kind` is \(number), which is no kind of queue; leave it out to keep the one it has",
        violations: [.init(field: "kind", description: "is none that there is")])
    }
    let id = RegistrationID(Int64(clamping: request.registration))
    let command = UpdateQueueRegistration(
      registration: id, name: request.hasName ? request.name : nil, kind: Queue.Kind(request.kind),
      description: request.hasDescription_p ? request.description_p : nil,
      agents: request.hasAgents ? request.agents.values : nil,
      watchers: request.hasWatchers ? request.watchers.values : nil,
      defaultAssignee: request.hasDefaultAssignee ? request.defaultAssignee : nil,
      keywords: request.hasKeywords ? request.keywords.values : nil,
      additional: request.hasAdditional ? request.additional : nil)
    let registration = try scope.commit(command.decide(in: scope.situation, given: scope.facts(of: id)))
    return ProtoQueueRegistration(registration, in: scope.situation.configuration)
  }
}
