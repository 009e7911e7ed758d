/// What rules may know of a ticket. A snapshot: nothing is looked up while rules run, and each phase sees what the
/// phases before it made of it.
///
/// Of each text at most `RuleLimits.factBytes` are read.
package struct RoutingFacts: Equatable, Sendable {
  /// The value of a custom field.
  package struct FieldValue: Equatable, Sendable {
    package var name: String
    package var value: String

    package init(name: String, value: String) {
      self.name = name
      self.value = value
    }
  }

  package var subject: String
  package var body: String
  package var category: String?
  package var resource: String?
  package var channel: String
  /// The address.
  package var requester: String?
  package var requesterOrganization: String?
  package var tags: [String]
  /// `low`, `normal`, `high` or `urgent`.
  package var priority: String

  package var type: String?
  package var status = "new"
  /// Nil for a ticket that has no place yet.
  package var queue: String?
  package var previousQueue: String?
  package var queueOrganization: String?
  /// The handle.
  package var assignee: String?
  /// Each name once.
  package var fields: [FieldValue] = []
  package var handoffs = 0
  package var comments = 0
  package var now = Timestamp(milliseconds: 0)
  package var createdAt = Timestamp(milliseconds: 0)
  package var updatedAt = Timestamp(milliseconds: 0)
  /// When it came into its queue.
  package var queuedAt: Timestamp?
  package var dueAt: Timestamp?
  /// Of the tenant's clock at `now`.
  package var utcOffsetMinutes = 0
  /// When that changes next.
  package var offsetChangesAt: Timestamp?
  package var event = RuleEvent.created
  /// The comment that the rules are run for.
  package var comment: String?
  /// Whether a person chose its queue last: then rules move it on `update` and `comment` no more.
  package var isQueueChosen = false
  /// How often each rule of `escalate` has fired for the ticket, by name.
  package var escalations: [String: Int] = [:]
  /// The rules that have fired already for what they are run for, by name; they do not fire again.
  package var spent: Set<String> = []

  package init(
    subject: String, body: String, category: String? = nil, resource: String? = nil, channel: String,
    requester: String? = nil, requesterOrganization: String? = nil, tags: [String] = [], priority: String = "normal"
  ) {
    self.subject = subject
    self.body = body
    self.category = category
    self.resource = resource
    self.channel = channel
    self.requester = requester
    self.requesterOrganization = requesterOrganization
    self.tags = tags
    self.priority = priority
  }

  /// The value of a field that has a single one, as text; nil if absent, for durations, and for `text`, `tag` and
  /// custom fields.
  func value(of field: Field) -> String? {
    switch field {
    case .subject: subject
    case .body: body
    case .category: category
    case .resource: resource
    case .channel: channel
    case .requester: requester
    case .requesterDomain: requesterDomain
    case .organization: requesterOrganization
    case .priority: priority
    case .type: type
    case .status: status
    case .queue: queue
    case .previousQueue: previousQueue
    case .assignee: assignee
    case .queueOrganization: queueOrganization
    case .handoffs: String(handoffs)
    case .comments: String(comments)
    case .time: localTime.time
    case .weekday: localTime.weekday
    case .date: localTime.date
    case .event: event.rawValue
    case .comment: comment
    case .age, .idle, .timeInQueue, .dueIn, .text, .tag, .custom: nil
    }
  }

  /// The value of a field that has an order: milliseconds, a count, minutes since midnight, days since 1970, or the
  /// rank of a priority. Nil if absent, and for all other fields.
  func ordinal(of field: Field) -> Int64? {
    switch field {
    case .handoffs: Int64(handoffs)
    case .comments: Int64(comments)
    case .age: Self.span(createdAt, now)
    case .idle: Self.span(updatedAt, now)
    case .timeInQueue: queuedAt.map { Self.span($0, now) }
    case .dueIn: dueAt.map { Self.span(now, $0) }
    case .time: Int64(localTime.minutes)
    case .date: Int64(localTime.day)
    case .priority: Self.ordinal(priority, of: .priority)
    default: nil
    }
  }

  /// What `ordinal(of:)` of a ticket is compared with; nil for a value that the field cannot have.
  static func ordinal(_ value: String, of field: Field) -> Int64? {
    switch field.kind {
    case .integer: Int64(value)
    case .duration: RuleDuration(value)?.milliseconds
    case .time: LocalTime.minutes(value).map { Int64($0) }
    case .date: LocalTime.day(value).map { Int64($0) }
    case .choice: field.choices.firstIndex(of: value.lowercased()).map { Int64($0) }
    case .text, .joinedText, .label, .name, .set, .custom: nil
    }
  }

  /// The value of a custom field; nil if absent.
  func custom(_ name: String) -> String? { fields.first { $0.name == name }?.value }

  var localTime: LocalTime { LocalTime(now, utcOffsetMinutes: utcOffsetMinutes) }

  private static func span(_ start: Timestamp, _ end: Timestamp) -> Int64 {
    let (span, isOverflow) = end.milliseconds.subtractingReportingOverflow(start.milliseconds)
    return isOverflow ? (end > start ? .max : .min) : span
  }

  private var requesterDomain: String? {
    guard let requester, let at = requester.utf8.lastIndex(of: 0x40) else { return nil }
    let domain = requester[requester.utf8.index(after: at)...]
    return domain.isEmpty ? nil : String(domain)
  }
}

/// The keywords that a queue registered.
package struct QueueKeywords: Equatable, Sendable {
  package var queue: String
  package var keywords: [String]

  package init(queue: String, keywords: [String]) {
    self.queue = queue
    self.keywords = keywords
  }
}
