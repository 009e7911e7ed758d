/// One thing that somebody may do. Held somewhere: in the whole tenant, with an organization's queues, with one queue.
package enum Right: UInt8, CaseIterable, Sendable {
  /// Read tickets and what happened to them, follow queues.
  case browse
  /// Open tickets.
  case create
  /// Change a ticket's fields.
  case update
  /// Be a ticket's assignee.
  case own
  /// Make an unassigned ticket one's own.
  case take
  /// Make somebody else's ticket one's own.
  case steal
  /// Hand a ticket to somebody else who may own it where it is.
  case reassignInternally
  /// Move a ticket to another queue.
  case reassignExternally
  /// Write what the requester reads.
  case comment
  /// Write what only colleagues read, and read it.
  case note
  /// Ask for queues in an organization's name and change them.
  case manageQueue
  case manageWatchers
  case editRules
  case administerTenant
  /// Read the audit log.
  case audit

  /// Nil for a name that no right has.
  package init?(name: String) {
    guard let right = Right.allCases.first(where: { $0.name == name }) else { return nil }
    self = right
  }

  package var name: String {
    switch self {
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
    }
  }
}

/// A set of rights; a word of memory.
package struct Rights: OptionSet, Hashable, Sendable {
  package var rawValue: UInt32

  package init(rawValue: UInt32) { self.rawValue = rawValue }

  package init(_ rights: Right...) { self.init(rights) }

  package init(_ rights: some Sequence<Right>) {
    rawValue = rights.reduce(0) { $0 | 1 << UInt32($1.rawValue) }
  }

  package static let all = Rights(rawValue: Right.allCases.reduce(0) { $0 | 1 << UInt32($1.rawValue) })

  package func contains(_ right: Right) -> Bool { rawValue & 1 << UInt32(right.rawValue) != 0 }

  /// In the order of their declaration.
  package var list: [Right] { Right.allCases.filter(contains) }

  /// As people read them.
  var text: String { list.map { "`\($0.name)`" }.joined(separator: ", ") }
}
