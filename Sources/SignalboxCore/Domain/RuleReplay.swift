/// Counts where a candidate would send tickets, beside where the active rules would and where the tickets are.
///
/// Tickets are looked at as if they came in now with what is stored of them. The same tickets in the same order give the
/// same result.
package struct RuleReplay {
  package struct Move: Equatable, Sendable {
    /// Where the active rules send the tickets; nil: nowhere.
    package var from: String?
    /// Where the candidate sends them; nil: nowhere.
    package var to: String?
    package var count = 0
    /// The first of them that were looked at.
    package var samples: [TicketNumber] = []
  }

  /// How many tickets a rule set sends to the queue that they are in, and how many nothing but `otherwise` takes.
  package struct Standing: Equatable, Sendable {
    package var agrees = 0
    /// Of these, tickets whose queue a person chose.
    package var agreesWithPeople = 0
    package var otherwise = 0
  }

  package struct Result: Equatable, Sendable {
    package var lookedAt = 0
    package var same = 0
    package var moved = 0
    /// The most frequent first.
    package var moves: [Move] = []
    /// Moved, and in none of `moves`, which take no further pair of queues.
    package var otherMoved = 0
    /// Tickets whose queue a person chose last. Where the rest is, rules have put it: that a set agrees there says little.
    package var chosenByPeople = 0
    package var active = Standing()
    package var candidate = Standing()
  }

  private struct Pair: Hashable {
    var from: String?
    var to: String?
  }

  private let candidate: ActiveRules
  /// Nil where the candidate is the active set itself, or none is active.
  private let active: ActiveRules?
  private let isActive: Bool
  private let configuration: TenantConfiguration
  private let mostMoves: Int
  private var scratch = RuleScratch()
  private var counts = Result()
  private var moves: [Pair: Move] = [:]

  package init(_ candidate: ActiveRules, in configuration: TenantConfiguration, mostMoves: Int = Limits.replayMoves) {
    self.candidate = candidate
    self.configuration = configuration
    self.mostMoves = mostMoves
    isActive = configuration.rules?.record.hash == candidate.record.hash
    active = isActive ? nil : configuration.rules
  }

  /// False where the tickets may come without their bodies.
  package var readsBodies: Bool { candidate.readsBodies || active?.readsBodies ?? false }

  package var lookedAt: Int { counts.lookedAt }

  package mutating func look(at ticket: Ticket) {
    let facts = RoutingFacts(arriving: ticket, in: configuration)
    let place = configuration.queues[ticket.queue]?.name
    let isChosen = ticket.placement.isChosen
    if isChosen { counts.chosenByPeople += 1 }
    let after = candidate.route(facts, using: &scratch)
    let before = isActive ? after : active?.route(facts, using: &scratch)
    counts.lookedAt += 1
    Self.count(after, place, isChosen, &counts.candidate)
    if let before { Self.count(before, place, isChosen, &counts.active) }
    let pair = Pair(from: before?.queue, to: after.queue)
    guard pair.from != pair.to else {
      counts.same += 1
      return
    }
    counts.moved += 1
    guard moves[pair] != nil || moves.count < mostMoves else {
      counts.otherMoved += 1
      return
    }
    var move = moves[pair] ?? Move(from: pair.from, to: pair.to)
    move.count += 1
    if move.samples.count < Limits.replaySamples { move.samples.append(ticket.number) }
    moves[pair] = move
  }

  package var result: Result {
    var result = counts
    result.moves = moves.values.sorted {
      ($1.count, $0.from ?? "", $0.to ?? "") < ($0.count, $1.from ?? "", $1.to ?? "")
    }
    return result
  }

  private static func count(
    _ decision: DecisionRecord, _ place: String?, _ isChosen: Bool, _ standing: inout Standing
  ) {
    if decision.queue != nil, decision.queue == place {
      standing.agrees += 1
      if isChosen { standing.agreesWithPeople += 1 }
    }
    if case .otherwise = decision.element { standing.otherwise += 1 }
  }
}
