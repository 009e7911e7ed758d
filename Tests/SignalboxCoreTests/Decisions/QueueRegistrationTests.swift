import SignalboxCore
import Testing

struct QueueRegistrationTests {
  private func command(
    name: String = "Delta-GPU", kind: Queue.Kind? = .resourceProvider, organization: String = "Delta",
    agents: [String] = ["ada", "ben"], watchers: [String] = ["ben", "ops@example.org"], assignee: String = "ada",
    keywords: [String] = ["gpu"]
  ) -> RegisterQueue {
    RegisterQueue(
      name: name, kind: kind, organization: organization, description: "GPUs", agents: agents, watchers: watchers,
      defaultAssignee: assignee, keywords: keywords, additional: true)
  }

  private let scene = Scene(settings: .init(awardeeQueuePattern: "ACCESS-<TRACK>-<Purpose>"))

  @Test func aMemberAsksAndAnAdminApproves() throws {
    let asked = try command().decide(in: scene.situation(Scene.agent(Scene.ada)))
    #expect(asked.outcome.state == .submitted)
    #expect(asked.outcome.queue.watchers.map(\.who) == [.person(Scene.ben.id), .address("ops@example.org")])
    #expect(asked.outcome.queue.watchers.map(\.state) == [.active, .pending])
    let approved = try ApproveQueueRegistration(registration: asked.outcome.id, answer: "welcome")
      .decide(in: scene.situation(Scene.admin), given: .init(registration: asked.outcome))
    #expect(approved.outcome.queue.name == "Delta-GPU")
    #expect(asked.plan.event.changes.first == Event.FieldChange("name", from: nil, to: "Delta-GPU"))
    #expect(approved.plan.event.changes.map(\.field).prefix(4) == ["state", "name", "organization", "kind"])
    #expect(approved.outcome.registration.state == .approved)
    #expect(approved.plan.outbox == [OutboxRecipient(role: .asker, address: "ada@example.org")])
    let next = scene.configuration.applying(approved.plan.changes, at: Revision(101))
    #expect(next.queue(named: "Delta-GPU")?.agents == [Scene.ada.id, Scene.ben.id])
    #expect(next.queuesByAgent[Scene.ada.id]?.contains(approved.outcome.queue.id) == true)
    #expect(next.version == Revision(101))
  }

  @Test(
    arguments: [
      ("name", "", Rejection.Reason.invalidField), ("name", "a b", .invalidField), ("name", "-x", .invalidField),
      ("name", "Delta", .alreadyExists), ("organization", "Nobody", .organizationNotFound),
      ("default_assignee", "cyd", .invalidField), ("keywords", "a\u{1b}[2J", .invalidField),
    ])
  func refusals(field: String, value: String, expected: Rejection.Reason) {
    let command =
      switch field {
      case "name": command(name: value)
      case "organization": command(organization: value)
      case "default_assignee": command(assignee: value)
      default: command(keywords: [value])
      }
    let refused = rejection { () throws(Rejection) in
      _ = try command.decide(in: scene.situation(Scene.agent(Scene.ada)))
    }
    #expect(refused?.reason == expected)
  }

  @Test(arguments: [
    ("ACCESS-ACO-Support", true), ("ACCESS-ACO", false), ("ACO-Support", false), ("ACCESS--Support", false),
  ])
  func awardeeQueuesHaveTheirForm(name: String, isAllowed: Bool) {
    let refused = rejection { () throws(Rejection) in
      _ = try command(name: name, kind: .awardee, organization: "ACO", agents: ["cyd"], watchers: [], assignee: "cyd")
        .decide(in: scene.situation(Scene.agent(Scene.cyd)))
    }
    #expect((refused == nil) == isAllowed)
  }

  @Test func onlyMembersAskForTheirOrganization() {
    let refused = rejection { () throws(Rejection) in
      _ = try command().decide(in: scene.situation(Scene.agent(Scene.cyd)))
    }
    #expect(refused?.reason == .notPermitted)
  }

  @Test func decidedOnce() throws {
    var registration = try command().decide(in: scene.situation(Scene.admin)).outcome
    let declined = try DeclineQueueRegistration(registration: registration.id, answer: "use Delta")
      .decide(in: scene.situation(Scene.admin), given: .init(registration: registration))
    #expect(declined.outcome.answer == "use Delta")
    registration = declined.outcome
    let refused = rejection { () throws(Rejection) in
      _ = try ApproveQueueRegistration(registration: registration.id, answer: "")
        .decide(in: scene.situation(Scene.admin), given: .init(registration: registration))
    }
    #expect(refused?.reason == .registrationDecided)
  }
}
