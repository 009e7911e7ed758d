import SignalboxCore
import Testing

struct TokenTests {
  private let scene = Scene()
  private static let day: Int64 = 86_400_000

  private static func token(expiresAt: Timestamp? = nil) -> AccessToken {
    AccessToken(
      id: TokenID(9), name: "t", role: .agent, person: Scene.ada.id, createdAt: Scene.now, isRevoked: false,
      expiresAt: expiresAt)
  }

  @Test(
    arguments: [
      (0, nil), (1_000, nil), (3_653 * day, nil), (999, .invalidField), (3_653 * day + 1, .invalidField),
      (-1, .invalidField), (Int64.max, .invalidField),
    ] as [(Int64, Rejection.Reason?)])
  func lifetimes(_ lifetime: Int64, _ expected: Rejection.Reason?) {
    var made: AccessToken?
    let refused = rejection { () throws(Rejection) in
      made = try CreateToken(name: "t", role: .agent, person: "ada", secretHash: [1], lifetimeMilliseconds: lifetime)
        .decide(in: scene.situation(Scene.admin), given: .init(nameIsTaken: false)).outcome
    }
    #expect(refused?.reason == expected)
    guard let made else { return }
    #expect(
      made.expiresAt
        == (lifetime == 0 ? nil : Timestamp(milliseconds: Scene.now.milliseconds + lifetime)))
    #expect(!made.isExpired(at: Scene.now))
    if let end = made.expiresAt { #expect(made.isExpired(at: end)) }
  }

