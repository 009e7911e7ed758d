import SignalboxCore
import SignalboxProtocol

enum PlanQueueRegistrationCall: ReadCall {
  typealias Types = Methods.PlanQueueRegistration

  static func read(
    _ request: ProtoPlanQueueRegistrationRequest, _ scope: ReadScope
  ) throws -> ProtoPlanQueueRegistrationResponse {
    let registration = try scope.registration(request.registration)
    let configuration = scope.configuration
    let outcome = PlanQueueRegistration(registration).outcome(in: scope.situation)
    var response = ProtoPlanQueueRegistrationResponse()
    response.registration = ProtoQueueRegistration(registration, in: configuration)
    response.queue = ProtoQueue(outcome.queue, in: configuration)
    response.gains = outcome.gains.map { gain in
      var gained = ProtoRightsGained()
      gained.who = gain.who
      gained.rights = gain.rights
      return gained
    }
    response.told = outcome.told
    response.blocked = outcome.refusal?.message ?? ""
    let (findings, count) = try scope.findings(of: LintQueueRegistration(registration, in: configuration))
    response.findings = findings
    response.ticketsLookedAt = count
    return response
  }
}
