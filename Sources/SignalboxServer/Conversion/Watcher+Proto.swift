import SignalboxCore
import SignalboxProtocol

extension ProtoWatcher {
  init(_ watcher: Watcher, of queue: Queue, in configuration: TenantConfiguration) {
    self.init()
    self.queue = queue.name
    who = configuration.text(watcher.who)
    events = watcher.events.list.map(ProtoWatcherEvent.init)
    state = ProtoWatcherState(watcher.state)
    addedBy = watcher.addedBy.name
    addedAtMs = watcher.addedAt.milliseconds
    confirmedBy = watcher.confirmedBy?.name ?? ""
    confirmedAtMs = watcher.confirmedAt?.milliseconds ?? 0
    optedOutAtMs = watcher.optedOutAt?.milliseconds ?? 0
  }
}

extension ProtoWatcherEvent {
  init(_ event: WatcherEvent) {
    switch event {
    case .arrivals: self = .arrivals
    case .departures: self = .departures
    case .assignments: self = .assignments
    case .status: self = .status
    case .comments: self = .comments
    case .notes: self = .notes
    }
  }
}

extension WatcherEvent {
  init?(_ event: ProtoWatcherEvent) {
    switch event {
    case .arrivals: self = .arrivals
    case .departures: self = .departures
    case .assignments: self = .assignments
    case .status: self = .status
    case .comments: self = .comments
    case .notes: self = .notes
    case .unspecified, .UNRECOGNIZED: return nil
    }
  }
}

extension WatcherEvents {
  /// Nil where one of them is not known.
  init?(_ events: [ProtoWatcherEvent]) {
    self = []
    for event in events {
      guard let event = WatcherEvent(event) else { return nil }
      insert(WatcherEvents(event))
    }
  }
}

extension ProtoWatcherState {
  init(_ state: Watcher.State) {
    switch state {
    case .active: self = .active
    case .pending: self = .pending
    case .optedOut: self = .optedOut
    }
  }
}
