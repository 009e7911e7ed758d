import NIOCore
import Synchronization

/// A connection as tasks see it: a place to leave orders for its event loop, and signals of what becomes of it.
///
/// Orders wait in one list and the loop is woken once for all of them, so a hundred callers cost one hop.
final class ConnectionHandle: Sendable {
  enum Order: Sendable {
    case open(PendingCall)
    /// Ignored if the call has ended.
    case cancel(PendingCall)
    /// The reader of a watch has taken messages; how many is in its mailbox.
    case consumed(PendingCall)
    /// Open nothing more, finish calls, end watches, close.
    case leave
    /// Close at once.
    case close
  }

  enum Acceptance: Equatable {
    case taken
    /// More calls are on their way to the loop than it has taken.
    case full
    /// The connection has ended.
    case closed
  }

  private struct Inbox {
    var orders: [Order] = []
    /// Bounded by `ClientLimits.inbox`. Of the other orders there is at most one a call at a time.
    var opens = 0
    var isScheduled = false
    var isClosed = false
    /// Nil until there is a channel.
    var driver: NIOLoopBound<ConnectionDriver>?
  }

  let eventLoop: any EventLoop
  /// Nil: calls may be made. Else why they never can.
  let started = Signal<ConnectionEnding?>()
  /// No more calls; those under way may still be finished.
  let leaving = Signal<ConnectionEnding>()
  /// It is over.
  let closed = Signal<Void>()
  private let inbox = Mutex(Inbox())

  init(eventLoop: any EventLoop) { self.eventLoop = eventLoop }

  @discardableResult
  func submit(_ order: Order) -> Acceptance {
    let (acceptance, wakes) = inbox.withLock { inbox -> (Acceptance, NIOLoopBound<ConnectionDriver>?) in
      guard !inbox.isClosed else { return (.closed, nil) }
      if case .open = order {
        guard inbox.opens < ClientLimits.inbox else { return (.full, nil) }
        inbox.opens += 1
      }
      inbox.orders.append(order)
      guard !inbox.isScheduled, let driver = inbox.driver else { return (.taken, nil) }
      inbox.isScheduled = true
      return (.taken, driver)
    }
    if let wakes { eventLoop.execute { wakes.value.takeOrders() } }
    return acceptance
  }

  /// On the event loop: all orders since the last time.
  func takeOrders() -> [Order] {
    inbox.withLock { inbox in
      defer {
        inbox.orders = []
        inbox.opens = 0
        inbox.isScheduled = false
      }
      return inbox.orders
    }
  }

  /// On the event loop, when there is a channel. False if the connection is not wanted any more.
  func attach(_ driver: ConnectionDriver) -> Bool {
    let bound = NIOLoopBound(driver, eventLoop: eventLoop)
    return inbox.withLock { inbox in
      guard !inbox.isClosed else { return false }
      inbox.driver = bound
      return true
    }
  }

  /// The connection has ended, or never began. Orders that nobody has taken are answered; no more are accepted.
  func end(_ ending: ConnectionEnding) {
    let orders = inbox.withLock { inbox in
      defer {
        inbox.orders = []
        inbox.driver = nil
        inbox.isClosed = true
      }
      return inbox.orders
    }
    for case .open(let call) in orders { call.end(.notSent) }
    started.fulfil(ending)
    leaving.fulfil(ending)
    closed.fulfil(())
  }

  /// Ends the connection from outside: at once if there is no channel yet, else as `order` says.
  func stop(_ order: Order) {
    let isUnborn = inbox.withLock { inbox in
      guard inbox.driver == nil, !inbox.isClosed else { return false }
      // From here on `attach` says no.
      inbox.isClosed = true
      return true
    }
    if isUnborn { end(ConnectionEnding(.stopped, isFatal: true)) } else { submit(order) }
  }
}
