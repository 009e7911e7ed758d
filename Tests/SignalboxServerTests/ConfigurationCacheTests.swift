import SignalboxCore
import Testing

@testable import SignalboxServer

struct ConfigurationCacheTests {
  private static func configuration(_ version: Int64, of tenant: Int64 = 1) -> TenantConfiguration {
    TenantConfiguration(
      tenant: Tenant(
        id: TenantID(tenant), name: "t", displayName: "", settings: .init(), createdAt: Timestamp(milliseconds: 0)),
      version: Revision(version))
  }

  @Test func whatHasPassedIsKeptForAMoment() {
    let cache = ConfigurationCache()
    let start = ContinuousClock.now
    for version in 1...3 as ClosedRange<Int64> { cache.put(Self.configuration(version), at: start) }
    cache.put(Self.configuration(1, of: 2), at: start)
    #expect(cache.count(of: TenantID(1)) == 3)
    let later = start + ConfigurationCache.passedVersionsLast + .seconds(1)
    // The last one passes only now.
    cache.put(Self.configuration(4), at: later)
    #expect(cache.count(of: TenantID(1)) == 2)
    #expect(cache.latest(of: TenantID(1))?.version == Revision(4))
    cache.forgetPassed(at: later + .seconds(1))
    #expect(cache.count(of: TenantID(1)) == 2)
    cache.forgetPassed(at: later + ConfigurationCache.passedVersionsLast + .seconds(1))
    #expect(cache.count(of: TenantID(1)) == 1)
    #expect(cache.latest(of: TenantID(1))?.version == Revision(4))
    #expect(cache.count(of: TenantID(2)) == 1)
  }

  @Test func manyAtOnceHaveABound() {
    let cache = ConfigurationCache()
    let start = ContinuousClock.now
    for version in 1...200 as ClosedRange<Int64> { cache.put(Self.configuration(version), at: start) }
    #expect(cache.count(of: TenantID(1)) == 64)
    #expect(cache.latest(of: TenantID(1))?.version == Revision(200))
  }
}
