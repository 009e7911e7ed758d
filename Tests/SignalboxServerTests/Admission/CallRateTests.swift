import NIOCore
import SignalboxClient
import SignalboxTestKit
import Testing

@testable import SignalboxServer

struct CallRateTests {
  private func instant(_ milliseconds: Int64) -> NIODeadline { .uptimeNanoseconds(1) + .milliseconds(milliseconds) }

  /// After a pause a second's worth at once, then one for each interval; who is refused is told when.
  @Test(arguments: [1, 7, 1_000])
  func aSecondsWorthAtOnceThenThePace(callsPerSecond: Int) {
    let rate = CallRate(callsPerSecond: callsPerSecond)
    let start = instant(5_000)
    for _ in 0..<callsPerSecond { #expect(rate.admit(at: start) == nil) }
    let wait = rate.admit(at: start)
    let interval = 1_000_000_000 / UInt64(callsPerSecond)
    #expect(wait == interval || wait == interval - 1_000_000_000 % UInt64(callsPerSecond))
    // Being refused costs nothing: at the time that was told the call is let in, and one more is not.
    let then = start + .nanoseconds(Int64(wait ?? 0))
    #expect(rate.admit(at: then) == nil)
    #expect(rate.admit(at: then) != nil)
  }

  /// Whatever the rhythm, no second sees more than twice the rate, and ten seconds no more than eleven times.
  @Test func neverMoreThanTheRate() {
    let seed: UInt64 = 42
    var state = seed
    let rate = CallRate(callsPerSecond: 100)
    var now: Int64 = 0
    var admitted: [Int64] = []
    while now < 10_000 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      now += Int64(state >> 60)
      if rate.admit(at: instant(now)) == nil { admitted.append(now) }
    }
    #expect(admitted.count <= 1_100, "seed \(seed)")
    for start in stride(from: Int64(0), to: 10_000, by: 250) {
      #expect(admitted.count { $0 >= start && $0 < start + 1_000 } <= 200, "seed \(seed), from \(start)")
    }
  }

  @Test func theCallerIsToldWhichLimitAndWhen() async throws {
    try await TestServer.run(adjusting: { $0.limits.callsPerSecondPerToken = 20 }) { server in
      let desk = try await HelpDesk.open("desk", on: server)
      // Too short to come again in, once there is a connection.
      var options = CallOptions()
      options.timeout = .milliseconds(30)
      let impatient = options
      try await server.with(token: desk.tokens["ada"]) { ada in
        var refused: ClientError?
        _ = try await ada.system.ping([1])
        for _ in 0..<500 where refused == nil {
          do {
            _ = try await ada.system.ping([1], options: impatient)
          } catch let error as ClientError where error.reason == .rateLimited {
            refused = error
          } catch is ClientError {
            // A busy machine may not answer in so short a time.
          }
        }
        #expect(refused?.reason == .rateLimited)
        #expect(refused?.limit == "calls_per_second_of_token")
        #expect((refused?.retryAfter ?? .zero) > .zero)
      }
      // Another token has a rate of its own.
      try await server.with(token: desk.tokens["ben"]) { ben in _ = try await ben.system.ping([1]) }
    }
  }
}
