import Logging
import NIOCore
import SignalboxCore
import SignalboxStore
import SignalboxWire
import Synchronization
import Testing

@testable import SignalboxServer

/// Who may come in, decided in memory.
struct AdmissionTests {
  private static let now = Timestamp(milliseconds: 1_780_000_000_000)
  private let tokens = TokenDirectory()
  private let lines = Lines()
  private let throttle = AuthenticationThrottle()

  private var admission: CallAdmission {
    let lines = lines
    return CallAdmission(
      tokens: tokens, tenants: TenantDirectory(), throttle: throttle,
      logger: Logger(label: "test", factory: { _ in LineHandler(lines: lines) }))
  }

  private func later(_ milliseconds: Int64) -> Timestamp {
    Timestamp(milliseconds: Self.now.milliseconds + milliseconds)
  }

  /// A good token of an id, and its secret's text.
  private func token(_ id: Int64, _ change: (inout TokenQueries.Credential) -> Void = { _ in }) -> BearerToken {
    let bearer = BearerToken(tenant: TenantID(1), token: TokenID(id), secret: "secret-\(id)")
    var credential = TokenQueries.Credential(
      tenant: TenantID(1),
      token: AccessToken(
        id: TokenID(id), name: "t\(id)", role: .tenantAdmin, person: nil, createdAt: Self.now, isRevoked: false),
      secretHash: bearer.secretHash, handle: nil)
    change(&credential)
    tokens.put(credential, as: Revision(id), at: Self.now)
    return bearer
  }

  private func address(_ text: String) throws -> ConnectionSource {
    ConnectionSource(try SocketAddress(ipAddress: text, port: 9))
  }

  private func show(
    _ text: String, from source: inout ConnectionSource, at now: Timestamp = now
  ) -> Status? {
    do {
      _ = try admission.identity(showing: text, from: &source, at: now)
      return nil
    } catch {
      return error.status
    }
  }

