import SignalboxCore
import Testing

struct GrantRoleTests {
  private static let token = AccessToken(
    id: TokenID(90), name: "program", role: .clientApplication, person: nil, createdAt: Scene.now, isRevoked: false)

  private func decide(
    _ role: Role? = .viewer, _ grantee: GrantRole.Grantee? = .person("cyd"), _ scope: GrantRole.Scope? = .tenant,
    token: AccessToken? = nil, in scene: Scene = Scene()
  ) throws(Rejection) -> Decided<Grant> {
    try GrantRole(role: role, grantee: grantee, scope: scope)
      .decide(in: scene.situation(Scene.admin), given: .init(token: token))
  }

  @Test func grantsAndTakesBack() throws {
    var scene = Scene()
    let decided = try decide(.queueManager, .person("cyd"), .organization("Delta"), in: scene)
    #expect(decided.outcome.id == GrantID(100))
    #expect(decided.plan.event.kind == .roleGranted)
    #expect(decided.plan.event.subject == "person `cyd`")
    #expect(
      decided.plan.event.changes == [
        Event.FieldChange("role", from: nil, to: "queue_manager on organization `Delta`")
      ])
    scene.configuration = scene.configuration.applying(decided.plan.changes, at: Revision(100))
    scene.revision = Revision(101)
    let cyd = Scene.agent(Scene.cyd)
    #expect(EffectiveAccess(of: cyd, in: scene.configuration).may(.steal, on: Scene.deltaQueue.id))
    let again = rejection { () throws(Rejection) in
      _ = try decide(.queueManager, .person("cyd"), .organization("Delta"), in: scene)
    }
    #expect(again?.reason == .alreadyExists)

    let revoked = try RevokeGrant(grant: GrantID(100)).decide(in: scene.situation(Scene.admin), given: .init())
    scene.configuration = scene.configuration.applying(revoked.plan.changes, at: Revision(101))
    #expect(!EffectiveAccess(of: cyd, in: scene.configuration).may(.steal, on: Scene.deltaQueue.id))
    let gone = rejection { () throws(Rejection) in
      _ = try RevokeGrant(grant: GrantID(100)).decide(in: scene.situation(Scene.admin), given: .init())
    }
    #expect(gone?.reason == .grantNotFound)
  }

  @Test(
    arguments: [
      (nil, .person("cyd"), .tenant, .invalidField), (.systemAdmin, .person("cyd"), .tenant, .invalidField),
      (.viewer, nil, .tenant, .invalidField), (.viewer, .person("cyd"), nil, .invalidField),
      (.viewer, .person("nobody"), .tenant, .personNotFound), (.viewer, .group("nobody"), .tenant, .groupNotFound),
      (.viewer, .token("nobody"), .tenant, .tokenNotFound), (.viewer, .person("cyd"), .queue("No"), .queueNotFound),
      (.viewer, .person("cyd"), .organization("No"), .organizationNotFound), (.viewer, .token("program"), .tenant, nil),
    ] as [(Role?, GrantRole.Grantee?, GrantRole.Scope?, Rejection.Reason?)])
  func refusals(role: Role?, grantee: GrantRole.Grantee?, scope: GrantRole.Scope?, expected: Rejection.Reason?) {
    let refused = rejection { () throws(Rejection) in _ = try decide(role, grantee, scope, token: Self.token) }
    #expect(refused?.reason == expected)
  }

  /// Otherwise the person's other tokens would differ from it in what they may.
  @Test func aPersonsTokenGetsNothingOfItsOwn() {
    var token = Self.token
    token.person = Scene.ada.id
    let refused = rejection { () throws(Rejection) in _ = try decide(.viewer, .token("program"), .tenant, token: token)
    }
    #expect(refused?.reason == .invalidField)
  }

  @Test func groupsGainAndLosePeople() throws {
    var scene = Scene()
    let made = try CreateGroup(name: "crew", displayName: "", members: ["cyd", "ada", "cyd"])
      .decide(in: scene.situation(Scene.admin))
    #expect(made.outcome.members == [Scene.cyd.id, Scene.ada.id])
    scene.configuration = scene.configuration.applying(made.plan.changes, at: Revision(100))
    let changed = try UpdateGroupMembers(name: "crew", add: ["ben"], remove: ["cyd"])
      .decide(in: scene.situation(Scene.admin))
    #expect(changed.outcome.members == [Scene.ada.id, Scene.ben.id])
    #expect(changed.plan.event.changes == [Event.FieldChange("members", from: "cyd, ada", to: "ada, ben")])
    scene.configuration = scene.configuration.applying(changed.plan.changes, at: Revision(101))
    #expect(scene.configuration.groupsByMember[Scene.cyd.id] == [])
    #expect(scene.configuration.groupsByMember[Scene.ben.id] == [made.outcome.id])
  }

  @Test(
    arguments: [
      ("", [], .invalidField), ("crew", [], .alreadyExists), ("x", ["nobody"], .personNotFound),
      ("x", Array(repeating: "ada", count: Limits.membersPerGroup + 1), .invalidField),
      ("x", Array(repeating: "ada", count: Limits.membersPerGroup), nil),
    ] as [(String, [String], Rejection.Reason?)])
  func groupRefusals(name: String, members: [String], expected: Rejection.Reason?) {
    let scene = Scene(groups: [Group(id: GroupID(60), name: "crew", displayName: "Crew", members: [])])
    let refused = rejection { () throws(Rejection) in
      _ = try CreateGroup(name: name, displayName: "", members: members).decide(in: scene.situation(Scene.admin))
    }
    #expect(refused?.reason == expected)
  }
}
