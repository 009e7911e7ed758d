import FoundationEssentials
import Logging
package import SignalboxCore
import SignalboxStore
import Synchronization

/// What all connections and calls of a server share.
final class ServerContext: Sendable {
  let database: any Database
  let tokens = TokenDirectory()
  let tenants = TenantDirectory()
  let throttle: AuthenticationThrottle
  let configurations = ConfigurationCache()
  let cursors: CursorCodec
  let rates = CallRates()
  let occupancy = Occupancy()
  let scratches = RuleScratches()
  let limits: ServerLimits
  let instance: [UInt8]
  let clock: ServerClock
  let logger: Logger

  init(
    database: any Database, cursors: CursorCodec, limits: ServerLimits, instance: [UInt8], clock: ServerClock,
    logger: Logger
  ) {
    self.database = database
    self.cursors = cursors
    self.limits = limits
    throttle = AuthenticationThrottle(limits.authentication)
    self.instance = instance
    self.clock = clock
    self.logger = logger
  }

  var admission: CallAdmission {
    CallAdmission(tokens: tokens, tenants: tenants, throttle: throttle, logger: logger)
  }
}

/// Where the time of day comes from: the system's clock, or a test's.
package struct ServerClock: Sendable {
  package let now: @Sendable () -> Timestamp

  package init(now: @escaping @Sendable () -> Timestamp) {
    self.now = now
  }

  /// The system's.
  package static var system: ServerClock {
    ServerClock { Timestamp(milliseconds: Int64(Date.now.timeIntervalSince1970 * 1_000)) }
  }
}

/// The bounds of a server that are not the wire's or the store's.
package struct ServerLimits: Sendable {
  /// Calls that may be waiting for the store on one connection are bounded by the wire's `max_streams`; watches are
  /// bounded apart, since they never end by themselves.
  package var maximumWatchesPerConnection = 32
  package var maximumQueuesPerWatch = 64
  /// Events read at a time for watches.
  package var eventsPerRead = 500
  /// Tickets read at a time for a replay, and after how long such a read ends though there are fewer.
  package var ticketsPerReplayRead = Limits.ticketsPerReplayRead
  package var replayReadMilliseconds = Limits.replayReadMilliseconds
  /// How often a watch without events is told how far it has seen.
  package var progressMilliseconds: Int64 = 5_000
  /// How often connections are asked whether who speaks on them is still accepted: what was revoked, has expired or was
  /// rotated away is cut off within this time.
  package var credentialCheckMilliseconds: Int64 = 500
  /// How often it is written when tokens were last used.
  package var lastUseMilliseconds: Int64 = 60_000
  /// How often rules of `escalate` are looked at for tickets whose time has come.
  package var escalationMilliseconds: Int64 = 1_000
  /// How often assignees are looked for where tickets wait for a strategy.
  package var backlogMilliseconds: Int64 = 1_000
  /// Waiting tickets of a queue that are looked at at a time.
  package var waitsPerRound = Limits.waitsPerRound
  package var authentication = AuthenticationThrottle.Limits()
  /// How long calls may go on after a drain has begun.
  package var drainSeconds: Int64 = 10
  /// Connections at the same time; further ones are closed at once.
  package var maximumConnections = 50_000
  /// Bytes of messages that are not complete, over all connections. When there are more, the connections with the most
  /// lose those messages: their calls are refused as not executed.
  package var incompleteBytes = 256 * 1_024 * 1_024
  /// Calls that all tokens of a tenant together, or one token, may make in a second on the average, and at once after a
  /// second's pause; 0: as many as they like.
  package var callsPerSecondPerTenant = 0
  package var callsPerSecondPerToken = 0
  /// How many of each a tenant or token may have; a system admin may set others for a tenant.
  package var quotas = Quotas.standard
  /// When to come again where a connection or watch of one's own has to end first.
  package var retryWhenOccupiedMilliseconds: UInt32 = 5_000
  /// Calls that take long (those that check, test and compile rules) that a tenant may have waiting or being answered at
  /// the same time: they share one thread, and most of them need no right.
  package var unhurriedCallsPerTenant = 8
  /// Replays that a tenant may run at the same time: each holds a compiled rule set, and their steps take turns.
  package var replaysPerTenant = 4
  /// When to come again where one of these has to end first.
  package var retryWhenUnhurriedMilliseconds: UInt32 = 1_000

  package init() {}
}

