import SignalboxCore
import SignalboxProtocol

enum SetAbsenceCall: WriteCall {
  typealias Types = Methods.SetAbsence

  static func write(_ request: ProtoSetAbsenceRequest, _ scope: inout WriteScope) throws -> ProtoPerson {
    let command = SetAbsence(
      person: request.person, from: request.absence.fromMs, until: request.absence.untilMs,
      substitute: request.absence.substitute)
    let person = try scope.commit(command.decide(in: scope.situation))
    return ProtoPerson(person, in: scope.situation.configuration)
  }
}
