/// A request for help, and where it is.
package struct Ticket: Equatable, Sendable {
  /// What is active comes before what is done: the store tells them apart by one comparison.
  package enum Status: Int64, CaseIterable, Sendable {
    case new = 1
    /// Seen, not begun.
    case open
    /// Being worked on.
    case pending
    /// What was asked for is done.
    case solved
    /// No action was needed.
    case closed

    package var name: String {
      switch self {
      case .new: "new"
      case .open: "open"
      case .pending: "pending"
      case .solved: "solved"
      case .closed: "closed"
      }
    }

    /// Whether somebody may still have to act.
    package var isActive: Bool { self != .solved && self != .closed }
  }

  package enum Priority: Int64, CaseIterable, Comparable, Sendable {
    case low = 1
    case normal
    case high
    case urgent

    package var name: String {
      switch self {
      case .low: "low"
      case .normal: "normal"
      case .high: "high"
      case .urgent: "urgent"
      }
    }

    package static func < (left: Priority, right: Priority) -> Bool { left.rawValue < right.rawValue }
  }

  package static let channels = ["api", "chat", "email", "form", "meeting", "phone", "web"]

  package var number: TicketNumber
  /// 1 when created, raised by each change.
  package var version: Int64
  package var subject: String
  package var body: String
  package var requester: String
  package var channel: String
  package var category: String
  package var resource: String
  package var tags: [String]
  package var status: Status
  package var priority: Priority
  package var queue: QueueID
  package var assignee: PersonID?
  package var unassignedReason: String
  /// Organizations that moved it on and keep reading it.
  package var referrers: [OrganizationID]
  package var createdAt: Timestamp
  package var updatedAt: Timestamp
  /// Custom fields by name; none is empty.
  package var fields: [String: String]
  /// The name of its type; empty: none.
  package var type: String
  /// When a first answer is due, if rules say so.
  package var dueAt: Timestamp?
  package var placement: TicketPlacement
  /// What was written on it for all to read; notes do not count.
  package var commentCount: Int
  /// When rules of `escalate` are to be run for it; nil: not before something happens to it.
  package var escalateAt: Timestamp?
  /// How often each rule of `escalate` has fired for it, by name; none is 0.
  package var escalations: [String: Int]

  package init(
    number: TicketNumber, version: Int64, subject: String, body: String, requester: String, channel: String,
    category: String, resource: String, tags: [String], status: Status, priority: Priority, queue: QueueID,
    assignee: PersonID?, unassignedReason: String, referrers: [OrganizationID] = [], createdAt: Timestamp,
    updatedAt: Timestamp, fields: [String: String] = [:], type: String = "", dueAt: Timestamp? = nil,
    placement: TicketPlacement? = nil, commentCount: Int = 0, escalateAt: Timestamp? = nil,
    escalations: [String: Int] = [:]
  ) {
    self.number = number
    self.version = version
    self.subject = subject
    self.body = body
    self.requester = requester
    self.channel = channel
    self.category = category
    self.resource = resource
    self.tags = tags
    self.status = status
    self.priority = priority
    self.queue = queue
    self.assignee = assignee
    self.unassignedReason = unassignedReason
    self.referrers = referrers
    self.createdAt = createdAt
    self.updatedAt = updatedAt
    self.fields = fields
    self.type = type
    self.dueAt = dueAt
    self.placement = placement ?? TicketPlacement(since: createdAt)
    self.commentCount = commentCount
    self.escalateAt = escalateAt
    self.escalations = escalations
  }
}
