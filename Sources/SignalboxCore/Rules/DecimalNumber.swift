/// A number of a custom field: digits, with a minus sign and a fraction if need be. Compared exactly, digit by digit,
/// so that no binary fraction stands between a rule and what it says.
struct DecimalNumber: Comparable, Sendable {
  private let isNegative: Bool
  /// Without zeros at its start.
  private let whole: [UInt8]
  /// Without zeros at its end.
  private let fraction: [UInt8]

  /// Nil for anything else, blanks and exponents included, and for more than `RuleLimits.decimalDigits`.
  init?(_ text: String) {
    var rest = Array(text.utf8)[...]
    let minus = rest.first == 0x2D
    if minus { rest = rest.dropFirst() }
    let parts = rest.split(separator: 0x2E, omittingEmptySubsequences: false)
    guard (1...2).contains(parts.count), parts.allSatisfy({ !$0.isEmpty && $0.allSatisfy(RuleText.isDigit) }),
      parts.reduce(0, { $0 + $1.count }) <= RuleLimits.decimalDigits
    else { return nil }
    whole = Array(parts[0].drop { $0 == 0x30 })
    var fraction = parts.count == 2 ? parts[1] : []
    while fraction.last == 0x30 { fraction.removeLast() }
    self.fraction = Array(fraction)
    isNegative = minus && !(whole.isEmpty && fraction.isEmpty)
  }

  static func < (left: DecimalNumber, right: DecimalNumber) -> Bool {
    switch (left.isNegative, right.isNegative) {
    case (true, false): true
    case (false, true): false
    case (false, false): left.isNearerZero(than: right)
    case (true, true): right.isNearerZero(than: left)
    }
  }

  private func isNearerZero(than other: DecimalNumber) -> Bool {
    if whole.count != other.whole.count { return whole.count < other.whole.count }
    if whole != other.whole { return whole.lexicographicallyPrecedes(other.whole) }
    return fraction.lexicographicallyPrecedes(other.fraction)
  }
}
