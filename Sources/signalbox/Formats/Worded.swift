import ArgumentParser
import SignalboxClient

/// A protocol enumeration as people write it: `resource_provider`, not `ORGANIZATION_KIND_RESOURCE_PROVIDER`.
protocol Worded: Sendable {
  /// The values one may ask for, in the order help shows them.
  static var choices: [Self] { get }
  /// Empty for what is unspecified, the bare number for a value this version does not know.
  var word: String { get }
}

/// A value on the command line that is one of the words of an enumeration.
struct Choice<Value: Worded>: ExpressibleByArgument {
  var value: Value

  init?(argument: String) {
    guard let value = Value.choices.first(where: { $0.word == argument }) else { return nil }
    self.value = value
  }

  static var allValueStrings: [String] { Value.choices.map(\.word) }
}

extension OrganizationKind: Worded {
  static var choices: [OrganizationKind] { [.resourceProvider, .awardee, .partner, .internal] }

  var word: String {
    switch self {
    case .unspecified: ""
    case .resourceProvider: "resource_provider"
    case .awardee: "awardee"
    case .partner: "partner"
    case .internal: "internal"
    case .UNRECOGNIZED(let number): "\(number)"
    }
  }
}

extension QueueKind: Worded {
  static var choices: [QueueKind] { [.resourceProvider, .awardee, .internal] }

  var word: String {
    switch self {
    case .unspecified: ""
    case .resourceProvider: "resource_provider"
    case .awardee: "awardee"
    case .internal: "internal"
    case .UNRECOGNIZED(let number): "\(number)"
    }
  }
}

extension QueueState: Worded {
  static var choices: [QueueState] { [.active, .retired] }

  var word: String {
    switch self {
    case .unspecified: ""
    case .active: "active"
    case .retired: "retired"
    case .UNRECOGNIZED(let number): "\(number)"
    }
  }
}

extension RegistrationState: Worded {
  static var choices: [RegistrationState] {
    [.draft, .submitted, .changesRequested, .approved, .declined, .withdrawn]
  }

  var word: String {
    switch self {
    case .unspecified: ""
    case .draft: "draft"
    case .submitted: "submitted"
    case .changesRequested: "changes_requested"
    case .approved: "approved"
    case .declined: "declined"
    case .withdrawn: "withdrawn"
    case .UNRECOGNIZED(let number): "\(number)"
    }
  }
}

extension TokenRole: Worded {
  static var choices: [TokenRole] {
    [.systemAdmin, .tenantAdmin, .agent, .clientApplication, .viewer, .auditor]
  }

  var word: String {
    switch self {
    case .unspecified: ""
    case .systemAdmin: "system_admin"
    case .tenantAdmin: "tenant_admin"
    case .agent: "agent"
    case .clientApplication: "client_application"
    case .viewer: "viewer"
    case .auditor: "auditor"
    case .UNRECOGNIZED(let number): "\(number)"
    }
  }
}

extension Role: Worded {
  static var choices: [Role] {
    [.viewer, .agent, .queueManager, .organizationManager, .tenantAdmin, .auditor, .clientApplication]
  }

  var word: String {
    switch self {
    case .unspecified: ""
    case .viewer: "viewer"
    case .agent: "agent"
    case .queueManager: "queue_manager"
    case .organizationManager: "organization_manager"
    case .tenantAdmin: "tenant_admin"
    case .auditor: "auditor"
    case .clientApplication: "client_application"
    case .UNRECOGNIZED(let number): "\(number)"
    }
  }
}

extension Right: Worded {
  static var choices: [Right] {
    [
      .browse, .create, .update, .own, .take, .steal, .reassignInternally, .reassignExternally, .comment, .note,
      .manageQueue, .manageWatchers, .editRules, .administerTenant, .audit,
    ]
  }

  var word: String {
    switch self {
    case .unspecified: ""
    case .browse: "browse"
    case .create: "create"
    case .update: "update"
    case .own: "own"
    case .take: "take"
    case .steal: "steal"
    case .reassignInternally: "reassign_internally"
    case .reassignExternally: "reassign_externally"
    case .comment: "comment"
    case .note: "note"
    case .manageQueue: "manage_queue"
    case .manageWatchers: "manage_watchers"
    case .editRules: "edit_rules"
    case .administerTenant: "administer_tenant"
    case .audit: "audit"
    case .UNRECOGNIZED(let number): "\(number)"
    }
  }
}

extension TicketStatus: Worded {
  static var choices: [TicketStatus] { [.new, .open, .pending, .solved, .closed] }

  var word: String {
    switch self {
    case .unspecified: ""
    case .new: "new"
    case .open: "open"
    case .pending: "pending"
    case .solved: "solved"
    case .closed: "closed"
    case .UNRECOGNIZED(let number): "\(number)"
    }
  }
}

extension Priority: Worded {
  static var choices: [Priority] { [.low, .normal, .high, .urgent] }

  var word: String {
    switch self {
    case .unspecified: ""
    case .low: "low"
    case .normal: "normal"
    case .high: "high"
    case .urgent: "urgent"
    case .UNRECOGNIZED(let number): "\(number)"
    }
  }
}

extension WatcherEvent: Worded {
  static var choices: [WatcherEvent] { [.arrivals, .departures, .assignments, .status, .comments, .notes] }

  var word: String {
    switch self {
    case .unspecified: ""
    case .arrivals: "arrivals"
    case .departures: "departures"
    case .assignments: "assignments"
    case .status: "status"
    case .comments: "comments"
    case .notes: "notes"
    case .UNRECOGNIZED(let number): "\(number)"
    }
  }
}

extension WatcherState: Worded {
  static var choices: [WatcherState] { [.active, .pending, .optedOut] }

  var word: String {
    switch self {
    case .unspecified: ""
    case .active: "active"
    case .pending: "pending"
    case .optedOut: "opted_out"
    case .UNRECOGNIZED(let number): "\(number)"
    }
  }
}

extension FieldType: Worded {
  static var choices: [FieldType] { [.text, .number, .boolean, .choice, .date] }

  var word: String {
    switch self {
    case .unspecified: ""
    case .text: "text"
    case .number: "number"
    case .boolean: "boolean"
    case .choice: "choice"
    case .date: "date"
    case .UNRECOGNIZED(let number): "\(number)"
    }
  }
}

extension Presence: Worded {
  static var choices: [Presence] { [.available, .away, .offline] }

  var word: String {
    switch self {
    case .unspecified: ""
    case .available: "available"
    case .away: "away"
    case .offline: "offline"
    case .UNRECOGNIZED(let number): "\(number)"
    }
  }
}

extension AssignmentOrder: Worded {
  static var choices: [AssignmentOrder] { [.roundRobin, .leastLoaded, .mostCapacity] }

  var word: String {
    switch self {
    case .unspecified: ""
    case .roundRobin: "round_robin"
    case .leastLoaded: "least_loaded"
    case .mostCapacity: "most_capacity"
    case .UNRECOGNIZED(let number): "\(number)"
    }
  }
}
