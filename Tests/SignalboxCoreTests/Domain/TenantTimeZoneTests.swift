import Testing

@testable import SignalboxCore

@Suite struct TenantTimeZoneTests {
  private static let place = TenantTimeZone(
    name: "Some/Where",
    changes: [
      .init(at: Timestamp(milliseconds: 100), utcOffsetMinutes: -300),
      .init(at: Timestamp(milliseconds: 200), utcOffsetMinutes: -240),
      .init(at: Timestamp(milliseconds: 300), utcOffsetMinutes: -300),
    ])

  static let instants: [(Int64, Int, Int64?)] = [
    (.min, -300, 100), (99, -300, 100), (100, -300, 200), (199, -300, 200), (200, -240, 300), (299, -240, 300),
    (300, -300, nil), (.max, -300, nil),
  ]

  @Test(arguments: instants)
  func theOffsetIsThatOfTheLastChange(_ instant: Int64, _ offset: Int, _ next: Int64?) {
    let instant = Timestamp(milliseconds: instant)
    #expect(Self.place.utcOffsetMinutes(at: instant) == offset)
    #expect(Self.place.nextChange(after: instant)?.milliseconds == next)
    #expect(
      TenantTimeZone.utc.utcOffsetMinutes(at: instant) == 0 && TenantTimeZone.utc.nextChange(after: instant) == nil)
  }

  @Test func settingsNameAKnownPlace() {
    var check = FieldCheck()
    Tenant.Settings(timeZone: TenantTimeZone(unknown: "New York")).check(&check)
    #expect(throws: Rejection.self) { try check.finish() }
    check = FieldCheck()
    Tenant.Settings(timeZone: Self.place).check(&check)
    #expect(throws: Never.self) { try check.finish() }
  }
}
