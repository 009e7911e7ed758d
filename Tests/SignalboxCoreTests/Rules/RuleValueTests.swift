@testable import SignalboxCore
import Testing

@Suite struct RuleValueTests {
  static let durations: [(String, Int64?)] = [
    ("30m", 1_800_000), ("4h", 14_400_000), ("2d", 172_800_000), ("1w", 604_800_000), ("0m", 0), ("007h", 25_200_000),
    ("3650d", 315_360_000_000), ("3651d", nil), ("99999999999999999999w", nil), ("m", nil), ("", nil), ("4", nil),
    ("4H", nil), ("-4h", nil), ("4s", nil), ("1d2h", nil), ("٣h", nil),
  ]

  @Test(arguments: durations)
  func readsDurations(_ text: String, _ expected: Int64?) {
    #expect(RuleDuration(text)?.milliseconds == expected)
  }

  static let instants: [(Int64, Int, String)] = [
    (0, 0, "thursday 1970-01-01 00:00"), (-1, 0, "wednesday 1969-12-31 23:59"), (0, -1, "wednesday 1969-12-31 23:59"),
    (1_709_164_800_000, 0, "thursday 2024-02-29 00:00"), (1_709_164_800_000, 90, "thursday 2024-02-29 01:30"),
    (1_709_251_199_999, 1, "friday 2024-03-01 00:00"), (951_782_400_000, 0, "tuesday 2000-02-29 00:00"),
    (4_107_542_399_999, 0, "sunday 2100-02-28 23:59"), (4_107_542_400_000, 0, "monday 2100-03-01 00:00"),
    (.max, 0, "friday 9999-12-31 23:59"), (.min, 0, "monday 0001-01-01 00:00"), (0, .max, "friday 1970-01-02 00:00"),
  ]

  @Test(arguments: instants)
  func readsClockAndCalendar(_ milliseconds: Int64, _ offset: Int, _ expected: String) {
    let local = LocalTime(Timestamp(milliseconds: milliseconds), utcOffsetMinutes: offset)
    #expect("\(local.weekday) \(local.date) \(local.time)" == expected)
    #expect(LocalTime.day(local.date) == local.day && LocalTime.minutes(local.time) == local.minutes)
  }

  static let forms: [(String, Bool, Bool)] = [
    ("08:30", true, false), ("24:00", false, false), ("8:30", false, false), ("08:60", false, false),
    ("0830", false, false),
    ("2024-02-29", false, true), ("2023-02-29", false, false), ("2024-13-01", false, false),
    ("2024-00-10", false, false),
    ("2024-1-1", false, false), ("0000-01-01", false, false), ("2024-04-31", false, false), ("", false, false),
    ("+8:30", false, false), ("20240101", false, false),
  ]

  @Test(arguments: forms)
  func knowsTimesAndDates(_ text: String, _ isTime: Bool, _ isDate: Bool) {
    #expect((LocalTime.minutes(text) != nil) == isTime && (LocalTime.day(text) != nil) == isDate)
  }

  /// Ascending; those on one line are equal.
  static let numbers: [[String]] = [
    ["-100", "-100.0"], ["-12.5"], ["-12.05"], ["-0.1"], ["0", "-0", "0.00", "000"], ["0.009"], ["0.01", "00.010"],
    ["4.5", "04.50"], ["12"], ["100000000000000000000000"], ["100000000000000000000000.1"],
  ]

  @Test func numbersAreComparedExactly() throws {
    for (i, left) in Self.numbers.enumerated() {
      for (j, right) in Self.numbers.enumerated() {
        for (a, b) in left.flatMap({ a in right.map { (a, $0) } }) {
          let (x, y) = (try #require(DecimalNumber(a)), try #require(DecimalNumber(b)))
          #expect((x < y) == (i < j) && (x == y) == (i == j), "\(a) and \(b)")
        }
      }
    }
    for text in ["", "-", ".", "4.", ".5", "1e3", " 1", "1,5", "--1", "1.2.3", String(repeating: "1", count: 65)] {
      #expect(DecimalNumber(text) == nil, "\(text)")
    }
  }
}
