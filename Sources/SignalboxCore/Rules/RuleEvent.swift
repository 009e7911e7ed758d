/// What the rules are run for.
package enum RuleEvent: String, CaseIterable, Sendable {
  case created, updated
  /// Moved by somebody outside the queue's rules: a person, or another system.
  case reassigned
  case commented
  /// Time has passed.
  case timer

  /// The phases that run for it unless the file has an `on`.
  var defaultPhases: PhaseSet {
    switch self {
    case .created: [.classify, .route, .assign, .notify]
    case .updated, .commented: [.classify, .notify]
    case .reassigned: [.classify]
    case .timer: [.escalate]
    }
  }
}

/// Which phases run, always in their fixed order.
package struct PhaseSet: OptionSet, Hashable, Sendable {
  package let rawValue: UInt8

  package init(rawValue: UInt8) { self.rawValue = rawValue }

  package init(_ kind: Phase.Kind) {
    switch kind {
    case .classify: self = .classify
    case .route: self = .route
    case .assign: self = .assign
    case .notify: self = .notify
    case .escalate: self = .escalate
    }
  }

  package static let classify = PhaseSet(rawValue: 1)
  package static let route = PhaseSet(rawValue: 2)
  package static let assign = PhaseSet(rawValue: 4)
  package static let notify = PhaseSet(rawValue: 8)
  package static let escalate = PhaseSet(rawValue: 16)
}
