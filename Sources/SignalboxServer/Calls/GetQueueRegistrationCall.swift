import SignalboxCore
import SignalboxProtocol
import SignalboxStore

enum GetQueueRegistrationCall: ReadCall {
  typealias Types = Methods.GetQueueRegistration

  static func read(
    _ request: ProtoGetQueueRegistrationRequest, _ scope: ReadScope
  ) throws -> ProtoQueueRegistration {
    let id = RegistrationID(Int64(clamping: request.registration))
    guard let registration = try QueueQueries.registration(id, of: scope.tenant, in: scope.snapshot),
      scope.sees(registration)
    else { throw Rejection.notFound(.registrationNotFound, "queue registration", String(request.registration)) }
    return ProtoQueueRegistration(registration, in: scope.configuration)
  }
}

extension ReadScope {
  func sees(_ registration: QueueRegistration) -> Bool {
    registration.askedBy == principal.actor || access.speaks(for: registration.queue.organization)
  }
}
