import NIOCore
import SignalboxCore
import SignalboxStore
import Synchronization

/// What the connections of one event loop share. Used on that loop only.
///
/// Calls that wait for the store travel together: those that come in one turn of a connection are handed over at the
/// price of one, and the answers of one commit come back in one hop.
final class LoopContext {
  let server: ServerContext
  let eventLoop: any EventLoop
  let sink: LoopSink
  var statistics = LoopStatistics()
  var rates: CallRateGate
  private var feeds: [TenantID: WatchFeed] = [:]
  private var writes: [any WriteCommand] = []
  private var reads: [any ReadCommand] = []
  private var unhurried: [any ReadCommand] = []
  /// Connections that may have something to write at the end of this turn.
  private var dirty: [ConnectionDriver] = []
  /// Every connection of the loop.
  private(set) var connections: [ObjectIdentifier: ConnectionDriver] = [:]
  /// Bytes of incomplete messages on all of the loop's connections.
  private var incompleteBytes = 0
  private let incompleteLimit: Int
  /// The tokens' generation that the connections were last compared with.
  private var checkedGeneration: UInt64 = 0
  /// New connections are asked to leave at once.
  var isDraining = false

  /// - Parameter loops: how many share the server's bounds.
  init(_ server: ServerContext, eventLoop: any EventLoop, loops: Int) {
    self.server = server
    self.eventLoop = eventLoop
    rates = CallRateGate(server.rates, server.limits)
    incompleteLimit = server.limits.incompleteBytes / max(1, loops)
    sink = LoopSink(eventLoop)
    sink.attach(NIOLoopBound(self, eventLoop: eventLoop))
  }

  func submit(_ command: any WriteCommand) { writes.append(command) }

  func submit(_ command: any ReadCommand) { reads.append(command) }

  /// A step of long work, which gives way to all others.
  func submit(unhurried command: any ReadCommand) { unhurried.append(command) }

  func needsFlush(_ driver: ConnectionDriver) { dirty.append(driver) }

  /// The end of a turn: hands over what waits for the store and writes what waits for a socket, until neither brings
  /// anything more. Ends: a read that is refused ends its watch, and a flush takes only what credit allows.
  func endTurn() {
    while !(writes.isEmpty && reads.isEmpty && unhurried.isEmpty && dirty.isEmpty) {
      let (writes, reads, unhurried, dirty) = (self.writes, self.reads, self.unhurried, self.dirty)
      (self.writes, self.reads, self.unhurried, self.dirty) = ([], [], [], [])
      if !writes.isEmpty {
        let admission = server.database.submit(contentsOf: writes)
        for refused in writes.dropFirst(admission.accepted) { refused.refusal(admission.refusal ?? .overloaded)() }
      }
      if !reads.isEmpty {
        let admission = server.database.submit(contentsOf: reads)
        for refused in reads.dropFirst(admission.accepted) { refused.refusal(admission.refusal ?? .overloaded)() }
      }
      for command in unhurried {
        do {
          try server.database.submit(unhurried: command)
        } catch {
          command.refusal(error)()
        }
      }
      for driver in dirty { driver.flush() }
    }
  }

  func opened(_ driver: ConnectionDriver) {
    connections[ObjectIdentifier(driver)] = driver
    statistics.connectionsOpened += 1
  }

  func closed(_ driver: ConnectionDriver) {
    connections[ObjectIdentifier(driver)] = nil
  }

  /// A connection holds more or fewer bytes of incomplete messages than before. Over the loop's share of the budget,
  /// those who hold most give all of theirs back, until half of it is free: so it is not looked for at each fragment.
  func incomplete(_ change: Int) {
    incompleteBytes += change
    guard change > 0, incompleteBytes > incompleteLimit else { return }
    for driver in connections.values.sorted(by: { $0.incompleteBytes > $1.incompleteBytes }) {
      guard incompleteBytes > incompleteLimit / 2 else { return }
      driver.shedIncomplete()
      statistics.shedConnections += 1
    }
  }

  /// The tenant's feed on this loop; made when the first watch comes.
  func feed(of tenant: TenantID) -> WatchFeed {
    if let feed = feeds[tenant] { return feed }
    let feed = WatchFeed(tenant: tenant, loop: self)
    feeds[tenant] = feed
    return feed
  }

  func feedIsIdle(_ tenant: TenantID) { feeds[tenant] = nil }

  /// Something was committed in these tenants.
  func wake(_ tenants: [Int64]) {
    guard !feeds.isEmpty else { return }
    for tenant in tenants { feeds[TenantID(tenant)]?.wake() }
    endTurn()
  }

  /// Ends the connections and watches of those who are no longer accepted.
  func checkCredentials() {
    let now = server.clock.now()
    let generation = server.tokens.generation(at: now)
    guard generation != checkedGeneration else { return }
    checkedGeneration = generation
    for driver in connections.values { driver.checkCredentials(at: now) }
    endTurn()
  }

  /// Tells watches without events how far they have seen.
  func markProgress() {
    for feed in feeds.values { feed.markProgress() }
    endTurn()
  }
}

/// Takes the store's answers to an event loop: one hop for all of a commit.
final class LoopSink: CompletionSink {
  private let eventLoop: any EventLoop
  private let loop = Mutex<NIOLoopBound<LoopContext>?>(nil)

  init(_ eventLoop: any EventLoop) {
    self.eventLoop = eventLoop
  }

  /// Called once, before anything is submitted.
  func attach(_ context: NIOLoopBound<LoopContext>) {
    loop.withLock { $0 = context }
  }

  func deliver(_ completions: [Completion]) {
    let loop = loop.withLock { $0 }
    eventLoop.execute {
      for completion in completions { completion() }
      loop?.value.endTurn()
    }
  }
}
