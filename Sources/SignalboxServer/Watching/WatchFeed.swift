import NIOCore
import SignalboxCore
import SignalboxProtocol
import SignalboxStore
import SignalboxWire

/// All watches of one tenant on one event loop.
///
/// A commit only wakes the feed; what happened is read from the store, once for all live watches, so that live and
/// resumed watches see the same rows in the same order and a slow one costs the others nothing.
final class WatchFeed {
  /// One step through the events.
  private struct Page: Sendable {
    var events: [RecordedEvent]
    /// Everything up to here was looked at.
    var upTo: Revision
    var isLast: Bool
  }

  private let tenant: TenantID
  private unowned let loop: LoopContext
  private var watches: [ObjectIdentifier: Watch] = [:]
  /// How far the live watches have seen.
  private var position = Revision(0)
  private var isReading = false
  private var wokenWhileReading = false

  init(tenant: TenantID, loop: LoopContext) {
    self.tenant = tenant
    self.loop = loop
  }

  func add(_ watch: Watch) {
    watches[ObjectIdentifier(watch)] = watch
    read(for: watch)
  }

  func remove(_ watch: Watch) {
    watch.state = .ended
    watches[ObjectIdentifier(watch)] = nil
    if watches.isEmpty { loop.feedIsIdle(tenant) }
  }

  /// Something was committed.
  func wake() {
    guard !isReading else {
      wokenWhileReading = true
      return
    }
    let live = watches.values.filter { $0.state == .live }
    guard !live.isEmpty else { return }
    isReading = true
    wokenWhileReading = false
    // The page is of what these follow and begins where they are; it is for nobody else.
    let start = position
    let queues: Set<QueueID> = live.reduce(into: []) { $0.formUnion($1.queues) }
    let registrations: Set<RegistrationID> = live.reduce(into: []) { $0.formUnion($1.registrations) }
    read(after: start, queues: queues, registrations: registrations) { feed, result in
      feed.isReading = false
      guard case .success(let page) = result else { return feed.fallBehind() }
      feed.position = max(feed.position, page.upTo)
      for watch in live where watch.state == .live {
        if watch.position == start { feed.deliver(page, to: watch) } else { feed.read(for: watch) }
      }
      let served = Set(live.map(ObjectIdentifier.init))
      for (key, watch) in feed.watches where watch.state == .live && !served.contains(key) { feed.read(for: watch) }
      if !page.isLast || feed.wokenWhileReading { feed.wake() }
    }
  }

  /// The client can take more.
  func hasRoom(_ watch: Watch) {
    guard watch.state == .full else { return }
    watch.lastMark = watch.position
    read(for: watch)
  }

  func markProgress() {
    for watch in watches.values where watch.state == .live {
      guard mayGoOn(watch) else { continue }
      send(nil, at: watch.position, to: watch)
    }
  }

  private func fallBehind() {
    for watch in watches.values where watch.state == .live { read(for: watch) }
  }

  private func read(for watch: Watch) {
    watch.state = .reading
    read(after: watch.position, queues: watch.queues, registrations: watch.registrations) { feed, result in
      // One that was removed meanwhile has ended.
      guard watch.state == .reading else { return }
      switch result {
      case .success(let page):
        feed.deliver(page, to: watch)
        guard watch.state != .full, watch.state != .ended else { return }
        if page.isLast, watch.position >= feed.position || !feed.hasLiveWatches {
          feed.position = watch.position
          watch.state = .live
          // Says at once from where the watch goes on, events or none.
          feed.send(nil, at: watch.position, to: watch)
          // What was committed since this page was read has woken nobody.
          feed.wake()
        } else {
          feed.read(for: watch)
        }
      case .failure(let error):
        watch.driver.end(watch, Status.describing(error).status)
      }
    }
  }

  private var hasLiveWatches: Bool { watches.values.contains { $0.state == .live } }

  private func read(
    after revision: Revision, queues: Set<QueueID>, registrations: Set<RegistrationID>,
    then: @escaping (WatchFeed, Result<Page, any Error>) -> Void
  ) {
    let tenant = tenant
    let limit = loop.server.limits.eventsPerRead
    let back = NIOLoopBound((self, then), eventLoop: loop.eventLoop)
    loop.submit(
      Read(sink: loop.sink) { snapshot in
        let rows = try snapshot.all(
          EventQueries.page(
            of: tenant, after: revision, touching: queues, registrations: registrations, limit: limit))
        return Page(
          events: rows.compactMap(\.1), upTo: rows.last?.0 ?? revision, isLast: rows.count < limit)
      } completion: { result in
        let (feed, then) = back.value
        then(feed, result)
      })
  }

  /// Ends a watch whose client may no longer browse what it follows. Looked at when the configuration is another than
  /// last time.
  private func mayGoOn(_ watch: Watch) -> Bool {
    guard let configuration = loop.server.configurations.latest(of: tenant), watch.checked !== configuration.identity
    else { return true }
    let access = EffectiveAccess(of: watch.principal, in: configuration)
    guard let lost = watch.queues.first(where: { !access.browses($0) }) else {
      watch.checked = configuration.identity
      return true
    }
    let name = configuration.queues[lost]?.name ?? ""
    watch.driver.end(
      watch,
      Refusal(.notPermitted, "you may no longer browse `\(name)`; ask a tenant admin, or follow without it").status)
    return false
  }

  private func deliver(_ page: Page, to watch: Watch) {
    guard mayGoOn(watch) else { return }
    for event in page.events where event.revision > watch.position && watch.concerns(event.event) {
      guard send(event, at: event.revision, to: watch) else { return }
    }
    watch.position = max(watch.position, page.upTo)
  }

  /// Returns false when the watch takes no more at present; it has then seen everything up to its position.
  @discardableResult
  private func send(_ event: RecordedEvent?, at revision: Revision, to watch: Watch) -> Bool {
    var response = ProtoWatchTicketsResponse()
    if let event { response.event = ProtoEvent(event) }
    response.cursor = loop.server.cursors.cursor(at: revision, of: tenant)
    switch watch.driver.send(response, on: watch.stream) {
    case .sent:
      watch.position = max(watch.position, revision)
      watch.lastMark = watch.position
      return true
    case .queued:
      watch.position = max(watch.position, revision)
      watch.state = .full
      return false
    case .full:
      watch.state = .full
      return false
    case .tooLarge:
      watch.driver.end(
        watch, Refusal(.messageTooLarge, "an event is larger than the client takes; raise its max_message").status)
      return false
    case .gone:
      remove(watch)
      return false
    }
  }
}
