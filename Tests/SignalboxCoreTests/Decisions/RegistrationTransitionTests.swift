import SignalboxCore
import Testing

/// Every state × act × caller against a table written as people would say it.
struct RegistrationTransitionTests {
  private enum Caller: CaseIterable {
    case asker, member, admin, adminWhoAsked, stranger
  }

  private enum Answer: Equatable {
    case state(QueueRegistration.State)
    case refused(Rejection.Reason)
  }

  private let scene = Scene()

  private func principal(_ caller: Caller) -> Principal {
    switch caller {
    case .asker: Scene.agent(Scene.ada)
    case .member: Scene.agent(Scene.ben)
    case .admin, .adminWhoAsked: Scene.admin
    case .stranger: Scene.agent(Scene.cyd)
    }
  }

  private func registration(_ state: QueueRegistration.State, for caller: Caller) throws -> QueueRegistration {
    let asker = caller == .adminWhoAsked ? Scene.admin : Scene.agent(Scene.ada)
    var registration = try RegisterQueue(
      name: "Delta-GPU", kind: .internal, organization: "Delta", description: "", agents: ["ada"], watchers: [],
      defaultAssignee: "", keywords: []
    ).decide(in: scene.situation(asker)).outcome
    registration.state = state
    return registration
  }

  private func run(
    _ act: RegistrationAct, _ registration: QueueRegistration, by caller: Caller
  ) throws(Rejection) -> QueueRegistration.State {
    let situation = scene.situation(principal(caller))
    let facts = RegistrationFacts(registration: registration)
    let id = registration.id
    switch act {
    case .amend:
      return try UpdateQueueRegistration(registration: id, description: "GPUs").decide(in: situation, given: facts)
        .outcome.state
    case .submit:
      return try SubmitQueueRegistration(registration: id).decide(in: situation, given: facts).outcome.state
    case .requestChanges:
      return try RequestRegistrationChanges(registration: id, answer: "why").decide(in: situation, given: facts)
        .outcome.state
    case .approve:
      return try ApproveQueueRegistration(registration: id, answer: "").decide(in: situation, given: facts)
        .outcome.registration.state
    case .decline:
      return try DeclineQueueRegistration(registration: id, answer: "no").decide(in: situation, given: facts)
        .outcome.state
    case .withdraw:
      return try WithdrawQueueRegistration(registration: id, answer: "").decide(in: situation, given: facts)
        .outcome.state
    case .comment:
      return try CommentQueueRegistration(registration: id, comment: "hm").decide(in: situation, given: facts)
        .outcome.state
    }
  }

  private func expected(_ state: QueueRegistration.State, _ act: RegistrationAct, _ caller: Caller) -> Answer {
    if caller == .stranger { return .refused(.registrationNotFound) }
    if act == .comment { return .state(state) }
    let isAsker = caller != .admin
    let isAdmin = caller == .admin || caller == .adminWhoAsked
    switch act {
    case .amend:
      if state == .draft || state == .changesRequested, isAsker { return .state(state) }
      if state == .submitted, isAdmin { return .state(state) }
    case .submit:
      if state == .draft || state == .changesRequested, isAsker { return .state(.submitted) }
      if !isAsker { return .refused(.notPermitted) }
    case .requestChanges:
      if !isAdmin { return .refused(.notPermitted) }
      if state == .submitted { return .state(.changesRequested) }
    case .approve:
      if !isAdmin { return .refused(.notPermitted) }
      if state == .submitted { return .state(.approved) }
    case .decline:
      if !isAdmin { return .refused(.notPermitted) }
      if state == .submitted || state == .changesRequested { return .state(.declined) }
    case .withdraw:
      if !isAsker { return .refused(.notPermitted) }
      if !state.isDecided { return .state(.withdrawn) }
    case .comment:
      break
    }
    return .refused(state.isDecided ? .registrationDecided : .registrationState)
  }

  @Test func eachCombination() throws {
    var seen = 0
    for state in QueueRegistration.State.allCases {
      for act in RegistrationAct.allCases {
        for caller in Caller.allCases {
          let registration = try registration(state, for: caller)
          let answer: Answer
          do throws(Rejection) {
            answer = .state(try run(act, registration, by: caller))
          } catch {
            answer = .refused(error.reason)
          }
          #expect(answer == expected(state, act, caller), "\(act) in \(state) by \(caller)")
          seen += 1
        }
      }
    }
    #expect(seen == 6 * 7 * 5)
  }

  @Test func whatIsNotThereIsNotFound() {
    let refused = rejection { () throws(Rejection) in
      _ = try SubmitQueueRegistration(registration: RegistrationID(9))
        .decide(in: scene.situation(Scene.admin), given: RegistrationFacts(registration: nil))
    }
    #expect(refused?.reason == .registrationNotFound)
  }
}
