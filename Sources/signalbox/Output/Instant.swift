import Foundation

/// Times as people read them, always in UTC.
enum Instant {
  private static let latest: Int64 = 253_402_300_799_999

  /// `2026-03-01T09:30:00Z`; empty for 0, and the bare number for what lies beyond the year 9999 or before 1970.
  static func text(milliseconds: Int64) -> String {
    guard milliseconds != 0 else { return "" }
    guard (0...latest).contains(milliseconds) else { return "\(milliseconds) ms" }
    return Date(timeIntervalSince1970: Double(milliseconds / 1000)).formatted(.iso8601)
  }
}
