import SignalboxCore
import SignalboxProtocol

enum RemoveWatcherCall: WriteCall {
  typealias Types = Methods.RemoveWatcher

  static func write(_ request: ProtoRemoveWatcherRequest, _ scope: inout WriteScope) throws -> ProtoWatcher {
    try scope.answer(RemoveWatcher(queue: request.queue, who: request.who).decide(in: scope.situation))
  }
}
