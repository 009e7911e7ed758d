import SignalboxCore
import SignalboxProtocol

enum UpdateWatcherCall: WriteCall {
  typealias Types = Methods.UpdateWatcher

  static func write(_ request: ProtoUpdateWatcherRequest, _ scope: inout WriteScope) throws -> ProtoWatcher {
    let command = UpdateWatcher(queue: request.queue, who: request.who, events: WatcherEvents(request.events))
    return try scope.answer(command.decide(in: scope.situation))
  }
}
