import SignalboxCore
import SignalboxProtocol
import SignalboxStore

enum GetQueueRegistrationCall: ReadCall {
  typealias Types = Methods.GetQueueRegistration

  static func read(
    _ request: ProtoGetQueueRegistrationRequest, _ scope: ReadScope
  ) throws -> ProtoQueueRegistration {
    ProtoQueueRegistration(try scope.registration(request.registration), in: scope.configuration)
  }
}

extension ReadScope {
  /// The registration of that number, if the caller sees it.
  func registration(_ number: UInt64) throws -> QueueRegistration {
    let id = RegistrationID(Int64(clamping: number))
    guard let registration = try RegistrationQueries.registration(id, of: tenant, in: snapshot),
      !registration.sides(of: principal, in: configuration).isEmpty
    else { throw Rejection.notFound(.registrationNotFound, "queue registration", String(number)) }
    return registration
  }
}
