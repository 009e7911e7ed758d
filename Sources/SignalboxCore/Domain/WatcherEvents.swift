/// One kind of thing that a watcher can be told of.
package enum WatcherEvent: UInt8, CaseIterable, Sendable {
  /// A ticket is created in the queue or moved into it.
  case arrivals
  /// A ticket is moved to another queue.
  case departures
  /// A ticket of the queue gets another assignee, or none.
  case assignments
  case status
  /// What the requester reads.
  case comments
  /// What only colleagues read.
  case notes

  package var name: String {
    switch self {
    case .arrivals: "arrivals"
    case .departures: "departures"
    case .assignments: "assignments"
    case .status: "status"
    case .comments: "comments"
    case .notes: "notes"
    }
  }
}

/// A set of them; a word of memory, so that it is looked at on the way of every ticket.
package struct WatcherEvents: OptionSet, Hashable, Sendable {
  package var rawValue: UInt32

  package init(rawValue: UInt32) { self.rawValue = rawValue }

  package init(_ events: WatcherEvent...) {
    rawValue = events.reduce(0) { $0 | 1 << UInt32($1.rawValue) }
  }

  package static let all = WatcherEvents(
    rawValue: WatcherEvent.allCases.reduce(0) { $0 | 1 << UInt32($1.rawValue) })

  /// What who says nothing about it is told of: notes are for colleagues, and whoever wants them asks.
  package static let usual = all.subtracting(WatcherEvents(.notes))

  package func contains(_ event: WatcherEvent) -> Bool { rawValue & 1 << UInt32(event.rawValue) != 0 }

  /// In the order of their declaration.
  package var list: [WatcherEvent] { WatcherEvent.allCases.filter(contains) }

  /// `arrivals+status`.
  package var text: String { list.map(\.name).joined(separator: "+") }

  /// Nil for a word that is none of theirs, and for none at all.
  package init?(text: some StringProtocol) {
    self = []
    for word in text.split(separator: "+", omittingEmptySubsequences: false) {
      guard let event = WatcherEvent.allCases.first(where: { $0.name == word }) else { return nil }
      insert(WatcherEvents(event))
    }
  }
}
