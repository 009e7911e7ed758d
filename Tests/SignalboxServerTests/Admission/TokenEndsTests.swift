import SignalboxCore
import Testing

@testable import SignalboxServer

struct TokenEndsTests {
  /// Added in any order, with some at the same time, and taken out as their time comes.
  @Test(arguments: [1, 2, 3, 7, 64, 500])
  func theyComeOutInOrder(_ count: Int) {
    var ends = TokenEnds()
    // 7,919 is a prime, so that each number below the count comes once.
    let instants = (0..<count).map { Int64($0 * 7_919 % count / 2) }
    for (place, instant) in instants.enumerated() {
      let name = TokenName(tenant: TenantID(1), token: TokenID(Int64(place)))
      ends.add(.init(instant: Timestamp(milliseconds: instant), token: name))
    }
    #expect(ends.count == count)
    let early = ends.takeNext(at: Timestamp(milliseconds: -1))
    #expect(early == nil)
    var taken: [Int64] = []
    var names: Set<TokenName> = []
    for time in 0...Int64(count) {
      while let end = ends.takeNext(at: Timestamp(milliseconds: time)) {
        #expect(end.instant.milliseconds == time)
        taken.append(end.instant.milliseconds)
        names.insert(end.token)
      }
      if let next = ends.next { #expect(next.milliseconds > time) }
    }
    #expect(taken == instants.sorted())
    #expect(names.count == count && ends.count == 0)
  }
}
