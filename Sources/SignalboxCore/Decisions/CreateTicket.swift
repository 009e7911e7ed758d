/// Takes a ticket in: the tenant's rules choose the queue, the queue's default assignee gets it.
package struct CreateTicket: Sendable {
  package var subject: String
  package var body: String
  package var requester: String
  /// Empty: `api`.
  package var channel: String
  package var category: String
  package var resource: String
  package var tags: [String]
  /// Nil for one that is not known.
  package var priority: Ticket.Priority?
  /// One with an empty value is none.
  package var fields: [String: String]

  package init(
    subject: String, body: String, requester: String, channel: String, category: String, resource: String,
    tags: [String], priority: Ticket.Priority?, fields: [String: String] = [:]
  ) {
    self.subject = subject
    self.body = body
    self.requester = requester
    self.channel = channel
    self.category = category
    self.resource = resource
    self.tags = tags
    self.priority = priority
    self.fields = fields
  }

  package struct Outcome: Sendable {
    package var ticket: Ticket
    package var decision: DecisionRecord
  }

  /// The decision but for the ticket's number, made before the transaction: rules over a long text are dear, and the
  /// thread that commits is one for all tenants. In the transaction it is as good as one made there, as long as the
  /// configuration is the same.
  package struct Draft: Sendable {
    fileprivate let command: CreateTicket
    private let identity: TenantConfiguration.Identity
    private let result: Result<Decided<Outcome>, Rejection>

    fileprivate init(_ command: CreateTicket, in situation: Situation) {
      self.command = command
      identity = situation.configuration.identity
      result = Result { () throws(Rejection) in try command.decide(in: situation) }
    }

    /// Nil for a command that would be rejected.
    package var outcome: Outcome? { try? result.get().outcome }

    package func holds(in configuration: TenantConfiguration) -> Bool { configuration.identity === identity }

    package func decide(in situation: Situation) throws(Rejection) -> Decided<Outcome> {
      guard holds(in: situation.configuration) else { return try command.decide(in: situation) }
      var decided = try result.get()
      try situation.requireRoom(for: .tickets)
      let number = TicketNumber(situation.revision.value)
      decided.outcome.ticket.number = number
      decided.plan.event.ticket = number
      // What else the plan has does not name the ticket.
      decided.plan.changes[0] = .insertTicket(decided.outcome.ticket)
      return decided
    }
  }

  /// - Parameters:
  ///   - principal: who asks, here and in the transaction.
  ///   - now: the time of the call, which the ticket will bear.
  package func draft(for principal: Principal, in configuration: TenantConfiguration, at now: Timestamp) -> Draft {
    Draft(
      self,
      in: Situation(principal: principal, configuration: configuration, now: now, revision: Revision(0)))
  }

  package func decide(in situation: Situation) throws(Rejection) -> Decided<Outcome> {
    let configuration = situation.configuration
    guard situation.access.mayAnywhere(.create) else {
      throw Rejection(
        .notPermitted,
        "opening tickets needs the right `create`, which you hold nowhere; ask a tenant admin for a role that has it")
    }
    try checkFields(in: configuration)
    guard let rules = configuration.rules else {
      throw Rejection(.noRules, "the tenant has no rule set, so a ticket has nowhere to go; put one with `rules put`")
    }
    var ticket = Ticket(
      number: TicketNumber(situation.revision.value), version: 1, subject: subject, body: body, requester: requester,
      channel: channel.isEmpty ? "api" : channel, category: category, resource: resource, tags: tags, status: .new,
      priority: priority ?? .normal, queue: QueueID(0), assignee: nil, unassignedReason: "", createdAt: situation.now,
      updatedAt: situation.now, fields: fields.isEmpty ? fields : fields.filter { !$0.value.isEmpty })
    let facts = RoutingFacts(ticket, in: configuration)
    let decision = rules.route(facts)
    guard let name = decision.queue, let queue = configuration.queue(named: name) else {
      throw Rejection(.noRoute, "\(decision.reason); put a rule set whose `otherwise` names an active queue")
    }
    try situation.requireRoom(for: .tickets)
    ticket.enter(queue, in: situation)
    var changes = [Event.FieldChange("queue", from: nil, to: queue.name)]
    if let assignee = situation.handle(ticket.assignee) {
      changes.append(Event.FieldChange("assignee", from: nil, to: assignee))
    }
    let event = Event(
      .ticketCreated, ticket: ticket.number, ticketVersion: 1, queueAfter: queue.id, changes: changes,
      decision: decision)
    var plan = Plan(
      changes: [.insertTicket(ticket)], event: event,
      outbox: situation.recipients(
        assignee: ticket.assignee, watchersOf: queue,
        of: ticket.assignee == nil ? WatcherEvents(.arrivals) : WatcherEvents(.arrivals, .assignments)))
    configuration.shadow?.note(facts, sentTo: queue.id, in: situation, on: &plan)
    return Decided(Outcome(ticket: ticket, decision: decision), plan)
  }

  private func checkFields(in configuration: TenantConfiguration) throws(Rejection) {
    var check = FieldCheck()
    check.line("subject", subject, atMost: Limits.subjectLength)
    check.text("body", body, atMostBytes: Limits.bodyBytes)
    check.address("requester", requester)
    if !channel.isEmpty, !Ticket.channels.contains(channel) {
      check.add("channel", "`\(Rejection.shown(channel))` is none of \(Ticket.channels.joined(separator: ", "))")
    }
    check.category(category, in: configuration)
    check.line("resource", resource, atMost: Limits.resourceLength, required: false)
    check.lines("tags", tags, atMost: Limits.tagsPerTicket, length: Limits.tagLength)
    if priority == nil { check.add("priority", "is none of low, normal, high, urgent") }
    check.ticketFields(fields)
    try check.finish()
  }
}
