extension PoolStrategy {
  /// Picks one. The same roster, ticket and time always give the same: ties go to whose turn was the longest ago, then to
  /// the smaller id.
  ///
  /// - Parameter declined: those who were offered the ticket already.
  package func choose(
    from roster: Roster, for ticket: Ticket, at now: Timestamp, declined: Set<PersonID> = []
  ) -> Assignment {
    var excluded: [Assignment.Exclusion] = []
    var best: Roster.Agent?
    for agent in roster.agents {
      let cause =
        declined.contains(agent.person.id) ? .declined : exclusion(of: agent, from: ticket, at: now)
      if let cause {
        excluded.append(.init(agent.person.id, agent.person.handle, cause))
      } else if best.map({ precedes(agent, $0) }) ?? true {
        best = agent
      }
    }
    guard let best else {
      let reason =
        excluded.isEmpty
        ? "nobody belongs to \(roster.name)"
        : "nobody of \(roster.name) can have it: \(Rejection.listed(excluded.map(\.text)))"
      return Assignment(.unassigned, reason: reason, excluded: excluded)
    }
    let outcome: Assignment.Outcome =
      offerFor.map {
        .offer(best.person.id, until: Timestamp(milliseconds: now.milliseconds + min($0, Limits.longestOffer)))
      } ?? .person(best.person.id)
    let passedOver = excluded.isEmpty ? "" : "; not considered: \(Rejection.listed(excluded.map(\.text)))"
    return Assignment(outcome, reason: reason(for: best, of: roster) + passedOver, excluded: excluded)
  }

  /// Why the agent cannot have the ticket; nil if it can.
  private func exclusion(of agent: Roster.Agent, from ticket: Ticket, at now: Timestamp) -> Assignment.Cause? {
    let availability = agent.person.availability
    if !agent.mayOwn { return .mayNotOwn }
    if agent.person.isAbsent(at: now) { return .isAbsent }
    if availability.presence != .available { return .isNotAvailable(availability.presence) }
    if asksForSkills(for: ticket, at: now) {
      let missing = skills.filter { !availability.skills.contains($0) }
      if !missing.isEmpty { return .lacksSkills(missing) }
    }
    let units = ticket.priority.units
    if let capacity = availability.capacity, agent.load + units > capacity {
      return .hasNoCapacity(load: agent.load, units: units, capacity: capacity)
    }
    if let cap, agent.pickedAt.filter({ now.milliseconds - $0.milliseconds < cap.window }).count >= cap.count {
      return .metCap(cap)
    }
    return nil
  }

  private func asksForSkills(for ticket: Ticket, at now: Timestamp) -> Bool {
    guard let skillsRelaxedAfter else { return true }
    return now.milliseconds - ticket.createdAt.milliseconds < skillsRelaxedAfter
  }

  private func precedes(_ one: Roster.Agent, _ other: Roster.Agent) -> Bool {
    switch order {
    case .roundRobin: break
    case .leastLoaded:
      if one.load != other.load { return one.load < other.load }
    case .mostCapacity:
      let (room, otherRoom) = (Self.room(of: one), Self.room(of: other))
      if room != otherRoom { return room > otherRoom }
      // Without a capacity on both sides there is as much room: then the load tells.
      if one.load != other.load { return one.load < other.load }
    }
    let (turn, otherTurn) = (one.lastTurn?.value ?? -1, other.lastTurn?.value ?? -1)
    return turn == otherTurn ? one.person.id.value < other.person.id.value : turn < otherTurn
  }

  private static func room(of agent: Roster.Agent) -> Int {
    agent.person.availability.capacity.map { $0 - agent.load } ?? .max
  }

  private func reason(for agent: Roster.Agent, of roster: Roster) -> String {
    switch order {
    case .roundRobin: "round robin of \(roster.name): the turn of `\(agent.person.handle)`"
    case .leastLoaded: "least loaded of \(roster.name): `\(agent.person.handle)` has \(Self.count(agent.load))"
    case .mostCapacity:
      if let capacity = agent.person.availability.capacity {
        "most capacity of \(roster.name): `\(agent.person.handle)` has \(Self.count(capacity - agent.load)) left"
      } else {
        "most capacity of \(roster.name): `\(agent.person.handle)` has no limit"
      }
    }
  }

  private static func count(_ units: Int) -> String { units == 1 ? "1 unit" : "\(units) units" }

  /// A stretch of time as rules write it, in the largest unit that it is a multiple of.
  package static func span(_ milliseconds: Int64) -> String {
    for (unit, length) in [("w", 604_800_000), ("d", 86_400_000), ("h", 3_600_000), ("m", 60_000)] as [(String, Int64)]
    where milliseconds != 0 && milliseconds % length == 0 { return "\(milliseconds / length)\(unit)" }
    return "\(milliseconds) ms"
  }
}
