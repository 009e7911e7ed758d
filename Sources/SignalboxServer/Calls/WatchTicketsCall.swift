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
      guard call.driver.mayBeginWatch(call.stream) else {
        throw Refusal(
          .tooManyWatches, "this connection follows as many watches as it may; end one, or open another connection")
      }
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
        case .success(let (queues, position, identity)):
          call.driver.begin(
            Watch(stream: call.stream, queues: queues, position: position, identity: identity, driver: call.driver))
        case .failure(let error):
          call.finish(.failure(error))
        }
      })
  }

  private static func begin(
    _ request: ProtoWatchTicketsRequest, _ scope: ReadScope
  ) throws -> (Set<QueueID>, Revision, Identity) {
    let identity = try scope.context.requireIdentity()
    var check = FieldCheck()
    if request.queues.isEmpty { check.add("queues", "is required: name the queues to follow") }
    check.count("queues", request.queues.count, atMost: scope.context.server.limits.maximumQueuesPerWatch)
    try check.finish()
    var queues: Set<QueueID> = []
    for name in request.queues {
      guard let queue = scope.configuration.queue(named: name) else {
        throw Rejection.notFound(.queueNotFound, "queue", name)
      }
      guard scope.access.browses(queue.id) else {
        throw Rejection(.notPermitted, "only agents of `\(name)` watch it; ask a tenant admin to add you")
      }
      queues.insert(queue.id)
    }
    switch request.cursor {
    case "": return (queues, scope.revisions.revision, identity)
    case fromTheStart: return (queues, Revision(0), identity)
    default:
      let position = try scope.context.server.cursors.revision(of: request.cursor, tenant: scope.tenant)
      // A dry run tells a cursor that may never come to be; what this snapshot has is the most there is.
      return (queues, min(position, scope.revisions.revision), identity)
    }
  }
}
