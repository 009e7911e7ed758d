import ArgumentParser

/// A length of time as people write it: `30s`, `15m`, `2h`, `90d`, or `0`.
struct TimeSpan: ExpressibleByArgument, Equatable, Sendable {
  var milliseconds: UInt64

  private static let units: [Character: UInt64] = ["s": 1_000, "m": 60_000, "h": 3_600_000, "d": 86_400_000]

  init(milliseconds: UInt64) {
    self.milliseconds = milliseconds
  }

  init?(argument: String) {
    if argument == "0" {
      self.init(milliseconds: 0)
      return
    }
    guard let last = argument.last, let unit = Self.units[last], argument.first?.isNumber == true,
      let count = UInt64(argument.dropLast())
    else { return nil }
    let (product, overflows) = count.multipliedReportingOverflow(by: unit)
    guard !overflows else { return nil }
    self.init(milliseconds: product)
  }

  var defaultValueDescription: String { milliseconds == 0 ? "0" : "\(milliseconds / 1_000)s" }
}
