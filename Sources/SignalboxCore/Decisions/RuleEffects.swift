/// What rules want, made of a ticket.
extension Ticket {
  /// Takes over what rules say of it; where it is and who has it stay.
  ///
  /// - Returns: What could not be, one sentence each: the bounds of a ticket hold for rules too.
  mutating func take(_ effects: Effects) -> [String] {
    guard !effects.isEmpty else { return [] }
    var notes: [String] = []
    if let category = effects.category { self.category = category }
    if let type = effects.type { self.type = type }
    if let resource = effects.resource { self.resource = resource }
    for field in effects.fields {
      guard FieldCheck.isTicketField(field.name, field.value),
        fields[field.name] != nil || fields.count < Limits.fieldsPerTicket
      else {
        notes.append("field `\(field.name)` was not set: a ticket cannot have it, or has too many")
        continue
      }
      fields[field.name] = field.value.isEmpty ? nil : field.value
    }
    for tag in effects.addedTags {
      guard tags.count < Limits.tagsPerTicket else {
        notes.append("tag `\(tag)` was not added: the ticket has \(Limits.tagsPerTicket)")
        continue
      }
      tags.append(tag)
    }
    if let priority = effects.priority.flatMap({ name in Priority.allCases.first { $0.name == name } }) {
      self.priority = priority
    }
    if let status = effects.status.flatMap({ name in Status.allCases.first { $0.name == name } }) {
      self.status = status
    }
    if let within = effects.respondWithin {
      let due = Timestamp(milliseconds: createdAt.milliseconds + within.milliseconds)
      dueAt = dueAt.map { min($0, due) } ?? due
    }
    return notes
  }
}

extension FieldCheck {
  /// Whether a ticket may have a custom field like this.
  static func isTicketField(_ name: String, _ value: String) -> Bool {
    var check = FieldCheck()
    check.ticketFields([name: value])
    do {
      try check.finish()
      return true
    } catch {
      return false
    }
  }
}

extension DecisionRecord {
  /// Adds sentences as long as there is room.
  mutating func note(_ sentences: [String]) {
    for sentence in sentences where notes.count < RuleLimits.recordedItems { notes.append(sentence) }
  }
}

extension AssignmentStrategy {
  package init(_ action: AssignAction) {
    switch action.target {
    case .person(let handle): self = .person(handle.value)
    case .defaultAssignee: self = .defaultAssignee
    case .nobody: self = .unassigned
    case .strategy(let strategy): self = .pool(PoolStrategy(strategy))
    }
  }
}

extension PoolStrategy {
  init(_ strategy: AssignAction.Strategy) {
    let order: Order =
      switch strategy.method {
      case .roundRobin: .roundRobin
      case .leastLoaded: .leastLoaded
      case .mostCapacity: .mostCapacity
      }
    self.init(
      order, of: strategy.group.map { .group($0.value) } ?? .agents, skills: strategy.skills.map(\.value),
      skillsRelaxedAfter: strategy.relaxedAfter?.milliseconds,
      cap: strategy.cap.map { Cap(count: $0.count, window: min($0.window.milliseconds, Limits.longestCapWindow)) },
      offerFor: strategy.offer.map { max(Limits.shortestOffer, min($0.milliseconds, Limits.longestOffer)) })
  }
}
