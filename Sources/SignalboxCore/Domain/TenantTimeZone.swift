/// The clock where a tenant's people work, by which rules tell the time of day, the weekday and the date.
package struct TenantTimeZone: Equatable, Sendable {
  /// From this instant on the clock is so many minutes ahead of UTC.
  package struct Change: Equatable, Sendable {
    package var at: Timestamp
    package var utcOffsetMinutes: Int

    package init(at: Timestamp, utcOffsetMinutes: Int) {
      self.at = at
      self.utcOffsetMinutes = utcOffsetMinutes
    }
  }

  package static let utc = TenantTimeZone(name: "", changes: [])

  /// As in the IANA time zone database, `America/New_York`; empty: UTC.
  package let name: String
  /// False for a name that stands for no time zone; its clock is that of UTC.
  package let isKnown: Bool
  /// In the order of time. Before the first of them its offset holds already.
  private let changes: [Change]

  package init(name: String, changes: [Change]) {
    self.name = name
    isKnown = true
    self.changes = changes
  }

  package init(unknown name: String) {
    self.name = name
    isKnown = false
    changes = []
  }

  package func utcOffsetMinutes(at instant: Timestamp) -> Int {
    guard !changes.isEmpty else { return 0 }
    return changes[max(0, following(instant) - 1)].utcOffsetMinutes
  }

  /// When the offset changes next, if it does.
  package func nextChange(after instant: Timestamp) -> Timestamp? {
    let place = following(instant)
    return place < changes.count ? changes[place].at : nil
  }

  /// Where in `changes` the first stands that is after the instant.
  private func following(_ instant: Timestamp) -> Int {
    var (low, high) = (0, changes.count)
    while low < high {
      let middle = (low + high) / 2
      if changes[middle].at.milliseconds <= instant.milliseconds { low = middle + 1 } else { high = middle }
    }
    return low
  }
}
