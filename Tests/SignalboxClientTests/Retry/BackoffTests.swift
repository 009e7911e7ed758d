import SignalboxWire
import Testing

@testable import SignalboxClient

@Suite struct BackoffTests {
  private let backoff = Backoff(base: .milliseconds(100), ceiling: .seconds(5))

  static let rows: [(Int, UInt32)] = [
    (0, 100), (1, 100), (2, 200), (3, 400), (6, 3_200), (7, 5_000), (8, 5_000), (64, 5_000), (.max, 5_000),
  ]

  @Test(arguments: rows)
  func doublesUpToTheCeiling(failures: Int, milliseconds: UInt32) {
    #expect(backoff.wait(afterFailures: failures, random: 1 << 63).milliseconds == milliseconds)
  }

  @Test func staysWithinAFifthOfTheRule() {
    #expect(backoff.wait(afterFailures: 2, random: 0).milliseconds == 160)
    let longest = backoff.wait(afterFailures: 2, random: .max)
    #expect(longest > .milliseconds(239))
    #expect(longest <= .milliseconds(240))
  }

  @Test func doesNotTrapOnTheLongestBase() {
    let endless = Backoff(base: WireInterval(nanoseconds: .max), ceiling: .seconds(5))
    #expect(endless.wait(afterFailures: 9, random: 1 << 63) == .seconds(5))
  }
}
