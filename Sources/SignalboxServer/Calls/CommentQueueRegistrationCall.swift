import SignalboxCore
import SignalboxProtocol

enum CommentQueueRegistrationCall: WriteCall {
  typealias Types = Methods.CommentQueueRegistration

  static func write(
    _ request: ProtoCommentQueueRegistrationRequest, _ scope: inout WriteScope
  ) throws -> ProtoQueueRegistration {
    let id = RegistrationID(Int64(clamping: request.registration))
    let command = CommentQueueRegistration(registration: id, comment: request.comment)
    let registration = try scope.commit(command.decide(in: scope.situation, given: scope.facts(of: id)))
    return ProtoQueueRegistration(registration, in: scope.situation.configuration)
  }
}
