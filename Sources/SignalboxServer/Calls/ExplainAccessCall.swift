import SignalboxCore
import SignalboxProtocol
import SignalboxStore

enum ExplainAccessCall: ReadCall {
  typealias Types = Methods.ExplainAccess

  static func read(_ request: ProtoExplainAccessRequest, _ scope: ReadScope) throws -> ProtoExplainAccessResponse {
    var check = FieldCheck()
    let right = Right(request.right)
    if right == nil { check.add("right", "is required") }
    let target = try target(request, scope)
    if target == nil { check.add("target", "is required: `tenant`, `queue` or `ticket`") }
    try check.finish()
    guard let right, let target else { throw Rejection(.invalidField, "a field is missing") }

    let question: AccessQuestion
    if request.person.isEmpty {
      question = AccessQuestion(about: scope.principal, right: right, target: target)
    } else {
      let person = scope.configuration.person(withHandle: request.person)
      guard scope.access.administers || (person != nil && scope.principal.person == person?.id) else {
        throw Rejection(
          .notPermitted, "about others only a tenant admin asks; leave the person out to ask for yourself")
      }
      guard let person else { throw Rejection.notFound(.personNotFound, "person", request.person) }
      question = AccessQuestion(about: person.id, right: right, target: target)
    }
    let answer = question.answer(in: scope.configuration)
    var response = ProtoExplainAccessResponse()
    response.allowed = answer.allowed
    response.because = answer.because
    response.missing = answer.missing
    response.rights = answer.rights.map(ProtoRight.init)
    return response
  }

  private static func target(
    _ request: ProtoExplainAccessRequest, _ scope: ReadScope
  ) throws -> AccessQuestion.Target? {
    switch request.target {
    case .tenant(true): return .tenant
    case .queue(let name):
      guard let queue = scope.configuration.queue(named: name) else {
        throw Rejection.notFound(.queueNotFound, "queue", name)
      }
      return .queue(queue)
    case .ticket(let number):
      // Who may not see the ticket is told nothing about it, not even that they may not.
      return .ticket(try scope.ticket(number))
    case .tenant(false), nil: return nil
    }
  }
}
