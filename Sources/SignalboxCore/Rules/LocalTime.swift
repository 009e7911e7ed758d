/// An instant on the clock and calendar of a place that is so many minutes from UTC.
struct LocalTime: Sendable {
  static let weekdays = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
  private static let dayMinutes: Int64 = 24 * 60

  /// Since midnight.
  let minutes: Int
  /// Days since 1970-01-01.
  let day: Int

  /// Instants beyond the years 1 to 9999 are as the first or last of them; offsets are of a day at most.
  init(_ instant: Timestamp, utcOffsetMinutes: Int) {
    let first = Self.days(year: 1, month: 1, day: 1) * Self.dayMinutes
    let last = Self.days(year: 10_000, month: 1, day: 1) * Self.dayMinutes - 1
    let (quotient, remainder) = instant.milliseconds.quotientAndRemainder(dividingBy: 60_000)
    let offset = Int64(min(max(utcOffsetMinutes, -1_440), 1_440))
    let local = min(max(quotient - (remainder < 0 ? 1 : 0) + offset, first), last)
    let (whole, rest) = local.quotientAndRemainder(dividingBy: Self.dayMinutes)
    day = Int(rest < 0 ? whole - 1 : whole)
    minutes = Int(rest < 0 ? rest + Self.dayMinutes : rest)
  }

  var weekday: String { Self.weekdays[Self.weekday(ofDay: day)] }

  /// `HH:MM`
  var time: String { "\(Self.padded(minutes / 60, 2)):\(Self.padded(minutes % 60, 2))" }

  /// `YYYY-MM-DD`
  var date: String {
    // Howard Hinnant's days-to-civil: years begin in March, so that the leap day is the last of one.
    let shifted = day + 719_468
    let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
    let dayOfEra = shifted - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let marchMonth = (5 * dayOfYear + 2) / 153
    let dayOfMonth = dayOfYear - (153 * marchMonth + 2) / 5 + 1
    let month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9
    let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
    return "\(Self.padded(year, 4))-\(Self.padded(month, 2))-\(Self.padded(dayOfMonth, 2))"
  }

  /// 0 for Monday.
  static func weekday(ofDay day: Int) -> Int { ((day + 3) % 7 + 7) % 7 }

  /// Minutes since midnight of `HH:MM`; nil for anything else.
  static func minutes(_ text: String) -> Int? {
    let parts = text.split(separator: ":", omittingEmptySubsequences: false)
    guard parts.count == 2, let hour = number(parts[0], digits: 2), let minute = number(parts[1], digits: 2),
      hour < 24, minute < 60
    else { return nil }
    return hour * 60 + minute
  }

  /// Days since 1970-01-01 of `YYYY-MM-DD`; nil for anything else, and for days that no calendar has.
  static func day(_ text: String) -> Int? {
    let parts = text.split(separator: "-", omittingEmptySubsequences: false)
    guard parts.count == 3, let year = number(parts[0], digits: 4), let month = number(parts[1], digits: 2),
      let day = number(parts[2], digits: 2), year > 0, (1...12).contains(month), day > 0
    else { return nil }
    let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
    let lengths = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
    return day <= lengths[month - 1] ? Int(days(year: Int64(year), month: Int64(month), day: Int64(day))) : nil
  }

  private static func days(year: Int64, month: Int64, day: Int64) -> Int64 {
    let year = month <= 2 ? year - 1 : year
    let era = (year >= 0 ? year : year - 399) / 400
    let yearOfEra = year - era * 400
    let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
    return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
  }

  private static func number(_ text: Substring, digits: Int) -> Int? {
    text.utf8.count == digits && text.utf8.allSatisfy(RuleText.isDigit) ? Int(text) : nil
  }

  private static func padded(_ number: Int, _ width: Int) -> String {
    let digits = String(number)
    return String(repeating: "0", count: max(0, width - digits.utf8.count)) + digits
  }
}