  @Test(
    arguments: [
      ([], .agent, nil), (["Delta"], .agent, nil), (["Delta", "Delta"], .agent, nil),
      (["Nowhere"], .agent, .queueNotFound), (["Delta"], .tenantAdmin, .invalidField),
      (Array(repeating: "Delta", count: 65), .agent, .invalidField),
    ] as [([String], Role, Rejection.Reason?)])
  func scopes(_ queues: [String], _ role: Role, _ expected: Rejection.Reason?) {
    var made: AccessToken?
    let refused = rejection { () throws(Rejection) in
      made = try CreateToken(name: "t", role: role, person: "ada", secretHash: [1], queues: queues)
        .decide(in: scene.situation(Scene.admin), given: .init(nameIsTaken: false)).outcome
    }
    #expect(refused?.reason == expected)
    if let made { #expect(made.queueScope == (queues.isEmpty ? nil : [Scene.deltaQueue.id])) }
  }

  @Test(
    arguments: [
      (.uri, "spiffe://desk/ada", false, nil), (.dns, "desk.example", false, nil), (.email, "a@b.example", false, nil),
      (.uri, "", false, .invalidField), (.uri, "no-scheme", false, .invalidField),
      (.uri, "urn:a b", false, .invalidField), (.uri, "urn:é", false, .invalidField),
      (.dns, "*.example", false, .invalidField), (.email, "nonsense", false, .invalidField),
      (.uri, "urn:" + String(repeating: "x", count: 509), false, .invalidField),
      (.uri, "urn:a", true, .alreadyExists),
    ] as [(CertificateName.Kind, String, Bool, Rejection.Reason?)])
  func certificates(_ kind: CertificateName.Kind, _ name: String, _ isTaken: Bool, _ expected: Rejection.Reason?) {
    let command = CreateToken(
      name: "t", role: .agent, person: "ada", secretHash: [], certificate: CertificateName(kind, name))
    let refused = rejection { () throws(Rejection) in
      _ = try command.decide(
        in: scene.situation(Scene.admin), given: .init(nameIsTaken: false, certificateIsTaken: isTaken))
    }
    #expect(refused?.reason == expected)
  }

  @Test func aCertificateNameReadsBack() {
    for kind in CertificateName.Kind.allCases {
      let name = CertificateName(kind, "A:b.example")
      #expect(CertificateName(text: name.text) == name)
    }
    #expect(CertificateName(.dns, "A.Example") == CertificateName(.dns, "a.example"))
    #expect(CertificateName(.uri, "urn:A") != CertificateName(.uri, "urn:a"))
    #expect(CertificateName(text: "ip:1") == nil)
    #expect(CertificateName(text: "uri") == nil)
  }

  @Test(
    arguments: [
      (nil, token(), nil), (0, token(), nil), (30 * day, token(), nil), (30 * day + 1, token(), .invalidField),
      (-1, token(), .invalidField), (0, nil, .tokenNotFound), (0, token(expiresAt: Scene.now), .tokenExpired),
    ] as [(Int64?, AccessToken?, Rejection.Reason?)])
  func rotations(_ overlap: Int64?, _ token: AccessToken?, _ expected: Rejection.Reason?) throws {
    var decided: Decided<AccessToken>?
    let refused = rejection { () throws(Rejection) in
      decided = try RotateToken(name: "t", overlapMilliseconds: overlap, secretHash: [2])
        .decide(in: scene.situation(Scene.admin), given: .init(token: token))
    }
    #expect(refused?.reason == expected)
    guard let decided else { return }
    let end = Timestamp(milliseconds: Scene.now.milliseconds + (overlap ?? Self.day))
    #expect(decided.outcome.oldSecretUntil == end)
    #expect(decided.plan.changes == [.rotateToken(decided.outcome, secretHash: [2])])
  }

  @Test func whatHasNoSecretIsNotRotated() {
    var revoked = Self.token()
    revoked.isRevoked = true
    var certificate = Self.token()
    certificate.certificate = CertificateName(.uri, "urn:a")
    for (token, expected) in [(revoked, Rejection.Reason.tokenRevoked), (certificate, .noSecret)] {
      let refused = rejection { () throws(Rejection) in
        _ = try RotateToken(name: "t", overlapMilliseconds: nil, secretHash: [2])
          .decide(in: scene.situation(Scene.admin), given: .init(token: token))
      }
      #expect(refused?.reason == expected)
    }
  }

  /// A scope takes rights away and gives none.
  @Test func aScopeLimitsWhatItsPersonMay() {
    let ticket = Scene.ticket(in: Scene.deltaQueue, requester: "ada@example.org")
    func access(_ scope: Set<QueueID>?) -> EffectiveAccess {
      var principal = Scene.agent(Scene.ada)
      principal.queueScope = scope
      return EffectiveAccess(of: principal, in: scene.configuration)
    }
    let (delta, triage) = (Scene.deltaQueue.id, Scene.triage.id)
    for scope in [nil, [delta], [delta, triage]] as [Set<QueueID>?] {
      #expect(access(scope).browses(delta) && access(scope).may(.update, on: delta) && access(scope).browses(ticket))
      #expect(!access(scope).browses(triage) && !access(scope).may(.update, on: triage))
    }
    #expect(!access([triage]).browses(delta) && !access([triage]).may(.update, on: delta))
    // Not even what she opened herself.
    #expect(!access([triage]).browses(ticket))
  }

  @Test(
    arguments: [
      ([], .agent, nil, nil), (["browse"], .agent, Rights(.browse), nil),
      (["browse", "create", "browse"], .clientApplication, Rights(.browse, .create), nil),
      (["edit_rules"], .tenantAdmin, Rights(.editRules), nil),
      (["brwse"], .agent, nil, "`verbs` `brwse` is no verb; did you mean `browse`?"),
      (
        ["browse", "administer_tenant"], .tenantAdmin, nil,
        "`verbs` cannot have `administer_tenant`: its holder could make itself a token without limits"
      ),
      (Array(repeating: "own", count: 16), .agent, nil, "`verbs` has 16 entries, at most 15 are allowed"),
    ] as [([String], Role, Rights?, String?)])
  func verbs(_ verbs: [String], _ role: Role, _ expected: Rights?, _ message: String?) throws {
    var decided: Decided<AccessToken>?
    let refused = rejection { () throws(Rejection) in
      decided = try CreateToken(name: "t", role: role, person: "ada", secretHash: [1], verbs: verbs)
        .decide(in: scene.situation(Scene.admin), given: .init(nameIsTaken: false))
    }
    #expect(refused?.message == message)
    #expect(decided?.outcome.verbs == expected)
    let told = decided?.plan.event.changes.first { $0.field == "verbs" }?.after
    #expect(told == expected.map { $0.list.map(\.name).joined(separator: "; ") })
  }

  @Test func aVerbThatIsLikeNoneIsAnsweredWithAll() {
    let refused = rejection { () throws(Rejection) in
      _ = try CreateToken(name: "t", role: .viewer, person: "", secretHash: [1], verbs: ["everything"])
        .decide(in: scene.situation(Scene.admin), given: .init(nameIsTaken: false))
    }
    #expect(refused?.message.contains("the verbs are browse, create, update,") == true)
  }

  /// Verbs take rights away, everywhere they are asked for, and give none.
  @Test(arguments: Right.allCases)
  func aVerbLimitsWhatItsPersonMay(_ verb: Right) {
    let grant = Grant(
      id: GrantID(70), grantee: .person(Scene.ada.id), role: .tenantAdmin, scope: .tenant,
      grantedBy: Actor(name: "admin"), grantedAt: Scene.now)
    let configuration = Scene(grants: [grant]).configuration
    let whole = EffectiveAccess(of: Scene.agent(Scene.ada), in: configuration)
    var principal = Scene.agent(Scene.ada)
    principal.verbs = Rights(verb)
    let access = EffectiveAccess(of: principal, in: configuration)
    #expect(access.rights == whole.rights.intersection(Rights(verb)))
    for queue in [Scene.deltaQueue, Scene.triage] {
      #expect(access.rights(on: queue) == whole.rights(on: queue).intersection(Rights(verb)))
    }
    for right in Right.allCases {
      #expect(access.mayAnywhere(right) == (right == verb && whole.mayAnywhere(right)))
    }
    #expect(access.administers == (verb == .administerTenant))
    #expect(access.speaks(for: Scene.delta.id) == (verb == .manageQueue))
    // What she opened, and what her organization referred, too.
    var ticket = Scene.ticket(in: Scene.triage, requester: Scene.ada.email)
    ticket.referrers = [Scene.delta.id]
    #expect(access.browses(ticket) == (verb == .browse))
  }

  /// Neither kind of limit leaves the right to administer, which making tokens and granting roles takes.
  @Test func aLimitedTokenDoesNotAdminister() {
    var byQueue = Scene.admin
    byQueue.queueScope = [Scene.deltaQueue.id]
    var byVerb = Scene.admin
    byVerb.verbs = Rights.all.subtracting(Rights(.administerTenant))
    for principal in [byQueue, byVerb] {
      #expect(!EffectiveAccess(of: principal, in: scene.configuration).administers)
    }
  }

  /// What reaches further than queues is not for a token that is limited to some.
  @Test func aQueueLimitKeepsToItsQueues() {
    var principal = Scene.agent(Scene.ada)
    principal.queueScope = [Scene.deltaQueue.id]
    let situation = scene.situation(principal)
    #expect(!situation.access.speaks(for: Scene.delta.id))
    let registration = QueueRegistration(
      id: RegistrationID(30), state: .draft, queue: Scene.deltaQueue, askedBy: principal.actor, askedAt: Scene.now)
    #expect(registration.sides(of: principal, in: scene.configuration).isEmpty)
    let refused = [
      rejection { () throws(Rejection) in
        _ = try SetAbsence(person: "ada", from: 1, until: Scene.now.milliseconds + 9, substitute: "")
          .decide(in: situation)
      },
      rejection { () throws(Rejection) in _ = try SetPresence(person: "", presence: .away).decide(in: situation) },
      rejection { () throws(Rejection) in
        _ = try SetCapacity(person: "", capacity: .units(0), skills: nil).decide(in: situation)
      },
    ]
    #expect(refused.map { $0?.reason } == [.notPermitted, .notPermitted, .notPermitted])
  }

  /// What needs no right but being somebody needs the verb all the same.
  @Test func whoOneIsTakesAVerbToo() {
    let ticket = Scene.ticket(assignee: Scene.ada)
    for (verb, allowed) in [(Right.browse, false), (.own, true)] {
      var principal = Scene.agent(Scene.ada)
      principal.verbs = Rights(.browse, verb)
      let situation = scene.situation(principal)
      let released = rejection { () throws(Rejection) in
        _ = try ReleaseTicket(number: ticket.number, expectedVersion: 3, reason: "r")
          .decide(in: situation, given: TicketFacts(ticket: ticket))
      }
      let absent = rejection { () throws(Rejection) in
        _ = try SetAbsence(person: "ada", from: 1, until: Scene.now.milliseconds + 9, substitute: "")
          .decide(in: situation)
      }
      let away = rejection { () throws(Rejection) in
        _ = try SetPresence(person: "", presence: .away).decide(in: situation)
      }
      let full = rejection { () throws(Rejection) in
        _ = try SetCapacity(person: "", capacity: .units(0), skills: nil).decide(in: situation)
      }
      for refused in [released, absent, away, full] { #expect(refused?.reason == (allowed ? nil : .notPermitted)) }
      // An offer is looked at only then.
      let accepted = rejection { () throws(Rejection) in
        _ = try AcceptTicket(number: ticket.number, expectedVersion: 3)
          .decide(in: situation, given: TicketFacts(ticket: ticket))
      }
      #expect(accepted?.reason == (allowed ? .notOffered : .notPermitted))
    }
    for (verb, reason) in [(Right.browse, Rejection.Reason.notPermitted), (.manageWatchers, nil)] {
      var principal = Scene.agent(Scene.ada)
      principal.verbs = Rights(.browse, verb)
      let watched = rejection { () throws(Rejection) in
        _ = try AddWatcher(queue: "Delta", who: "ada", events: .usual, confirms: false)
          .decide(in: scene.situation(principal), secret: WatcherSecret(text: "t", hash: [1]))
      }
      #expect(watched?.reason == reason)
    }
    var principal = Scene.agent(Scene.ada)
    principal.verbs = Rights(.browse)
    let registration = QueueRegistration(
      id: RegistrationID(30), state: .draft, queue: Scene.deltaQueue, askedBy: principal.actor, askedAt: Scene.now)
    #expect(registration.sides(of: principal, in: scene.configuration).isEmpty)
    principal.verbs = Rights(.manageQueue)
    #expect(registration.sides(of: principal, in: scene.configuration) == [.asker])
  }
}
