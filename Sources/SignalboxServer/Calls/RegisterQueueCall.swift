import SignalboxCore
import SignalboxProtocol
import SignalboxStore

enum RegisterQueueCall: WriteCall {
  typealias Types = Methods.RegisterQueue

  static func write(
    _ request: ProtoRegisterQueueRequest, _ scope: inout WriteScope
  ) throws -> ProtoQueueRegistration {
    let facts = RegistrationFacts(registration: nil, administrators: try scope.administrators())
    let registration = try scope.commit(RegisterQueue(request).decide(in: scope.situation, given: facts))
    return ProtoQueueRegistration(registration, in: scope.situation.configuration)
  }
}

extension RegisterQueue {
  init(_ request: ProtoRegisterQueueRequest) {
    self.init(
      name: request.name, kind: Queue.Kind(request.kind), organization: request.organization,
      description: request.description_p, agents: request.agents, watchers: request.watchers,
      defaultAssignee: request.defaultAssignee, keywords: request.keywords, draft: request.draft,
      additional: request.additional)
  }
}

extension WriteScope {
  /// What a decision may look at of a registration.
  func facts(of registration: RegistrationID) throws -> RegistrationFacts {
    RegistrationFacts(
      registration: try RegistrationQueries.registration(registration, of: tenant, in: transaction),
      administrators: try administrators())
  }

  /// Who is told of what an asker does.
  func administrators() throws -> [PersonID] {
    try transaction.all(RegistrationQueries.administrators(of: tenant, at: situation.now, limit: Limits.adminsTold))
  }
}
