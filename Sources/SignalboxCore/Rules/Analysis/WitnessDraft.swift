/// A ticket on its way to be a witness: facts, and the times in the form that rules speak of them.
struct WitnessDraft {
  var facts = RoutingFacts.ordinary
  /// Since 1970-01-01, and minutes since midnight.
  var day: Int64
  var minutes: Int64
  /// Milliseconds; those that are nil follow from the others.
  var age: Int64?
  var idle: Int64?
  var timeInQueue: Int64?
  var dueIn: Int64?

  init(event: RuleEvent = .created) {
    facts.event = event
    let time = facts.localTime
    day = Int64(time.day)
    minutes = Int64(time.minutes)
  }

  mutating func set(_ field: Field, _ value: String?) {
    switch field {
    case .subject: facts.subject = value ?? ""
    case .body: facts.body = value ?? ""
    case .category: facts.category = value
    case .resource: facts.resource = value
    case .channel: facts.channel = value ?? ""
    case .requester: facts.requester = value
    case .organization: facts.requesterOrganization = value
    case .priority: facts.priority = value ?? facts.priority
    case .type: facts.type = value
    case .status: facts.status = value ?? facts.status
    case .queue: facts.queue = value
    case .previousQueue: facts.previousQueue = value
    case .queueOrganization: facts.queueOrganization = value
    case .assignee: facts.assignee = value
    case .event: facts.event = value.flatMap(RuleEvent.init) ?? facts.event
    case .comment: facts.comment = value
    case .requesterDomain, .text, .tag, .handoffs, .comments, .age, .idle, .timeInQueue, .dueIn, .time, .weekday,
      .date, .custom:
      break
    }
  }

  /// - Parameter queues: for the organization of its queue.
  func made(_ queues: QueueDirectory? = nil) -> RoutingFacts {
    var facts = facts
    let now = (day * 1_440 + minutes) * 60_000
    facts.now = Timestamp(milliseconds: now)
    let age = age ?? max(idle ?? 0, timeInQueue ?? 0)
    facts.createdAt = Timestamp(milliseconds: now - age)
    facts.updatedAt = Timestamp(milliseconds: now - (idle ?? timeInQueue ?? age))
    facts.queuedAt = timeInQueue.map { Timestamp(milliseconds: now - $0) }
    facts.dueAt = dueIn.map { Timestamp(milliseconds: now + $0) }
    if let queue = facts.queue, let queues, facts.queueOrganization == nil {
      facts.queueOrganization = queues.organization(of: queue)
    }
    return facts
  }
}
