import Testing

@testable import SignalboxCore

struct RuleReplayTests {
  private static let candidate = """
    ruleset "access" version 2
    phase route first {
      rule greeting { when subject contains "hello" then queue "Delta" }
      otherwise { queue "ACCESS-ACO-Triage" }
    }
    """

  private static func ticket(_ number: Int64, _ subject: String, in queue: Queue) -> Ticket {
    var ticket = Scene.ticket(in: queue)
    ticket.number = TicketNumber(number)
    ticket.subject = subject
    return ticket
  }

  private static func replay(
    _ tickets: [Ticket], _ rules: String = candidate, hash: [UInt8] = [2], in scene: Scene = Scene(),
    mostMoves: Int = Limits.replayMoves
  ) throws -> RuleReplay.Result {
    var replay = RuleReplay(
      try scene.configuration.compile(rules, hash: hash), in: scene.configuration, mostMoves: mostMoves)
    for ticket in tickets { replay.look(at: ticket) }
    return replay.result
  }

  @Test func countsMovesAndWhoIsRightAboutThePlace() throws {
    let result = try Self.replay([
      Self.ticket(9, "slurm hello", in: Scene.deltaQueue),
      Self.ticket(8, "hello", in: Scene.deltaQueue),
      Self.ticket(7, "hello", in: Scene.triage),
      Self.ticket(6, "slurm", in: Scene.deltaQueue),
      Self.ticket(5, "other", in: Scene.triage),
    ])
    #expect((result.lookedAt, result.same, result.moved) == (5, 2, 3))
    #expect(
      result.moves == [
        .init(from: "ACCESS-ACO-Triage", to: "Delta", count: 2, samples: [TicketNumber(8), TicketNumber(7)]),
        .init(from: "Delta", to: "ACCESS-ACO-Triage", count: 1, samples: [TicketNumber(6)]),
      ])
    #expect(result.otherMoved == 0)
    #expect(result.active == .init(agrees: 4, otherwise: 3))
    #expect(result.candidate == .init(agrees: 3, otherwise: 2))
  }

  /// What rules have placed says nothing of how good rules are.
  @Test func whatPeopleChoseCountsApart() throws {
    func chosen(_ number: Int64, _ subject: String, in queue: Queue) -> Ticket {
      var ticket = Self.ticket(number, subject, in: queue)
      ticket.placement.isChosen = true
      return ticket
    }
    let result = try Self.replay([
      chosen(4, "hello", in: Scene.deltaQueue),
      chosen(3, "hello", in: Scene.triage),
      chosen(2, "other", in: Scene.deltaQueue),
      Self.ticket(1, "hello", in: Scene.deltaQueue),
    ])
    #expect(result.chosenByPeople == 3)
    #expect(result.active == .init(agrees: 1, agreesWithPeople: 1, otherwise: 4))
    #expect(result.candidate == .init(agrees: 2, agreesWithPeople: 1, otherwise: 1))
  }

  @Test func samplesAndPairsAreBounded() throws {
    let tickets =
      (1...9).map { Self.ticket($0, "hello", in: Scene.triage) } + [Self.ticket(10, "slurm", in: Scene.deltaQueue)]
    let result = try Self.replay(tickets, mostMoves: 1)
    #expect(result.moves.map(\.count) == [9])
    #expect(result.moves.first?.samples.map(\.value) == [1, 2, 3, 4, 5])
    #expect((result.moved, result.otherMoved) == (10, 1))
  }

  @Test func theActiveSetAgreesWithItself() throws {
    let tickets = [Self.ticket(1, "slurm", in: Scene.deltaQueue), Self.ticket(2, "x", in: Scene.deltaQueue)]
    let result = try Self.replay(tickets, Scene.rules, hash: [1])
    #expect((result.same, result.moved) == (2, 0))
    #expect(result.active == .init(agrees: 1, otherwise: 1))
    #expect(result.candidate == result.active)
  }

  @Test func withoutActiveRulesEverythingComesFromNowhere() throws {
    let result = try Self.replay([Self.ticket(1, "x", in: Scene.triage)], in: Scene(rules: nil))
    #expect(result.moves == [.init(from: nil, to: "ACCESS-ACO-Triage", count: 1, samples: [TicketNumber(1)])])
    #expect(result.active == .init())
  }

  @Test(
    arguments: [
      ("subject contains \"x\"", false), ("body contains \"x\"", true), ("text any word of [\"x\"]", true),
      ("body ends with \"x\"", true), ("not (tag == \"x\" or text near/3 [\"x\", \"y\"])", true),
      ("priority > low", false),
    ])
  func bodiesAreReadOnlyWhereRulesLookAtThem(_ condition: String, _ reads: Bool) throws {
    let rules = """
      ruleset "r" version 1
      phase route first {
        rule a { when \(condition) then queue "Delta" }
        otherwise { queue "Delta" }
      }
      """
    let plain = Scene(rules: nil).configuration
    #expect(RuleReplay(try plain.compile(rules, hash: [2]), in: plain).readsBodies == reads)
    // The keywords of queues in the active set look at them.
    let active = Scene().configuration
    #expect(RuleReplay(try active.compile(rules, hash: [2]), in: active).readsBodies)
  }
}
