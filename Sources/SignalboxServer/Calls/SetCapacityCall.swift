import SignalboxCore
import SignalboxProtocol

enum SetCapacityCall: WriteCall {
  typealias Types = Methods.SetCapacity

  static func write(_ request: ProtoSetCapacityRequest, _ scope: inout WriteScope) throws -> ProtoPerson {
    let capacity: SetCapacity.Capacity?
    switch request.capacity {
    case .units(let units): capacity = .units(Int(units))
    case .unlimited(true): capacity = .unlimited
    case .unlimited(false):
      throw Rejection(
        .invalidField, "`unlimited` is true or left out; give `units` for a limit",
        violations: [.init(field: "unlimited", description: "is true or left out")])
    case nil: capacity = nil
    }
    let command = SetCapacity(
      person: request.person, capacity: capacity, skills: request.hasSkills ? request.skills.values : nil)
    let person = try scope.commit(command.decide(in: scope.situation))
    return ProtoPerson(person, in: scope.situation.configuration)
  }
}
