/// A span of time as rule files write it: `30m`, `4h`, `2d`, `1w`.
package struct RuleDuration: Equatable, Sendable {
  package enum Unit: String, CaseIterable, Sendable {
    case minutes = "m"
    case hours = "h"
    case days = "d"
    case weeks = "w"

    var milliseconds: Int64 {
      switch self {
      case .minutes: 60_000
      case .hours: 3_600_000
      case .days: 86_400_000
      case .weeks: 604_800_000
      }
    }
  }

  package let amount: Int
  package let unit: Unit

  /// Nil for anything else than digits and a unit, and for more than `RuleLimits.duration`.
  package init?(_ text: String) {
    guard Self.isWritten(text), let unit = text.last.flatMap({ Unit(rawValue: String($0)) }),
      let amount = Int(text.dropLast()), Int64(amount) <= RuleLimits.duration / unit.milliseconds
    else { return nil }
    self.amount = amount
    self.unit = unit
  }

  /// Whether it has the form of a duration, however long.
  static func isWritten(_ text: String) -> Bool {
    guard text.utf8.count > 1, let last = text.last, Unit(rawValue: String(last)) != nil else { return false }
    return text.utf8.dropLast().allSatisfy(RuleText.isDigit)
  }

  package var milliseconds: Int64 { Int64(amount) * unit.milliseconds }

  /// Without needless zeros.
  package var text: String { "\(amount)\(unit.rawValue)" }
}