  @Test func onlyTheHolderLearnsWhyItsTokenIsRefused() throws {
    var source = try address("192.0.2.1")
    let expired = token(1) { $0.token.expiresAt = Self.now }
    let old = BearerToken(tenant: TenantID(1), token: TokenID(2), secret: "older")
    _ = token(2) {
      $0.oldSecretHash = old.secretHash
      $0.token.oldSecretUntil = Self.now
    }
    let unknown = ["", "junk", "sbx1.1.1.wrong", "sbx1.1.2.wrong", "sbx1.1.99.secret-1", "sbx1.2.1.secret-1"]
    let answers = unknown.map { show($0, from: &source) }
    for answer in answers { #expect(answer == answers.first) }
    let told = [show(expired.text, from: &source), show(old.text, from: &source)]
    #expect(told[0]?.message.contains("expired") == true)
    #expect(told[1]?.message.contains("newer secret") == true)
    for status in told {
      var plain = try #require(status)
      plain.message = answers[0]?.message ?? ""
      #expect(plain == answers[0])
    }
  }

  @Test func changesHeardOfInAnyOrderEndTheSame() throws {
    let third = BearerToken(tenant: TenantID(1), token: TokenID(1), secret: "third")
    let second = BearerToken(tenant: TenantID(1), token: TokenID(1), secret: "second")
    var source = try address("192.0.2.1")
    let first = token(1)
    func credential(_ new: BearerToken, before: BearerToken) -> TokenQueries.Credential {
      var token = AccessToken(
        id: TokenID(1), name: "t1", role: .tenantAdmin, person: nil, createdAt: Self.now, isRevoked: false)
      token.oldSecretUntil = later(1_000)
      return .init(
        tenant: TenantID(1), token: token, secretHash: new.secretHash, oldSecretHash: before.secretHash, handle: nil)
    }
    tokens.put(credential(third, before: second), as: Revision(9), at: Self.now)
    tokens.put(credential(second, before: first), as: Revision(8), at: Self.now)
    #expect(show(third.text, from: &source) == nil)
    #expect(show(second.text, from: &source) == nil)
    #expect(show(first.text, from: &source) != nil)
    tokens.remove(TokenID(1), of: TenantID(1))
    tokens.put(credential(third, before: second), as: Revision(10), at: Self.now)
    #expect(show(third.text, from: &source) != nil)
  }

  /// However many are revoked at once, none comes back by a change that a loop hears of late; after a minute or two
  /// nothing is late any more, and they are forgotten.
  @Test func whatWasRevokedStaysSo() throws {
    var source = try address("192.0.2.1")
    let first = token(1)
    let start = ContinuousClock.now
    for id in 1...20_000 as ClosedRange<Int64> { tokens.remove(TokenID(id), of: TenantID(1), at: start) }
    tokens.remove(TokenID(30_000), of: TenantID(1), at: start.advanced(by: TokenDirectory.revokedLasts))
    _ = token(1)
    #expect(show(first.text, from: &source) != nil)
    tokens.remove(TokenID(30_001), of: TenantID(1), at: start.advanced(by: TokenDirectory.revokedLasts * 2))
    _ = token(1)
    #expect(show(first.text, from: &source) == nil)
  }

  @Test func theGenerationTellsOfEveryEnd() {
    let start = tokens.generation(at: Self.now)
    _ = token(1) { $0.token.expiresAt = later(10) }
    _ = token(2) { $0.token.expiresAt = later(20) }
    _ = token(3)
    #expect(tokens.generation(at: later(9)) == start)
    let first = tokens.generation(at: later(10))
    #expect(first != start)
    #expect(tokens.generation(at: later(19)) == first)
    let second = tokens.generation(at: later(20))
    #expect(second != first)
    tokens.remove(TokenID(3), of: TenantID(1))
    #expect(tokens.generation(at: later(20)) != second)
  }

  /// A token has two ends at most, and those of a token that is gone concern nobody.
  @Test func theGenerationTellsOfNoEndThatHoldsNoMore() {
    _ = token(1) {
      $0.token.expiresAt = later(30)
      $0.token.oldSecretUntil = later(10)
    }
    _ = token(2) { $0.token.expiresAt = later(5) }
    tokens.remove(TokenID(2), of: TenantID(1))
    let start = tokens.generation(at: later(4))
    #expect(tokens.generation(at: later(9)) == start)
    let first = tokens.generation(at: later(10))
    #expect(first != start)
    #expect(tokens.generation(at: later(29)) == first)
    #expect(tokens.generation(at: later(30)) != first)
    #expect(tokens.endCount == 0)
  }

  /// More than one call looks at: each look tells that somebody has ended, until all are looked at.
  @Test func endsAtTheSameTimeAreTakenALittleAtATime() {
    let count = 3 * TokenDirectory.endsPerLook
    for id in 1...count { _ = token(Int64(id)) { $0.token.expiresAt = later(10) } }
    #expect(tokens.endCount == count)
    var last = tokens.generation(at: Self.now)
    for left in [2, 1, 0] {
      let generation = tokens.generation(at: later(10))
      #expect(generation != last)
      #expect(tokens.endCount == left * TokenDirectory.endsPerLook)
      last = generation
    }
    #expect(tokens.generation(at: later(10)) == last)
  }

  /// However often a token is rotated; and the ends that hold are none the less told.
  @Test func endsThatAreKeptAreBounded() {
    let bearer = BearerToken(tenant: TenantID(1), token: TokenID(1), secret: "secret")
    let most = TokenDirectory.fewEnds + TokenDirectory.endsPerToken
    for revision in 1...Int64(most) {
      var token = AccessToken(
        id: TokenID(1), name: "t1", role: .tenantAdmin, person: nil, createdAt: Self.now, isRevoked: false,
        expiresAt: later(1_000_000))
      token.oldSecretUntil = later(10 * revision)
      tokens.put(
        .init(tenant: TenantID(1), token: token, secretHash: bearer.secretHash, handle: nil), as: Revision(revision),
        at: Self.now)
      #expect(tokens.endCount <= most)
    }
    let end = 10 * Int64(most)
    for _ in 0..<most { _ = tokens.generation(at: later(end - 1)) }
    let start = tokens.generation(at: later(end - 1))
    #expect(tokens.generation(at: later(end - 1)) == start)
    let rotated = tokens.generation(at: later(end))
    #expect(rotated != start)
    #expect(tokens.generation(at: later(1_000_000)) != rotated)
  }

  @Test func tooManyRefusalsFromOneAddressAreNotLookedAt() throws {
    let good = token(1)
    let other = token(2)
    var (known, source, neighbour) = (try address("192.0.2.1"), try address("192.0.2.1"), try address("192.0.2.2"))
    #expect(show(good.text, from: &known) == nil)
    for _ in 0..<20 { #expect(show("sbx1.1.1.wrong", from: &source)?.code == .unauthenticated) }
    // Not even a right one is looked at, and it is said when it will be.
    let refused = show(good.text, from: &source, at: later(10_000))
    #expect(refused?.reason == "AUTHENTICATION_THROTTLED" && refused?.code == .resourceExhausted)
    #expect(refused?.retryAfterMilliseconds == 50_000)
    #expect(throttle.counts == .init(failures: 20, throttled: 1))
    // Another address, and a token that was good on its connection before, are none the worse for it.
    #expect(show(good.text, from: &neighbour) == nil)
    #expect(show(good.text, from: &known) == nil)
    #expect(show(other.text, from: &known)?.reason == "AUTHENTICATION_THROTTLED")
    #expect(show(good.text, from: &source, at: later(59_999)) != nil)
    #expect(show(good.text, from: &source, at: later(60_000)) == nil)
  }

  @Test func anAddressOfVersionSixStandsForItsHalf() throws {
    #expect(try address("2001:db8:1:2::1").group == address("2001:db8:1:2:ffff::9").group)
    #expect(try address("2001:db8:1:2::1").group != address("2001:db8:1:3::1").group)
    #expect(try address("::ffff:192.0.2.1").group != address("::ffff:192.0.2.2").group)
  }

  @Test func theTableOfAddressesIsBounded() {
    var limits = AuthenticationThrottle.Limits()
    limits.sources = 2
    limits.failuresPerSource = 1
    let throttle = AuthenticationThrottle(limits)
    _ = throttle.failed("a", at: Self.now)
    _ = throttle.failed("b", at: later(1))
    _ = throttle.failed("c", at: later(2))
    #expect(throttle.wait(for: "a", at: later(3)) == nil)
    #expect(throttle.wait(for: "b", at: later(3)) != nil)
    #expect(throttle.wait(for: "c", at: later(3)) != nil)
    // A clock that is put back ends every window.
    #expect(throttle.wait(for: "c", at: later(-1)) == nil)
  }

  @Test func theLogHasOneLineASecondAndNoSecret() throws {
    var source = try address("192.0.2.1")
    for _ in 0..<5 { _ = show("sbx1.1.1.hidden", from: &source) }
    _ = show("sbx1.1.1.hidden", from: &source, at: later(1_000))
    #expect(
      lines.all == [
        "warning tokens refused since_last_line=1 source=192.0.2.1",
        "warning tokens refused since_last_line=5 source=192.0.2.1",
      ])
  }
}

private final class Lines: Sendable {
  private let lines = Mutex<[String]>([])

  var all: [String] { lines.withLock { $0 } }
  func add(_ line: String) { lines.withLock { $0.append(line) } }
}

private struct LineHandler: LogHandler {
  let lines: Lines
  var metadata: Logger.Metadata = [:]
  var logLevel = Logger.Level.info

  init(lines: Lines) { self.lines = lines }

  subscript(metadataKey key: String) -> Logger.Metadata.Value? {
    get { metadata[key] }
    set { metadata[key] = newValue }
  }

  func log(event: LogEvent) {
    let facts = (event.metadata ?? [:]).map { "\($0.key)=\($0.value)" }.sorted().joined(separator: " ")
    lines.add("\(event.level) \(event.message) \(facts)")
  }
}
