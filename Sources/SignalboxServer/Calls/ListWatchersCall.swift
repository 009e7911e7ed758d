import SignalboxCore
import SignalboxProtocol

enum ListWatchersCall: ReadCall {
  typealias Types = Methods.ListWatchers

  static func read(_ request: ProtoListWatchersRequest, _ scope: ReadScope) throws -> ProtoListWatchersResponse {
    guard let queue = scope.configuration.queue(named: request.queue) else {
      throw Rejection.notFound(.queueNotFound, "queue", request.queue)
    }
    guard scope.access.browses(queue.id) else {
      throw Rejection(
        .notPermitted,
        "listing watchers of `\(request.queue)` needs the right `browse` there; ask a tenant admin for a role that has it"
      )
    }
    var response = ProtoListWatchersResponse()
    response.watchers = queue.watchers.map { ProtoWatcher($0, of: queue, in: scope.configuration) }
    return response
  }
}
