import Foundation
import SignalboxCore
import SignalboxStore
import Testing

struct TimeZonesTests {
  /// Half an hour and three quarters, no change of clocks, a change in Ramadan, one of the offset itself, the date line.
  private static let names = [
    "America/New_York", "Europe/Berlin", "Asia/Kathmandu", "Australia/Lord_Howe", "Africa/Casablanca",
    "Asia/Pyongyang", "America/Caracas", "Pacific/Apia", "America/Sao_Paulo", "Asia/Kolkata",
  ]

  @Test(arguments: names)
  func theClockIsThatOfTheSystem(_ name: String) throws {
    let system = try #require(TimeZone(identifier: name))
    let zone = TimeZones.named(name)
    #expect(zone.isKnown && zone.name == name)
    // 2001 to 2090, every 13 hours.
    for hours in stride(from: Int64(271_752), to: 1_051_896, by: 13) {
      let offset = zone.utcOffsetMinutes(at: Timestamp(milliseconds: hours * 3_600_000))
      guard offset == system.secondsFromGMT(for: Date(timeIntervalSince1970: Double(hours) * 3_600)) / 60 else {
        Issue.record("\(name), \(hours) hours after 1970: \(offset)")
        return
      }
    }
  }

  @Test func knownNamesOnly() {
    #expect(TimeZones.named("") == .utc)
    for name in ["New York", "America/new_york", "EST5EDT4", "../etc/passwd", "GMT+99"] {
      let zone = TimeZones.named(name)
      #expect(!zone.isKnown && zone.name == name && zone.utcOffsetMinutes(at: Timestamp(milliseconds: 0)) == 0)
    }
    // 2026-07-01T00:00Z and half a year later.
    let zone = TimeZones.named("America/New_York")
    #expect(zone.utcOffsetMinutes(at: Timestamp(milliseconds: 1_782_864_000_000)) == -240)
    #expect(zone.utcOffsetMinutes(at: Timestamp(milliseconds: 1_798_761_600_000)) == -300)
  }
}
