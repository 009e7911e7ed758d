import SignalboxCore
import SignalboxProtocol

enum SendWatcherConfirmationCall: WriteCall {
  typealias Types = Methods.SendWatcherConfirmation

  static func write(_ request: ProtoSendWatcherConfirmationRequest, _ scope: inout WriteScope) throws -> ProtoWatcher {
    let command = SendWatcherConfirmation(queue: request.queue, who: request.who)
    return try scope.answer(command.decide(in: scope.situation, secret: .make()))
  }
}
