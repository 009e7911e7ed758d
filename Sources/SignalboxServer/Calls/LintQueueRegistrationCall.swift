import SignalboxCore
import SignalboxProtocol
import SignalboxStore

enum LintQueueRegistrationCall: ReadCall {
  typealias Types = Methods.LintQueueRegistration

  static func read(
    _ request: ProtoLintQueueRegistrationRequest, _ scope: ReadScope
  ) throws -> ProtoLintQueueRegistrationResponse {
    let lint: LintQueueRegistration
    switch request.subject {
    case .registration(let number):
      lint = LintQueueRegistration(try scope.registration(number), in: scope.configuration)
    case .request(let wish):
      lint = LintQueueRegistration(RegisterQueue(wish))
      // The numbers are for those who may ask for the queue.
      _ = try lint.wish.asker(in: scope.situation)
    case nil:
      throw Rejection(
        .invalidField, "`registration` or `request` is required: what to look at",
        violations: [.init(field: "registration", description: "is required, or `request`")])
    }
    var response = ProtoLintQueueRegistrationResponse()
    let (findings, count) = try scope.findings(of: lint)
    response.findings = findings
    response.ticketsLookedAt = count
    return response
  }
}

extension ReadScope {
  /// What a decision is given, for a call that only says what would be decided.
  var situation: Situation {
    Situation(
      principal: principal, configuration: configuration, now: context.now,
      revision: Revision(revisions.revision.value + 1), quotas: context.server.limits.quotas, usage: revisions.usage)
  }

  /// The findings, and how many past tickets were looked at.
  func findings(of lint: LintQueueRegistration) throws -> ([ProtoLintFinding], UInt32) {
    var evidence = lint.evidence(in: configuration)
    try PastTicketQueries.each(
      of: tenant, newest: Limits.pastTickets, byteLimit: Limits.pastTicketBytes, in: snapshot
    ) { subject, body in evidence.count(subject: subject, body: body) }
    let open = try [QueueRegistration.State.submitted, .changesRequested].flatMap { state in
      try RegistrationQueries.registrations(
        of: tenant, after: 0, state: state, limit: Limits.openRegistrationsCompared, in: snapshot)
    }
    let findings = lint.findings(
      in: configuration, given: evidence,
      beside: open.map { OpenRegistration($0, to: principal, in: configuration) })
    return (findings.map(ProtoLintFinding.init), UInt32(clamping: evidence.ticketCount))
  }
}
