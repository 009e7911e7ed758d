extension CompiledRuleSet {
  /// When rules of `escalate` are to be run for the ticket again, if nothing happens to it before: the first instant after
  /// `facts.now` at which one of their comparisons may change. Nil if time alone changes none.
  package func nextEscalation(_ facts: RoutingFacts) -> Timestamp? {
    var next: Int64?
    for rule in phases.escalate {
      guard facts.escalations[rule.rule.name.value] ?? 0 < rule.rule.actions.atMost, let condition = rule.rule.condition
      else { continue }
      for instant in Self.instants(condition, facts) where instant > facts.now.milliseconds {
        next = min(next ?? instant, instant)
      }
    }
    return next.map { Timestamp(milliseconds: $0) }
  }

  private static func instants(_ condition: Condition, _ facts: RoutingFacts) -> [Int64] {
    switch condition {
    case .and(let parts), .or(let parts): return parts.flatMap { instants($0, facts) }
    case .not(let part): return instants(part, facts)
    case .less(let atom): return instants(atom.field, atom.value, facts)
    case .atMost(let atom): return instants(atom.field, atom.value, facts)
    case .greater(let atom): return instants(atom.field, atom.value, facts)
    case .atLeast(let atom): return instants(atom.field, atom.value, facts)
    default:
      // The day of the week and the date change at midnight.
      return condition.atom.map { [.weekday, .date].contains($0.field) } == true ? nextLocal([0], facts) : []
    }
  }

  private static func instants(_ field: Field, _ value: Literal, _ facts: RoutingFacts) -> [Int64] {
    guard let bound = RoutingFacts.ordinal(value.value, of: field) else { return [] }
    if field == .date { return nextLocal([0], facts) }
    // `>` and `<=` change a minute after `>=` and `<`, and all of them at midnight.
    if field == .time { return nextLocal([0, Int(bound), Int(bound) + 1], facts) }
    let instant: Int64? =
      switch field {
      case .age: facts.createdAt.milliseconds.adding(bound)
      case .idle: facts.updatedAt.milliseconds.adding(bound)
      case .timeInQueue: facts.queuedAt.flatMap { $0.milliseconds.adding(bound) }
      case .dueIn: facts.dueAt.flatMap { $0.milliseconds.adding(-bound) }
      default: nil
      }
    // `>` and `<` change a millisecond after `>=` and `<=`.
    return instant.map { [$0, $0.adding(1) ?? $0] } ?? []
  }

  /// The next time it is each of so many minutes after midnight where the tenant is, and when its clock is put forward or
  /// back, for then these come at other times.
  private static func nextLocal(_ minutes: [Int], _ facts: RoutingFacts) -> [Int64] {
    minutes.map { nextLocal(minutes: $0, facts) } + (facts.offsetChangesAt.map { [$0.milliseconds] } ?? [])
  }

  private static func nextLocal(minutes: Int, _ facts: RoutingFacts) -> Int64 {
    let now = facts.now.milliseconds
    let into = ((now % 60_000) + 60_000) % 60_000
    let wait = Int64(((minutes - facts.localTime.minutes) % 1_440 + 1_440) % 1_440)
    let instant = (now.adding(wait * 60_000) ?? now).adding(-into) ?? now
    return instant > now ? instant : instant.adding(86_400_000) ?? instant
  }
}

extension Int64 {
  /// Nil instead of an overflow.
  fileprivate func adding(_ other: Int64) -> Int64? {
    let (sum, isOverflow) = addingReportingOverflow(other)
    return isOverflow ? nil : sum
  }
}
