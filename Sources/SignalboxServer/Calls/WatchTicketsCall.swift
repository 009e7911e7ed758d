import NIOCore
import SignalboxCore
import SignalboxProtocol
import SignalboxStore
import SignalboxWire

enum WatchTicketsCall {
  typealias Types = Methods.WatchTickets

  static let fromTheStart = "start"

  /// Checks the request against the tenant, then leaves the stream to the tenant's feed.
  static func start(_ call: Invocation) {
    let request: ProtoWatchTicketsRequest
    do {
      request = try call.decode(Types.self)
      try call.driver.seats.watch(on: call.stream, for: call.context.requireIdentity())
    } catch {
      return call.finish(.failure(error))
    }
    let context = call.context
    let back = NIOLoopBound(call, eventLoop: call.loop.eventLoop)
    call.loop.submit(
      Read(sink: call.loop.sink) { snapshot in
        try begin(request, ReadScope(context, in: snapshot))
      } completion: { result in
        let call = back.value
        switch result {
        case .success(let beginning):
          call.driver.open(
            Watch(
              stream: call.stream, queues: beginning.queues, registrations: beginning.registrations,
              position: beginning.position, identity: beginning.identity, driver: call.driver, loop: call.loop))
        case .failure(let error):
          call.finish(.failure(error))
        }
      })
  }

  private struct Beginning {
    var queues: Set<QueueID>
    var registrations: Set<RegistrationID>
    var position: Revision
    var identity: Identity
  }

  private static func begin(_ request: ProtoWatchTicketsRequest, _ scope: ReadScope) throws -> Beginning {
    let identity = try scope.context.requireIdentity()
    var check = FieldCheck()
    let count = request.queues.count + request.registrations.count
    if count == 0 { check.add("queues", "is required: name the queues, or registrations, to follow") }
    check.count("queues", count, atMost: scope.context.server.limits.maximumQueuesPerWatch)
    try check.finish()
    var queues: Set<QueueID> = []
    for name in request.queues {
      guard let queue = scope.configuration.queue(named: name) else {
        throw Rejection.notFound(.queueNotFound, "queue", name)
      }
      guard scope.access.browses(queue.id) else {
        throw Rejection(
          .notPermitted, "following `\(name)` needs the right `browse` there; ask a tenant admin for a role that has it"
        )
      }
      queues.insert(queue.id)
    }
    return Beginning(
      queues: queues, registrations: try Set(request.registrations.map { try scope.registration($0).id }),
      position: try position(request.cursor, scope), identity: identity)
  }

  private static func position(_ cursor: String, _ scope: ReadScope) throws -> Revision {
    switch cursor {
    case "": return scope.revisions.revision
    case fromTheStart: return Revision(0)
    default:
      let position = try scope.context.server.cursors.revision(of: cursor, tenant: scope.tenant)
      // A dry run tells a cursor that may never come to be; what this snapshot has is the most there is.
      return min(position, scope.revisions.revision)
    }
  }
}
