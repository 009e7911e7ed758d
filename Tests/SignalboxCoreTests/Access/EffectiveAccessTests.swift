import SignalboxCore
import Testing

struct EffectiveAccessTests {
  private static let crew = Group(id: GroupID(60), name: "crew", displayName: "Crew", members: [Scene.cyd.id])

  private static func grant(_ role: Role, to grantee: Grant.Grantee, on scope: Grant.Scope) -> Grant {
    Grant(
      id: GrantID(70), grantee: grantee, role: role, scope: scope, grantedBy: Actor(name: "admin"), grantedAt: Scene.now
    )
  }

  private static func token(_ role: Role) -> Principal {
    Principal(
      tenant: TenantID(5), role: role, person: nil, handle: nil, tokenTenant: TenantID(5), token: TokenID(90),
      tokenName: "program")
  }

  /// Every role, on every scope, to every kind of grantee: it gives its rights on the queues that it covers, and nothing
  /// anywhere else.
  @Test(arguments: Role.granted)
  func aGrantGivesItsRoleWhereItHolds(role: Role) {
    let scopes: [(Grant.Scope, delta: Bool, triage: Bool, tenant: Bool)] = [
      (.tenant, true, true, true), (.organization(Scene.delta.id), true, false, false),
      (.queue(Scene.deltaQueue.id), true, false, false), (.queue(Scene.triage.id), false, true, false),
    ]
    let program = Self.token(.agent)
    let stranger = Person(
      id: PersonID(14), handle: "dee", displayName: "dee", email: "dee@example.org", organization: nil)
    let crew = Group(id: GroupID(60), name: "crew", displayName: "Crew", members: [stranger.id])
    let grantees: [(Grant.Grantee, Principal)] = [
      (.person(stranger.id), Scene.agent(stranger)), (.group(crew.id), Scene.agent(stranger)),
      (.token(program.token), program),
    ]
    for (scope, delta, triage, tenant) in scopes {
      for (grantee, principal) in grantees {
        let scene = Scene(people: [stranger], groups: [crew], grants: [Self.grant(role, to: grantee, on: scope)])
        let access = EffectiveAccess(of: principal, in: scene.configuration)
        #expect(access.rights(on: Scene.deltaQueue) == (delta ? role.rights : []))
        #expect(access.rights(on: Scene.triage) == (triage ? role.rights : []))
        #expect(access.rights == (tenant ? role.rights : []))
        for right in Right.allCases { #expect(access.mayAnywhere(right) == role.rights.contains(right)) }
      }
    }
  }

  @Test func agentsThatAQueueNamesHoldTheRoleThereAlone() {
    let access = EffectiveAccess(of: Scene.agent(Scene.ada), in: Scene().configuration)
    #expect(access.rights(on: Scene.deltaQueue) == Role.agent.rights)
    #expect(access.rights(on: Scene.triage) == [])
    #expect(access.rights == [])
  }

  @Test func anotherTenantsTokenOfTheSameNumberHoldsNothing() {
    let scene = Scene(grants: [Self.grant(.viewer, to: .token(TokenID(90)), on: .tenant)])
    var foreign = Self.token(.agent)
    foreign.tokenTenant = TenantID(0)
    #expect(EffectiveAccess(of: foreign, in: scene.configuration).rights == [])
    #expect(EffectiveAccess(of: Self.token(.agent), in: scene.configuration).rights == Role.viewer.rights)
  }

  /// Nobody gets tickets because of an office.
  @Test(arguments: [Role.tenantAdmin, .systemAdmin, .organizationManager, .auditor, .clientApplication, .viewer])
  func officesOwnNothing(role: Role) {
    #expect(role.rights.isDisjoint(with: Rights(.own, .take, .steal)))
  }

  @Test func whoReferredATicketReadsOn() {
    let scene = Scene()
    var ticket = Scene.ticket(in: Scene.triage)
    let ada = EffectiveAccess(of: Scene.agent(Scene.ada), in: scene.configuration)
    #expect(!ada.browses(ticket))
    ticket.referrers = [Scene.delta.id]
    #expect(ada.browses(ticket))
    #expect(!ada.may(.update, on: ticket.queue))
  }

  @Test(
    arguments: [
      (Right.own, true, ["queue `Delta` names the person among its agents"], []),
      (.steal, false, [], ["a grant of `queue_manager` on queue `Delta`, its organization or the tenant"]),
      (.audit, true, ["grant 70: role `auditor` on organization `Delta`, to group `crew`"], []),
    ] as [(Right, Bool, [String], [String])])
  func explains(right: Right, allowed: Bool, because: [String], missing: [String]) {
    let crew = Group(id: GroupID(60), name: "crew", displayName: "Crew", members: [Scene.ada.id])
    let scene = Scene(
      groups: [crew], grants: [Self.grant(.auditor, to: .group(crew.id), on: .organization(Scene.delta.id))])
    let answer = AccessQuestion(about: Scene.ada.id, right: right, target: .queue(Scene.deltaQueue))
      .answer(in: scene.configuration)
    #expect(answer.allowed == allowed)
    #expect(answer.because == because)
    #expect(answer.missing == missing)
    #expect(answer.rights == Role.agent.rights.union(Role.auditor.rights).list)
  }

  /// What an explanation says is what the access check does: every right, person and target.
  @Test func explanationsAreTrue() {
    let scene = Scene(
      groups: [Self.crew],
      grants: [
        Self.grant(.queueManager, to: .group(Self.crew.id), on: .queue(Scene.deltaQueue.id)),
        Self.grant(.viewer, to: .person(Scene.ben.id), on: .tenant),
      ])
    for person in [Scene.ada, Scene.ben, Scene.cyd] {
      let access = EffectiveAccess(of: person.id, in: scene.configuration)
      for right in Right.allCases {
        for queue in [Scene.deltaQueue, Scene.triage] {
          let answer = AccessQuestion(about: person.id, right: right, target: .queue(queue))
            .answer(in: scene.configuration)
          #expect(answer.allowed == access.may(right, on: queue.id))
          #expect(answer.missing.isEmpty == answer.allowed)
        }
        let tenant = AccessQuestion(about: person.id, right: right, target: .tenant).answer(in: scene.configuration)
        #expect(tenant.allowed == access.rights.contains(right))
      }
    }
  }

  /// Where a limit of the token is what is missing, that is what is said; and the grant beside it where that is missing
  /// as well.
  @Test(
    arguments: [
      (.update, nil, [], true, []),
      (
        .own, Rights(.browse, .update), [], false,
        ["the token is limited to `browse`, `update`; use one that has `own`"]
      ),
      (
        .own, nil, [Scene.triage.id], false,
        ["the token is limited to queues `ACCESS-ACO-Triage`; use another one"]
      ),
      (
        .audit, Rights(.browse), [], false,
        [
          "the token is limited to `browse`; use one that has `audit`",
          "a grant of `tenant_admin` or `auditor` on queue `Delta`, its organization or the tenant",
        ]
      ),
    ] as [(Right, Rights?, Set<QueueID>, Bool, [String])])
  func explainsLimits(right: Right, verbs: Rights?, queues: Set<QueueID>, allowed: Bool, missing: [String]) {
    var principal = Scene.agent(Scene.ada)
    principal.verbs = verbs
    principal.queueScope = queues.isEmpty ? nil : queues
    let answer = AccessQuestion(about: principal, right: right, target: .queue(Scene.deltaQueue))
      .answer(in: Scene().configuration)
    #expect(answer.allowed == allowed)
    #expect(answer.missing == missing)
  }

  /// Revoking one of two grants that overlap leaves what the other gives.
  @Test func aRevokedGrantTakesItsOwnRightsOnly() {
    let viewer = Self.grant(.viewer, to: .person(Scene.cyd.id), on: .organization(Scene.delta.id))
    var manager = Self.grant(.queueManager, to: .person(Scene.cyd.id), on: .queue(Scene.deltaQueue.id))
    manager.id = GrantID(71)
    let both = Scene(grants: [viewer, manager]).configuration
    #expect(EffectiveAccess(of: Scene.cyd.id, in: both).rights(on: Scene.deltaQueue) == Role.queueManager.rights)
    let one = both.applying([.deleteGrant(manager.id)], at: Revision(101))
    #expect(EffectiveAccess(of: Scene.cyd.id, in: one).rights(on: Scene.deltaQueue) == Role.viewer.rights)
    let none = one.applying([.deleteGrant(viewer.id)], at: Revision(102))
    #expect(EffectiveAccess(of: Scene.cyd.id, in: none).rights(on: Scene.deltaQueue) == [])
  }
}
