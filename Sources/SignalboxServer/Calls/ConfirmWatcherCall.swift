import SignalboxCore
import SignalboxProtocol

enum ConfirmWatcherCall: WriteCall {
  typealias Types = Methods.ConfirmWatcher

  static func write(_ request: ProtoConfirmWatcherRequest, _ scope: inout WriteScope) throws -> ProtoWatcher {
    let (by, token): (ConfirmWatcher.By?, String?) =
      switch request.by {
      case .token(let token): (.token, token)
      case .watcher(let name): (.admin(queue: name.queue, who: name.who), nil)
      case nil: (nil, nil)
      }
    let facts = try scope.facts(ofWatcherToken: token)
    return try scope.answer(ConfirmWatcher(by: by).decide(in: scope.situation, given: facts))
  }
}
