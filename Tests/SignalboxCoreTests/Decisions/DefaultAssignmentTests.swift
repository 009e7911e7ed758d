import SignalboxCore
import Testing

struct DefaultAssignmentTests {
  private static let hour: Int64 = 3_600_000

  private static func away(_ person: Person, from: Int64 = -hour, until: Int64 = hour, to substitute: Person?) -> Person
  {
    var person = person
    person.absence = Absence(
      from: Timestamp(milliseconds: Scene.now.milliseconds + from),
      until: Timestamp(milliseconds: Scene.now.milliseconds + until), substitute: substitute?.id)
    return person
  }

  /// Delta's default assignee is ada; ben is an agent there, cyd is not.
  struct Case: Sendable {
    let people: [Person]
    let assignee: String?
    let reason: String
  }

  @Test(
    arguments: [
      Case(people: [away(Scene.ada, to: Scene.ben)], assignee: "ben", reason: ""),
      Case(people: [away(Scene.ada, from: 1, to: Scene.ben)], assignee: "ada", reason: ""),
      Case(people: [away(Scene.ada, until: 0, to: Scene.ben)], assignee: "ada", reason: ""),
      Case(people: [away(Scene.ada, from: 0, until: 1, to: Scene.ben)], assignee: "ben", reason: ""),
      Case(people: [away(Scene.ada, to: nil)], assignee: nil, reason: "`ada` is absent and has no substitute"),
      Case(
        people: [away(Scene.ada, to: Scene.cyd)], assignee: nil, reason: "`cyd` may not own tickets in queue `Delta`"),
      Case(
        people: [away(Scene.ada, to: Scene.ben), away(Scene.ben, to: nil)], assignee: nil,
        reason: "`ben` is absent and has no substitute"),
      Case(
        people: [away(Scene.ada, to: Scene.ben), away(Scene.ben, to: Scene.ada)], assignee: nil,
        reason: "everybody who stands in for `ada` is absent"),
    ])
  func absenceIsMinded(_ test: Case) throws {
    let scene = Scene(people: test.people)
    let ticket = try CreateTicket(
      subject: "slurm", body: "", requester: "u@lab.example.edu", channel: "", category: "", resource: "", tags: [],
      priority: .normal
    ).decide(in: scene.situation(Scene.admin)).outcome.ticket
    #expect(ticket.assignee.flatMap { scene.configuration.people[$0]?.handle } == test.assignee)
    #expect(ticket.unassignedReason == test.reason)
  }

  /// Who gets in by a substitute's grant counts as one who may own.
  @Test func aGrantLetsASubstituteOwn() throws {
    let scene = Scene(
      people: [Self.away(Scene.ada, to: Scene.cyd)],
      grants: [
        Grant(
          id: GrantID(70), grantee: .person(Scene.cyd.id), role: .agent, scope: .queue(Scene.deltaQueue.id),
          grantedBy: Actor(name: "admin"), grantedAt: Scene.now)
      ])
    let moved = try ReassignTicket(
      number: TicketNumber(50), expectedVersion: 3, reason: "r", target: .queue("Delta")
    ).decide(in: scene.situation(Scene.admin), given: TicketFacts(ticket: Scene.ticket(in: Scene.triage)))
    #expect(moved.outcome.assignee == Scene.cyd.id)
  }

  @Test(
    arguments: [
      ("ada", 0, 10, "ben", nil), ("ada", 10, 10, "", .invalidField), ("ada", -20, -10, "", .invalidField),
      ("nobody", 0, 10, "", .personNotFound), ("ada", 0, 10, "nobody", .personNotFound),
      // ben is away from 5 to 15 and names ada.
      ("ada", 0, 6, "ben", .invalidField), ("ada", 0, 5, "ben", nil), ("ada", 15, 20, "ben", nil),
      ("ada", 0, 10, "ada", .invalidField),
    ] as [(String, Int64, Int64, String, Rejection.Reason?)])
  func circlesOfSubstitutesAreRefused(
    handle: String, from: Int64, until: Int64, substitute: String, expected: Rejection.Reason?
  ) {
    // The first case is of a scene without ben's absence.
    let ben = expected == nil && until == 10 ? Scene.ben : Self.away(Scene.ben, from: 5, until: 15, to: Scene.ada)
    let now = Scene.now.milliseconds
    let refused = rejection { () throws(Rejection) in
      _ = try SetAbsence(person: handle, from: now + from, until: now + until, substitute: substitute)
        .decide(in: Scene(people: [ben]).situation(Scene.admin))
    }
    #expect(refused?.reason == expected)
  }

  @Test func oneSpeaksForOneselfAndAdminsForAll() throws {
    let now = Scene.now.milliseconds
    let command = SetAbsence(person: "ada", from: now, until: now + 10, substitute: "ben")
    let mine = try command.decide(in: Scene().situation(Scene.agent(Scene.ada)))
    #expect(mine.plan.changes == [.updateAbsence(mine.outcome)])
    let other = rejection { () throws(Rejection) in
      _ = try command.decide(in: Scene().situation(Scene.agent(Scene.ben)))
    }
    #expect(other?.reason == .notPermitted)
    let ended = try SetAbsence(person: "ada", from: 0, until: 0, substitute: "")
      .decide(in: Scene(people: [mine.outcome]).situation(Scene.admin))
    #expect(ended.outcome.absence == nil)
  }
}
