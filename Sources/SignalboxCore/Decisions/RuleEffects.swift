/// What rules want, made of a ticket.
extension Ticket {
  /// Takes over what rules say of it; where it is and who has it stay.
  ///
  /// - Returns: What could not be, one sentence each: the bounds of a ticket and of its type hold for rules too, but that
  ///   they may give it a type without the fields that this requires.
  mutating func take(_ effects: Effects, in configuration: TenantConfiguration) -> [String] {
    guard !effects.isEmpty else { return [] }
    var notes: [String] = []
    if let category = effects.category { self.category = category }
    if let resource = effects.resource { self.resource = resource }
    takeType(effects, in: configuration, &notes)
    let type = configuration.ticketType(named: type)
    for field in effects.fields {
      guard FieldCheck.isTicketField(field.name, field.value),
        fields[field.name] != nil || fields.count < Limits.fieldsPerTicket
      else {
        notes.append("field `\(field.name)` was not set: a ticket cannot have it, or has too many")
        continue
      }
      if let misfit = type?.misfit(field.name, field.value) {
        notes.append("field `\(field.name)` was not set: it \(misfit)")
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

  private mutating func takeType(_ effects: Effects, in configuration: TenantConfiguration, _ notes: inout [String]) {
    guard let wanted = effects.type, wanted != type else { return }
    var check = FieldCheck()
    check.ticketType(wanted, in: configuration)
    guard check.violations.isEmpty else {
      notes.append("type `\(wanted)` was not set: the tenant has no such type")
      return
    }
    // What the same rules set or remove is looked at by itself.
    var rest = self
    for field in effects.fields { rest.fields[field.name] = nil }
    if let misfit = configuration.ticketType(named: wanted)?.misfit(of: rest) {
      notes.append("type `\(wanted)` was not set: \(misfit)")
      return
    }
    type = wanted
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
