/// Takes a ticket in: the tenant's rules say what it is, which queue it goes to, who gets it and who is told.
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
  /// Empty: none.
  package var type: String

  package init(
    subject: String, body: String, requester: String, channel: String, category: String, resource: String,
    tags: [String], priority: Ticket.Priority?, fields: [String: String] = [:],
    type: String = ""
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
    self.type = type
  }

  package struct Outcome: Sendable {
    package var ticket: Ticket
    package var decision: DecisionRecord
    /// Finds the assignee, by what only the transaction knows: then the plan is not whole before ``Decided/assigned(in:given:)``.
    package var pool: PoolStrategy?
    fileprivate var notify: [NotifyAction] = []
  }

  /// The decision but for the ticket's number, made before the transaction: rules over a long text are dear, and the
  /// thread that commits is one for all tenants. In the transaction it is as good as one made there, as long as the
  /// configuration is the same.
  package struct Draft: Sendable {
    fileprivate let command: CreateTicket
    private let identity: TenantConfiguration.Identity
    private let result: Result<Decided<Outcome>, Rejection>

    fileprivate init(_ command: CreateTicket, in situation: Situation, using scratch: inout RuleScratch) {
      self.command = command
      identity = situation.configuration.identity
      do {
        result = .success(try command.decide(in: situation, using: &scratch))
      } catch {
        result = .failure(error)
      }
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
  ///   - scratch: memory for the rules; nothing of it matters to the decision.
  package func draft(
    for principal: Principal, in configuration: TenantConfiguration, at now: Timestamp,
    using scratch: inout RuleScratch
  ) -> Draft {
    Draft(
      self,
      // Whether there is room is for the transaction to say.
      in: Situation(
        principal: principal, configuration: configuration, now: now, revision: Revision(0), quotas: Quotas()),
      using: &scratch)
  }

  package func draft(for principal: Principal, in configuration: TenantConfiguration, at now: Timestamp) -> Draft {
    var scratch = RuleScratch()
    return draft(for: principal, in: configuration, at: now, using: &scratch)
  }

  package func decide(in situation: Situation) throws(Rejection) -> Decided<Outcome> {
    var scratch = RuleScratch()
    return try decide(in: situation, using: &scratch)
  }

  package func decide(
    in situation: Situation, using scratch: inout RuleScratch
  ) throws(Rejection) -> Decided<Outcome> {
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
      updatedAt: situation.now, fields: fields.isEmpty ? fields : fields.filter { !$0.value.isEmpty }, type: type)
    let facts = RoutingFacts(ticket, in: configuration, at: situation.now)
    let outcome = rules.place(facts, using: &scratch)
    var decision = outcome.record
    guard let name = outcome.effects.queue, let queue = configuration.queue(named: name) else {
      throw Rejection(.noRoute, "\(decision.reason); put a rule set whose `otherwise` names an active queue")
    }
    try situation.requireRoom(for: .tickets)
    decision.note(ticket.take(outcome.effects, in: configuration))
    ticket.arrive(in: queue, in: situation)
    let strategy = outcome.effects.assign.map(AssignmentStrategy.init) ?? .defaultAssignee
    var result = Outcome(ticket: ticket, decision: decision, notify: outcome.effects.notify)
    if case .pool(let pool) = strategy {
      result.pool = pool
    } else {
      _ = result.ticket.assign(by: strategy, in: situation, given: RosterFacts())
    }
    var decided = result.decided(in: situation)
    configuration.shadow?.note(facts, sentTo: queue.id, in: situation, on: &decided.plan)
    return decided
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
    check.ticketType(type, in: configuration)
    if let type = configuration.ticketType(named: type) {
      check.ticketFields(fields, of: type)
      check.requiredFields(fields, of: type)
    }
    try check.finish()
  }
}

extension CreateTicket.Outcome {
  /// The plan for the ticket as it is.
  fileprivate func decided(
    in situation: Situation, _ assignment: StrategyAssignment = StrategyAssignment()
  ) -> Decided<CreateTicket.Outcome> {
    let queue = situation.configuration.queues[ticket.queue]
    var outcome = self
    outcome.decision.note(assignment.notes)
    var changes = [Event.FieldChange("queue", from: nil, to: queue?.name)]
    if let assignee = situation.handle(ticket.assignee) {
      changes.append(Event.FieldChange("assignee", from: nil, to: assignee))
    }
    if let offered = situation.handle(assignment.offer?.person) {
      changes.append(Event.FieldChange("offered_to", from: nil, to: offered))
    }
    let event = Event(
      .ticketCreated, ticket: ticket.number, ticketVersion: 1, queueAfter: ticket.queue,
      reason: assignment.assignment?.reason ?? "", changes: changes, decision: outcome.decision)
    var told = situation.recipients(
      assignee: ticket.assignee, watchersOf: queue,
      of: ticket.assignee == nil ? WatcherEvents(.arrivals) : WatcherEvents(.arrivals, .assignments))
    told += situation.offered(assignment.offer)
    if !notify.isEmpty { situation.tell(notify, of: ticket, among: &told) }
    return Decided(outcome, Plan(changes: [.insertTicket(ticket)] + assignment.changes, event: event, outbox: told))
  }
}

extension Decided<CreateTicket.Outcome> {
  /// With the assignee that the pool's strategy finds; the same if there is none to be found.
  ///
  /// - Parameter facts: of the pool in the ticket's queue.
  package func assigned(in situation: Situation, given facts: RosterFacts) -> Decided<CreateTicket.Outcome> {
    guard let pool = outcome.pool else { return self }
    var next = outcome
    let assignment = next.ticket.assign(by: .pool(pool), in: situation, given: facts)
    var decided = next.decided(in: situation, assignment)
    // What came with the ticket beside it, as what the rules in the shadow would have done.
    decided.plan.changes += plan.changes.dropFirst()
    return decided
  }
}
