import SignalboxCore
import SignalboxProtocol

extension ProtoConfigurationPlan {
  init(_ outcome: ApplyConfiguration.Outcome) {
    self.init()
    version = UInt64(clamping: outcome.version.value)
    var bytes = 0
    let shown = outcome.differences.prefix { difference in
      bytes += difference.size
      return bytes <= Limits.shownDifferenceBytes
    }
    differences = shown.map(ProtoConfigurationDifference.init)
    moreDifferences = UInt32(clamping: outcome.differences.count - shown.count)
    access = outcome.access.prefix(Limits.accessChangesShown).map(ProtoAccessChange.init)
    moreAccess = UInt32(clamping: outcome.access.count - access.count)
    problems = outcome.problems.map(ProtoDocumentProblem.init)
    blocked = outcome.blocked
    ticketsMoved = UInt32(clamping: outcome.ticketsMoved)
    ticketsUnassigned = UInt32(clamping: outcome.ticketsUnassigned)
    tokensRevoked = UInt32(clamping: outcome.tokensRevoked.count)
  }
}

extension ProtoConfigurationDifference {
  init(_ difference: ConfigurationDifference) {
    self.init()
    switch difference.action {
    case .created: action = .created
    case .changed: action = .changed
    case .removed: action = .removed
    }
    noun = difference.noun.rawValue
    name = difference.name
    changes = difference.changes.map { change in
      var told = ProtoConfigurationFieldChange()
      told.field = change.field
      told.before = change.before
      told.after = change.after
      told.added = change.added
      told.removed = change.removed
      return told
    }
  }
}

extension ProtoAccessChange {
  init(_ change: AccessChange) {
    self.init()
    person = change.person
    if let queue = change.queue { self.queue = queue } else { tenant = true }
    gained = change.gained.map(ProtoRight.init)
    lost = change.lost.map(ProtoRight.init)
  }
}

extension ProtoDocumentProblem {
  init(_ problem: DocumentProblem) {
    self.init()
    field = problem.field
    message = problem.message
    value = problem.value
    if let span = problem.span {
      line = UInt32(clamping: span.line)
      column = UInt32(clamping: span.column)
      length = UInt32(clamping: span.length)
    }
  }
}

extension ProtoConfigurationVersion {
  init(_ version: ConfigurationVersion) {
    self.init()
    self.version = UInt64(clamping: version.version.value)
    appliedBy = version.appliedBy.name
    appliedAtMs = version.appliedAt.milliseconds
    reason = version.reason
  }
}
