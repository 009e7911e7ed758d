import SignalboxCore
import Testing

/// From the draft to the answer: what history keeps and who is told.
struct RegistrationThreadTests {
  private let scene = Scene(settings: .init(resourceProviderQueuePattern: "<Name>-<Purpose>"))
  private let boss = Principal(
    tenant: TenantID(5), role: .tenantAdmin, person: Scene.cyd.id, handle: "cyd", tokenTenant: TenantID(5),
    token: TokenID(31), tokenName: "desk-admin")

  private func facts(_ registration: QueueRegistration?) -> RegistrationFacts {
    RegistrationFacts(registration: registration, administrators: [Scene.cyd.id])
  }

  private func wish(_ name: String, draft: Bool = false, additional: Bool = true) -> RegisterQueue {
    RegisterQueue(
      name: name, kind: .resourceProvider, organization: "Delta", description: "", agents: ["ada"], watchers: [],
      defaultAssignee: "", keywords: ["gpu"], draft: draft, additional: additional)
  }

  @Test func fromADraftToTheAnswer() throws {
    let ada = scene.situation(Scene.agent(Scene.ada))
    // A draft may be unfit, and is nobody else's affair.
    let drafted = try wish("GPU", draft: true).decide(in: ada, given: facts(nil))
    #expect(drafted.outcome.state == .draft)
    #expect(drafted.plan.event.kind == .registrationDrafted)
    #expect(drafted.plan.event.registration == drafted.outcome.id)
    #expect(drafted.plan.outbox.isEmpty)
    let unfit = rejection { () throws(Rejection) in
      _ = try SubmitQueueRegistration(registration: drafted.outcome.id).decide(in: ada, given: facts(drafted.outcome))
    }
    #expect(unfit?.reason == .invalidField)
    #expect(unfit?.violations.first?.description.contains("`<Name>-<Purpose>`, such as `Name-Purpose`") == true)

    // A member, not the asker, makes it fit: the asker is told, the admins not yet.
    let amended = try UpdateQueueRegistration(registration: drafted.outcome.id, name: "Delta-GPU")
      .decide(in: scene.situation(Scene.agent(Scene.ben)), given: facts(drafted.outcome))
    #expect(amended.plan.event.changes == [.init("name", from: "GPU", to: "Delta-GPU")])
    #expect(amended.plan.outbox == [OutboxRecipient(role: .asker, address: "ada@example.org")])

    let submitted = try SubmitQueueRegistration(registration: drafted.outcome.id)
      .decide(in: ada, given: facts(amended.outcome))
    #expect(submitted.plan.event.changes == [.init("state", from: "draft", to: "submitted")])
    #expect(submitted.plan.outbox == [OutboxRecipient(role: .admin, address: "cyd@example.org")])

    let returned = try RequestRegistrationChanges(registration: drafted.outcome.id, answer: "two agents, please")
      .decide(in: scene.situation(boss), given: facts(submitted.outcome))
    #expect(returned.outcome.answer == "two agents, please")
    #expect(returned.plan.outbox == [OutboxRecipient(role: .asker, address: "ada@example.org")])

    let again = try SubmitQueueRegistration(registration: drafted.outcome.id)
      .decide(in: ada, given: facts(returned.outcome))
    #expect(again.outcome.answer.isEmpty)

    let byAdmin = try UpdateQueueRegistration(
      registration: drafted.outcome.id, agents: ["ada", "ben"], defaultAssignee: "ben", keywords: []
    ).decide(in: scene.situation(boss), given: facts(again.outcome))
    #expect(
      byAdmin.plan.event.changes == [
        .init("agents", from: "ada", to: "ada, ben"), .init("default_assignee", from: nil, to: "ben"),
        .init("keywords", from: "gpu", to: nil),
      ])
    #expect(byAdmin.plan.outbox.map(\.role) == [.asker])
    #expect(byAdmin.outcome.queue.agents == [Scene.ada.id, Scene.ben.id])

    let comment = try CommentQueueRegistration(registration: drafted.outcome.id, comment: "thanks")
      .decide(in: ada, given: facts(byAdmin.outcome))
    #expect(comment.plan.changes.isEmpty)
    #expect(comment.plan.event.reason == "thanks")
    #expect(comment.plan.outbox.map(\.role) == [.admin])
  }

  @Test func anAmendmentStaysFitAndChangesSomething() throws {
    let asked = try wish("Delta-GPU").decide(in: scene.situation(Scene.agent(Scene.ada)), given: facts(nil)).outcome
    func amend(_ command: UpdateQueueRegistration) -> Rejection.Reason? {
      rejection { () throws(Rejection) in
        _ = try command.decide(in: scene.situation(boss), given: facts(asked))
      }?.reason
    }
    #expect(amend(.init(registration: asked.id)) == .invalidField)
    #expect(amend(.init(registration: asked.id, name: "GPU")) == .invalidField)
    #expect(amend(.init(registration: asked.id, agents: ["nobody"])) == .personNotFound)
    #expect(amend(.init(registration: asked.id, defaultAssignee: "ben")) == .invalidField)
    #expect(amend(.init(registration: asked.id, name: "Delta-A100")) == nil)
  }

  @Test func anOrganizationWithAQueueIsOfferedIt() throws {
    let ada = scene.situation(Scene.agent(Scene.ada))
    let refused = rejection { () throws(Rejection) in
      _ = try wish("Delta-GPU", additional: false).decide(in: ada)
    }
    #expect(refused?.reason == .organizationHasQueue)
    #expect(refused?.message.contains("`Delta`") == true)
    #expect(try wish("Delta-GPU").decide(in: ada).outcome.isAdditional)
    // Another kind is no offer, and a draft is asked about when it is submitted.
    var other = wish("Delta-GPU", additional: false)
    other.kind = .internal
    #expect(try other.decide(in: ada).outcome.state == .submitted)
    var retired = Scene.deltaQueue
    retired.state = .retired
    let alone = Scene(queues: [retired, Scene.triage]).situation(Scene.agent(Scene.ada))
    #expect(try wish("Delta-GPU", additional: false).decide(in: alone).outcome.state == .submitted)
    let draft = try wish("Delta-GPU", draft: true, additional: false).decide(in: ada).outcome
    let late = rejection { () throws(Rejection) in
      _ = try SubmitQueueRegistration(registration: draft.id).decide(in: ada, given: facts(draft))
    }
    #expect(late?.reason == .organizationHasQueue)
  }

  @Test(arguments: [
    ("ACCESS-<TRACK>-<Purpose>", "ACCESS-TRACK-Purpose"), ("<short_name>", "shortname"), ("Q<…>", "QX"),
    ("plain", "plain"),
  ])
  func aPatternShowsAnExample(pattern: String, example: String) throws {
    let pattern = try #require(NamePattern(pattern))
    #expect(pattern.example == example)
    #expect(pattern.matches(pattern.example))
  }
}
