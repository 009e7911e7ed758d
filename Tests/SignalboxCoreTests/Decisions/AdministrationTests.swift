import SignalboxCore
import Testing

struct AdministrationTests {
  private let scene = Scene()

  @Test(
    arguments: [
      (Role.tenantAdmin, "", false, nil), (.agent, "ada", false, nil), (.agent, "", false, .invalidField),
      (.agent, "nobody", false, .personNotFound), (.systemAdmin, "", false, .notPermitted),
      (nil, "", false, .invalidField),
      (.tenantAdmin, "", true, .alreadyExists),
    ] as [(Role?, String, Bool, Rejection.Reason?)])
  func tokens(role: Role?, person: String, isTaken: Bool, expected: Rejection.Reason?) {
    let command = CreateToken(name: "t", role: role, person: person, secretHash: [1])
    let refused = rejection { () throws(Rejection) in
      _ = try command.decide(in: scene.situation(Scene.admin), given: .init(nameIsTaken: isTaken))
    }
    #expect(refused?.reason == expected)
  }

  @Test func theLastSystemAdminIsNotLockedOut() {
    let token = AccessToken(
      id: TokenID(1), name: "root", role: .systemAdmin, person: nil, createdAt: Scene.now, isRevoked: false)
    for (others, expected) in [(0, Rejection.Reason.notPermitted), (1, nil)] as [(Int, Rejection.Reason?)] {
      let refused = rejection { () throws(Rejection) in
        _ = try RevokeToken(name: "root")
          .decide(in: scene.situation(Scene.admin), given: .init(token: token, otherSystemAdmins: others))
      }
      #expect(refused?.reason == expected)
    }
  }

  @Test func aRevokedTokenStaysRevoked() throws {
    let token = AccessToken(
      id: TokenID(9), name: "t", role: .tenantAdmin, person: nil, createdAt: Scene.now, isRevoked: false)
    let revoked = try RevokeToken(name: "t").decide(
      in: scene.situation(Scene.admin), given: .init(token: token, otherSystemAdmins: 0))
    #expect(revoked.plan.changes == [.revokeToken(TokenID(9))])
    let again = rejection { () throws(Rejection) in
      _ = try RevokeToken(name: "t").decide(
        in: scene.situation(Scene.admin), given: .init(token: revoked.outcome, otherSystemAdmins: 0))
    }
    #expect(again?.reason == .tokenRevoked)
  }

  @Test(
    arguments: [
      ("", "a@b.example", "Delta", .invalidField), ("x", "nonsense", "Delta", .invalidField),
      ("x", "a@b.example", "Nobody", .organizationNotFound), ("ada", "a@b.example", "Delta", .alreadyExists),
      ("x", "", "", nil),
    ] as [(String, String, String, Rejection.Reason?)])
  func people(handle: String, email: String, organization: String, expected: Rejection.Reason?) {
    let command = CreatePerson(handle: handle, displayName: "", email: email, organization: organization)
    let refused = rejection { () throws(Rejection) in _ = try command.decide(in: scene.situation(Scene.admin)) }
    #expect(refused?.reason == expected)
  }

  @Test func rulesWithErrorsAreRefusedWithTheirPlace() {
    let command = PutRules(
      text:
        "ruleset \"a\" version 1\nphase route first {\n  rule x { when subjet == \"a\" then queue \"Delta\" }\n  otherwise { queue \"Delta\" }\n}\n",
      hash: [2], expectedHash: [])
    let refused = rejection { () throws(Rejection) in _ = try command.decide(in: scene.situation(Scene.admin)) }
    #expect(refused?.reason == .rulesInvalid)
    #expect(refused?.violations.first?.description.hasPrefix("3:17:") == true)
    #expect(refused?.violations.first?.description.contains("subject") == true)
  }

  @Test func rulesAreReplacedOnlyIfTheyAreTheOnesRead() throws {
    let stale = rejection { () throws(Rejection) in
      _ = try PutRules(text: Scene.rules, hash: [2], expectedHash: [7]).decide(in: scene.situation(Scene.admin))
    }
    #expect(stale?.reason == .versionMismatch)
    let record = try PutRules(text: Scene.rules, hash: [2], expectedHash: [1]).decide(in: scene.situation(Scene.admin))
    #expect(record.outcome.hash == [2])
  }

  @Test func aStagedSetIsKeptAndActivatedLater() throws {
    let other = Scene.rules.replacing("version 1", with: "version 2")
    let staged = try PutRules(text: other, hash: [2], expectedHash: [], staged: true)
      .decide(in: scene.situation(Scene.admin))
    #expect(staged.plan.changes == [.keepRules(staged.outcome)])
    #expect(scene.configuration.applying(staged.plan.changes, at: Revision(101)).rules?.record.version == 1)
    func activate(_ kept: [RuleSetRecord], expected: [UInt8] = []) throws(Rejection) -> Decided<RuleSetRecord> {
      try ActivateRules(expectedHash: expected, reason: "storm").decide(in: scene.situation(Scene.admin), given: kept)
    }
    let active = try activate([staged.outcome], expected: [1])
    #expect(scene.configuration.applying(active.plan.changes, at: Revision(101)).rules?.record == active.outcome)
    #expect(active.outcome.activation?.reason == "storm")
    #expect(
      active.plan.event.changes == [Event.FieldChange("rules", from: "access version 1", to: "access version 2")])
    var gone = staged.outcome
    gone.text = gone.text.replacing("queue \"Delta\"", with: "queue \"Gone\"")
    let present = try #require(scene.configuration.rules?.record)
    let refused: [([RuleSetRecord], [UInt8], Rejection.Reason)] = [
      ([], [], .rulesNotFound), ([staged.outcome, gone], [], .invalidField), ([present], [], .alreadyThere),
      ([staged.outcome], [9], .versionMismatch), ([gone], [], .rulesInvalid),
    ]
    for (kept, expected, reason) in refused {
      #expect(rejection { () throws(Rejection) in _ = try activate(kept, expected: expected) }?.reason == reason)
    }
    let viewer = rejection { () throws(Rejection) in
      _ = try ActivateRules(expectedHash: [], reason: "")
        .decide(in: scene.situation(Scene.agent(Scene.ada)), given: [staged.outcome])
    }
    #expect(viewer?.reason == .notPermitted)
  }

  @Test func settingsAreChecked() {
    let command = UpdateTenantSettings(settings: .init(awardeeQueuePattern: "ACCESS-<TRACK", categories: ["a\nb"]))
    let refused = rejection { () throws(Rejection) in _ = try command.decide(in: scene.situation(Scene.admin)) }
    #expect(refused?.violations.map(\.field) == ["settings.awardee_queue_pattern", "settings.categories"])
  }

  @Test func accessFollowsFromTheQueues() {
    func browsed(by principal: Principal) -> [String] {
      let access = EffectiveAccess(of: principal, in: scene.configuration)
      return [Scene.deltaQueue, Scene.triage].filter { access.browses($0.id) }.map(\.name)
    }
    #expect(browsed(by: Scene.admin) == ["Delta", "ACCESS-ACO-Triage"])
    #expect(browsed(by: Scene.agent(Scene.ada)) == ["Delta"])
    #expect(browsed(by: Scene.agent(Scene.cyd)) == ["ACCESS-ACO-Triage"])
  }
}
