/// Changes what a ticket says of itself. What is nil stays as it is; where it is and who has it always do.
package struct UpdateTicket: Sendable {
  package var number: TicketNumber
  package var expectedVersion: Int64
  package var subject: String?
  package var status: Ticket.Status?
  package var priority: Ticket.Priority?
  /// Empty: none.
  package var category: String?
  /// Empty: none.
  package var resource: String?
  package var addedTags: [String]
  package var removedTags: [String]
  /// An empty value removes the field; those that are not named stay.
  package var fields: [String: String]
  /// Empty: none.
  package var type: String?

  package init(
    number: TicketNumber, expectedVersion: Int64, subject: String? = nil, status: Ticket.Status? = nil,
    priority: Ticket.Priority? = nil, category: String? = nil, resource: String? = nil, addedTags: [String] = [],
    removedTags: [String] = [], fields: [String: String] = [:], type: String? = nil
  ) {
    self.number = number
    self.expectedVersion = expectedVersion
    self.subject = subject
    self.status = status
    self.priority = priority
    self.category = category
    self.resource = resource
    self.addedTags = addedTags
    self.removedTags = removedTags
    self.fields = fields
    self.type = type
  }

  package enum Outcome {
    case changed(Decided<Ticket>)
    /// The ticket is like that already: there is nothing to commit and no event.
    case unchanged(Ticket)
  }

  package func decide(in situation: Situation, given facts: TicketFacts) throws(Rejection) -> Outcome {
    try checkFields(in: situation.configuration)
    let ticket = try facts.ticketToChange(number, expectedVersion: expectedVersion, in: situation)
    try situation.require(.update, on: ticket)
    var next = try applied(to: ticket)
    try checkType(of: next, before: ticket, in: situation.configuration)
    let changes = next.changes(since: ticket)
    guard !changes.isEmpty else { return .unchanged(ticket) }
    next.version += 1
    next.updatedAt = situation.now
    let event = Event(
      .ticketUpdated, ticket: next.number, ticketVersion: next.version, queueBefore: next.queue,
      queueAfter: next.queue, changes: changes)
    return .changed(
      Decided(
        next,
        Plan(
          changes: [.editTicket(next)], event: event,
          outbox: situation.recipients(
            assignee: next.assignee, watchersOf: situation.configuration.queues[next.queue],
            of: next.status == ticket.status ? [] : WatcherEvents(.status)))))
  }

  private func checkFields(in configuration: TenantConfiguration) throws(Rejection) {
    var check = FieldCheck()
    if let subject { check.line("subject", subject, atMost: Limits.subjectLength) }
    if let category { check.category(category, in: configuration) }
    if let resource { check.line("resource", resource, atMost: Limits.resourceLength, required: false) }
    check.lines("add_tags", addedTags, atMost: Limits.tagsPerTicket, length: Limits.tagLength)
    check.lines("remove_tags", removedTags, atMost: Limits.tagsPerTicket, length: Limits.tagLength)
    if addedTags.count <= Limits.tagsPerTicket, removedTags.count <= Limits.tagsPerTicket,
      let both = addedTags.first(where: removedTags.contains)
    {
      check.add("add_tags", "`\(Rejection.shown(both))` stands in `remove_tags` too; leave it in one of them")
    }
    check.ticketFields(fields)
    if let type { check.ticketType(type, in: configuration) }
    try check.finish()
  }

  /// What is new of the ticket fits its type; all of it does where the type is new. What it had before stays, whatever
  /// became of the type since.
  private func checkType(
    of next: Ticket, before: Ticket, in configuration: TenantConfiguration
  ) throws(Rejection) {
    guard let type = configuration.ticketType(named: next.type) else { return }
    var check = FieldCheck()
    let isNew = next.type != before.type
    check.ticketFields(isNew ? next.fields : fields, of: type)
    if isNew { check.requiredFields(next.fields, of: type) }
    if isNew || next.status != before.status { check.status(next.status, of: type) }
    try check.finish()
  }

  /// The ticket as asked for, if it stays within its bounds.
  private func applied(to ticket: Ticket) throws(Rejection) -> Ticket {
    var next = ticket
    if let subject { next.subject = subject }
    if let status { next.status = status }
    if let priority { next.priority = priority }
    if let category { next.category = category }
    if let resource { next.resource = resource }
    if let type { next.type = type }
    next.tags.removeAll(where: removedTags.contains)
    for tag in addedTags where !next.tags.contains(tag) { next.tags.append(tag) }
    for (name, value) in fields { next.fields[name] = value.isEmpty ? nil : value }
    var check = FieldCheck()
    // A ticket may have come with a tag twice, so it may be at its limit and lose some.
    if next.tags.count > ticket.tags.count { check.count("add_tags", next.tags.count, atMost: Limits.tagsPerTicket) }
    check.count("fields", next.fields.count, atMost: Limits.fieldsPerTicket)
    try check.finish()
    return next
  }
}

extension FieldCheck {
  /// One of the tenant's categories, if it has any; or none.
  mutating func category(_ category: String, in configuration: TenantConfiguration) {
    line("category", category, atMost: Limits.categoryLength, required: false)
    let categories = configuration.tenant.settings.categories
    if !category.isEmpty, !categories.isEmpty, !categories.contains(category) {
      add("category", "`\(Rejection.shown(category))` is none of the tenant's categories")
    }
  }
}

extension Ticket {
  /// What it says of itself otherwise than before, field by field, as people read it.
  func changes(since before: Ticket) -> [Event.FieldChange] {
    let fields: [(name: String, value: (Ticket) -> String)] = [
      ("subject", \.subject), ("status", \.status.name), ("priority", \.priority.name), ("category", \.category),
      ("resource", \.resource), ("tags", { $0.tags.joined(separator: ", ") }), ("type", \.type),
      ("due_at", { $0.dueAt.map(Self.text) ?? "" }),
    ]
    let plain = fields.map { ($0.name, $0.value(before), $0.value(self)) }
    let names = Set(before.fields.keys).union(self.fields.keys).sorted()
    let custom = names.map { ("fields.\($0)", before.fields[$0] ?? "", self.fields[$0] ?? "") }
    return (plain + custom).compactMap { name, old, new in
      old == new ? nil : Event.FieldChange(name, from: old.isEmpty ? nil : old, to: new.isEmpty ? nil : new)
    }
  }

  private static func text(_ instant: Timestamp) -> String {
    let time = LocalTime(instant, utcOffsetMinutes: 0)
    return "\(time.date) \(time.time) UTC"
  }
}
