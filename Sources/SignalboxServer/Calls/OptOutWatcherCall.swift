import SignalboxCore
import SignalboxProtocol

enum OptOutWatcherCall: WriteCall {
  typealias Types = Methods.OptOutWatcher

  static func write(_ request: ProtoOptOutWatcherRequest, _ scope: inout WriteScope) throws -> ProtoWatcher {
    let (by, token): (WatcherItself?, String?) =
      switch request.by {
      case .queue(let queue): (.caller(queue: queue), nil)
      case .token(let token): (.token, token)
      case nil: (nil, nil)
      }
    let facts = try scope.facts(ofWatcherToken: token)
    return try scope.answer(OptOutWatcher(by: by).decide(in: scope.situation, given: facts))
  }
}
