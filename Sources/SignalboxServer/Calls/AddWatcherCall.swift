import SignalboxCore
import SignalboxProtocol

enum AddWatcherCall: WriteCall {
  typealias Types = Methods.AddWatcher

  static func write(_ request: ProtoAddWatcherRequest, _ scope: inout WriteScope) throws -> ProtoWatcher {
    let command = AddWatcher(
      queue: request.queue, who: request.who,
      events: request.events.isEmpty ? .usual : WatcherEvents(request.events), confirms: request.confirm)
    return try scope.answer(command.decide(in: scope.situation, secret: .make()))
  }
}
