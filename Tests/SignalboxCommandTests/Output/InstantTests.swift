import Testing

@testable import signalbox

@Suite struct InstantTests {
  @Test(
    arguments: [
      (0, ""), (1_767_225_600_000, "2026-01-01T00:00:00Z"), (999, "1970-01-01T00:00:00Z"),
      (253_402_300_799_999, "9999-12-31T23:59:59Z"),
      (253_402_300_800_000, "253402300800000 ms"), (-1, "-1 ms"), (.max, "9223372036854775807 ms"),
      (.min, "-9223372036854775808 ms"),
    ] as [(Int64, String)])
  func text(_ milliseconds: Int64, _ shown: String) {
    #expect(Instant.text(milliseconds: milliseconds) == shown)
  }
}
