import Foundation
package import SignalboxCore
import Synchronization

/// Time zones of tenants, as this system's time zone database has them.
package enum TimeZones {
  /// Offsets are known between these years; before and after they are as at the end that is nearer.
  private static let years = 2000..<2100
  /// More changes than any clock has in that time.
  private static let mostChanges = 1_000
  /// Names that are remembered; there are some 600, and those with an offset, `GMT+0530`.
  private static let mostFound = 2_000
  private static let found = Mutex<[String: TenantTimeZone]>([:])

  /// The time zone with this name in the IANA time zone database; UTC for an empty name, and one that is not known for a
  /// name that is not there.
  package static func named(_ name: String) -> TenantTimeZone {
    if name.isEmpty { return .utc }
    guard let zone = TimeZone(identifier: name) else { return TenantTimeZone(unknown: name) }
    return found.withLock { found in
      if let known = found[name] { return known }
      let made = TenantTimeZone(name: name, changes: changes(of: zone))
      if found.count < mostFound { found[name] = made }
      return made
    }
  }

  private static func changes(of zone: TimeZone) -> [TenantTimeZone.Change] {
    var instant = start(of: years.lowerBound)
    let end = start(of: years.upperBound)
    var changes = [change(at: instant, zone)]
    while changes.count < mostChanges, let next = zone.nextDaylightSavingTimeTransition(after: instant), next < end,
      next > instant
    {
      instant = next
      changes.append(change(at: instant, zone))
    }
    return changes
  }

  private static func start(of year: Int) -> Date {
    var calendar = Calendar(identifier: .gregorian)
    calendar.timeZone = .gmt
    return calendar.date(from: DateComponents(year: year)) ?? .distantPast
  }

  private static func change(at instant: Date, _ zone: TimeZone) -> TenantTimeZone.Change {
    TenantTimeZone.Change(
      at: Timestamp(milliseconds: Int64(instant.timeIntervalSince1970 * 1_000)),
      utcOffsetMinutes: zone.secondsFromGMT(for: instant) / 60)
  }
}
