/// What a condition may look at. The numbers are stored in decision records: never change or reuse one.
package enum Field: UInt8, CaseIterable, Sendable {
  case subject = 1, body
  /// Subject and body. A word or phrase stands in one of them; none runs across.
  case text
  case category, resource, channel
  /// The requester's address.
  case requester
  /// What follows the last `@` of the address; absent if there is none.
  case requesterDomain
  /// The requester's organization.
  case organization
  case tag, priority
  case type, status
  /// Where the ticket is and where it was before; absent before there is one.
  case queue, previousQueue
  /// The handle.
  case assignee
  case queueOrganization
  /// How often the ticket changed its queue, and how many comments it has.
  case handoffs, comments
  /// Since it was created, since its last change, since it came into its queue, until it is due.
  case age, idle, timeInQueue, dueIn
  /// Of the instant of the evaluation, by the clock of the tenant's time zone.
  case time, weekday, date
  /// What the rules are run for.
  case event
  /// The comment that they are run for.
  case comment
  /// A field of the ticket's type; its name stands behind it. See `CustomFieldCondition`.
  case custom

  enum Kind {
    /// Any text.
    case text
    /// More than one text; can be searched, not compared.
    case joinedText
    /// A name, compared as a whole or in part, not by words.
    case label
    /// A short name, which may be written without quotes.
    case name
    /// A name out of `choices`.
    case choice
    /// A set; `==` asks whether the value is in it.
    case set
    /// Whole numbers from 0.
    case integer
    /// A `RuleDuration`.
    case duration
    /// `"HH:MM"`
    case time
    /// `"YYYY-MM-DD"`
    case date
    /// Any text; in an order if it is a number.
    case custom
  }

  static let priorities = ["low", "normal", "high", "urgent"]
  static let statuses = ["new", "open", "pending", "solved", "closed"]

  /// One more than the largest number.
  static let numbers = 30

  package var name: String {
    switch self {
    case .subject: "subject"
    case .body: "body"
    case .text: "text"
    case .category: "category"
    case .resource: "resource"
    case .channel: "channel"
    case .requester: "requester"
    case .requesterDomain: "requester-domain"
    case .organization: "organization"
    case .tag: "tag"
    case .priority: "priority"
    case .type: "type"
    case .status: "status"
    case .queue: "queue"
    case .previousQueue: "previous-queue"
    case .assignee: "assignee"
    case .queueOrganization: "queue-organization"
    case .handoffs: "handoffs"
    case .comments: "comments"
    case .age: "age"
    case .idle: "idle"
    case .timeInQueue: "time-in-queue"
    case .dueIn: "due-in"
    case .time: "time"
    case .weekday: "weekday"
    case .date: "date"
    case .event: "event"
    case .comment: "comment"
    case .custom: "field"
    }
  }

  init?(name: String) {
    guard let field = Self.allCases.first(where: { $0.name == name }) else { return nil }
    self = field
  }

  var kind: Kind {
    switch self {
    case .subject, .body, .category, .resource, .requester, .requesterDomain, .organization, .comment: .text
    case .text: .joinedText
    case .type, .queue, .previousQueue, .assignee, .queueOrganization: .label
    case .channel: .name
    case .priority, .status, .weekday, .event: .choice
    case .tag: .set
    case .handoffs, .comments: .integer
    case .age, .idle, .timeInQueue, .dueIn: .duration
    case .time: .time
    case .date: .date
    case .custom: .custom
    }
  }

  /// Sentences that somebody wrote, not a value out of few.
  package var isRunningText: Bool { self == .subject || self == .body || self == .comment }

  /// All values of a choice, in their order if they have one; empty for other fields.
  var choices: [String] {
    switch self {
    case .priority: Self.priorities
    case .status: Self.statuses
    case .weekday: LocalTime.weekdays
    case .event: RuleEvent.allCases.map(\.rawValue)
    default: []
    }
  }

  /// Whether every ticket has one, so that nobody need ask.
  var isAlwaysThere: Bool {
    switch self {
    case .subject, .body, .text, .channel, .priority, .status, .handoffs, .comments, .age, .idle, .time, .weekday,
      .date, .event:
      true
    case .category, .resource, .requester, .requesterDomain, .organization, .tag, .type, .queue, .previousQueue,
      .assignee, .queueOrganization, .timeInQueue, .dueIn, .comment, .custom:
      false
    }
  }

  /// The comparisons that have a meaning for it.
  func allows(_ comparison: Comparison) -> Bool {
    switch comparison {
    case .equals, .notEquals, .isIn:
      kind != .joinedText && kind != .duration && kind != .time
    case .contains, .startsWith, .endsWith:
      kind == .text || kind == .label || kind == .custom || kind == .joinedText && comparison == .contains
    case .anyWordOf, .allWordsOf, .near:
      kind == .text || kind == .joinedText || kind == .custom
    case .less, .atMost, .greater, .atLeast:
      kind == .integer || kind == .duration || kind == .time || kind == .date || kind == .custom || self == .priority
    case .isAbsent: !isAlwaysThere
    case .custom: false
    }
  }

  /// The fields that hold the texts searched: two for `text`, itself for all others.
  var parts: [Field] { self == .text ? [.subject, .body] : [self] }

  /// A bit for each field that can be searched for words; `text` has those of its parts. All custom fields have the same,
  /// because what was found is kept for each of them apart.
  var wordBits: UInt16 {
    switch self {
    case .subject: 1
    case .body: 2
    case .text: 3
    case .category: 4
    case .resource: 8
    case .requester: 16
    case .requesterDomain: 32
    case .organization: 64
    case .comment: 128
    case .custom: 256
    default: 0
    }
  }
}
