import SignalboxCore
import SignalboxProtocol

enum GetQueueCall: ReadCall {
  typealias Types = Methods.GetQueue

  static func read(_ request: ProtoGetQueueRequest, _ scope: ReadScope) throws -> ProtoQueue {
    guard let queue = scope.configuration.queue(named: request.name) else {
      throw Rejection.notFound(.queueNotFound, "queue", request.name)
    }
    return ProtoQueue(queue, in: scope.configuration, for: scope.access)
  }
}
