import SignalboxCore
import SignalboxWire

/// One client's watch: what it follows and how far it has seen. Lives on its connection's loop, inside a feed.
///
/// It is *live* while it has seen as much as its feed; events then come with the feed's own reading. Otherwise it is
/// *behind* and reads for itself, as it does at its start and after its window was full. Nothing is ever kept for it:
/// what it cannot take now it reads again from the store when it can.
final class Watch: OpenStream {
  enum State: Equatable {
    case live
    /// Waits for its own read of the store.
    case reading
    /// The client has no room; goes on when there is.
    case full
    case ended
  }

  let stream: StreamID
  let queues: Set<QueueID>
  let registrations: Set<RegistrationID>
  let driver: ConnectionDriver
  private let loop: LoopContext
  let identity: Identity
  var state = State.reading
  /// Everything up to here was sent, or does not concern it.
  var position: Revision
  /// The configuration by which its client may browse what it follows.
  var checked: TenantConfiguration.Identity?
  /// What the client has surely been given room for; where it resumes if it is ended.
  var lastMark: Revision

  init(
    stream: StreamID, queues: Set<QueueID>, registrations: Set<RegistrationID>, position: Revision,
    identity: Identity, driver: ConnectionDriver, loop: LoopContext
  ) {
    self.stream = stream
    self.queues = queues
    self.registrations = registrations
    self.position = position
    self.identity = identity
    self.driver = driver
    self.loop = loop
    lastMark = position
  }

  var principal: Principal { identity.principal }

  func opened() { feed.add(self) }
  func hasRoom() { feed.hasRoom(self) }
  func closed() { feed.remove(self) }

  func cursor(discardingQueued: Bool) -> String {
    loop.server.cursors.cursor(at: discardingQueued ? lastMark : position, of: principal.tenant)
  }

  private var feed: WatchFeed { loop.feed(of: principal.tenant) }

  func concerns(_ event: Event) -> Bool {
    event.queueBefore.map(queues.contains) ?? false || event.queueAfter.map(queues.contains) ?? false
      || event.registration.map(registrations.contains) ?? false
  }
}