/// Tenants' configurations by version: each is read once and then kept up.
final class ConfigurationCache: Sendable {
  /// A version with the time at which the next one came, from which on only readers whose snapshots are behind the writer
  /// by that much ask for it.
  private struct Entry {
    var configuration: TenantConfiguration
    var passed: ContinuousClock.Instant?
  }

  /// Versions kept of each tenant at most; many may be made in one commit. They share what is the same.
  private static let versionsKept = 64
  /// How long a version is kept that has passed. Snapshots lag by milliseconds, and what runs longer holds its own.
  static let passedVersionsLast = Duration.seconds(5)

  /// In the order of their versions.
  private let configurations = Mutex<[TenantID: [Entry]]>([:])

  /// The tenant's configuration as of the snapshot; nil when there is no such tenant.
  func configuration(of tenant: TenantID, version: Revision, in snapshot: any Snapshot) throws -> TenantConfiguration? {
    let known = configurations.withLock { $0[tenant]?.last { $0.configuration.version <= version } }?.configuration
    if let known, known.version == version { return known }
    guard let read = try ConfigurationQueries.configuration(of: tenant, version: version, in: snapshot) else {
      return nil
    }
    configurations.withLock {
      // A reader's snapshot may be older than what the writer has put here since.
      if $0[tenant]?.last.map({ $0.configuration.version < version }) ?? true {
        Self.append(read, to: &$0[tenant, default: []], at: .now)
      }
    }
    return read
  }

  /// The last that was heard of, for work ahead of a transaction; it may be of a commit that fails yet, so what is made
  /// from it holds only where the transaction finds the very same.
  func latest(of tenant: TenantID) -> TenantConfiguration? {
    configurations.withLock { $0[tenant]?.last?.configuration }
  }

  /// Called by the writer alone, for each change. It may be of a commit that then fails; the next change overwrites it
  /// before a version of that number can be committed again, so nobody takes it for what it is not.
  func put(_ configuration: TenantConfiguration, at now: ContinuousClock.Instant = .now) {
    configurations.withLock { configurations in
      var versions = configurations.removeValue(forKey: configuration.tenant.id) ?? []
      while let last = versions.last, last.configuration.version >= configuration.version { versions.removeLast() }
      Self.append(configuration, to: &versions, at: now)
      configurations[configuration.tenant.id] = versions
    }
  }

  /// Lets go of versions that have passed, of all tenants: of those too in which nothing changes any more.
  func forgetPassed(at now: ContinuousClock.Instant = .now) {
    configurations.withLock { configurations in
      for (tenant, versions) in configurations where versions.count > 1 {
        configurations[tenant] = versions.filter { !Self.isOver($0, at: now) }
      }
    }
  }

  /// How many versions of the tenant are kept.
  func count(of tenant: TenantID) -> Int { configurations.withLock { $0[tenant]?.count ?? 0 } }

  private static func append(
    _ configuration: TenantConfiguration, to versions: inout [Entry], at now: ContinuousClock.Instant
  ) {
    if let last = versions.indices.last { versions[last].passed = versions[last].passed ?? now }
    versions.removeAll { isOver($0, at: now) }
    if versions.count >= versionsKept { versions.removeFirst(versions.count - versionsKept + 1) }
    versions.append(Entry(configuration: configuration))
  }

  private static func isOver(_ entry: Entry, at now: ContinuousClock.Instant) -> Bool {
    entry.passed.map { $0.duration(to: now) > passedVersionsLast } ?? false
  }
}
