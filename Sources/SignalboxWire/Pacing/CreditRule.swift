/// What a CREDIT frame does to a sender's credit.
enum CreditRule {
  enum Outcome: Equatable {
    /// The new credit. `isNoise`: too small or too early to be honest; counts as a control frame.
    case credit(Int, isNoise: Bool)
    /// 0, or more than 2³¹−1 in all.
    case violation
  }

  static let smallestFreeGrant = 4_096

  static func apply(_ grant: UInt32, to credit: Int, initial: Int) -> Outcome {
    let sum = credit &+ Int(grant)
    guard grant > 0, sum <= WireLimits.maxWindowBytes else { return .violation }
    let isSmall = Int(grant) < smallestFreeGrant && Int(grant) < initial / 2
    return .credit(sum, isNoise: isSmall || credit >= initial)
  }
}
