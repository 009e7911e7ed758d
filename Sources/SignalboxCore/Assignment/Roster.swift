/// The people among whom a strategy picks, as of one moment in one queue.
package struct Roster: Equatable, Sendable {
  package struct Agent: Equatable, Sendable {
    package var person: Person
    /// Tickets of the queue.
    package var mayOwn: Bool
    /// Units of the open tickets that they have, or are offered, in all queues.
    package var load: Int
    /// The revision at which a strategy last picked them in the queue; nil: never.
    package var lastTurn: Revision?
    /// When a strategy picked them in any queue, as far back as caps look; in any order.
    package var pickedAt: [Timestamp]

    package init(
      _ person: Person, mayOwn: Bool, load: Int = 0, lastTurn: Revision? = nil, pickedAt: [Timestamp] = []
    ) {
      self.person = person
      self.mayOwn = mayOwn
      self.load = load
      self.lastTurn = lastTurn
      self.pickedAt = pickedAt
    }
  }

  /// Each person once.
  package var agents: [Agent]
  /// `agents of queue …`, for messages.
  package var name: String

  package init(_ name: String, _ agents: [Agent]) {
    self.name = name
    self.agents = agents
  }
}

/// What the store knows of people beside the configuration. Whoever is missing has nothing and was never picked.
package struct RosterFacts: Equatable, Sendable {
  /// Of all whom the strategy may pick where the ticket is. Many reads, so it is asked late.
  package typealias Source = (PoolStrategy, Ticket) throws -> RosterFacts

  /// Units of what they have, or are offered, beside the ticket that is to be assigned: it is no reason against itself.
  package var loads: [PersonID: Int]
  package var turns: [PersonID: Revision]
  package var picks: [PersonID: [Timestamp]]

  package init(
    loads: [PersonID: Int] = [:], turns: [PersonID: Revision] = [:], picks: [PersonID: [Timestamp]] = [:]
  ) {
    self.loads = loads
    self.turns = turns
    self.picks = picks
  }
}

extension Roster {
  /// - Parameter facts: of the people that ``candidates(of:in:_:at:)`` gives for the same pool and queue.
  package init(of members: PoolStrategy.Members, in queue: Queue, given facts: RosterFacts, in situation: Situation) {
    let configuration = situation.configuration
    switch members {
    case .agents: name = "the agents of queue `\(queue.name)`"
    case .group(let group): name = "group `\(group)`"
    }
    agents = Self.members(of: members, in: queue, configuration).compactMap { id in
      guard let person = configuration.people[id] else { return nil }
      return Agent(
        person, mayOwn: queue.mayOwn(person, in: situation), load: facts.loads[id] ?? 0, lastTurn: facts.turns[id],
        pickedAt: facts.picks[id] ?? [])
    }
  }

  /// The people of a pool, each once. A group that is not there has none.
  package static func members(
    of members: PoolStrategy.Members, in queue: Queue, _ configuration: TenantConfiguration
  ) -> [PersonID] {
    let people =
      switch members {
      case .agents: queue.agents
      case .group(let name): configuration.group(named: name)?.members ?? []
      }
    var seen: Set<PersonID> = []
    return people.filter { seen.insert($0).inserted }
  }

  /// Those of a pool who are there at present; of the others nothing needs to be known to pass them over.
  package static func candidates(
    of members: PoolStrategy.Members, in queue: Queue, _ configuration: TenantConfiguration, at now: Timestamp
  ) -> [PersonID] {
    self.members(of: members, in: queue, configuration).filter { configuration.people[$0]?.isThere(at: now) ?? false }
  }
}
