/// Events that wait to be pulled. Its bound is the number of streams plus a few: each stream has at most one of a kind.
struct EventQueue<Event> {
  private var events: [Event] = []
  private var head = 0

  init() {}

  var isEmpty: Bool { head == events.count }

  mutating func append(_ event: Event) { events.append(event) }

  mutating func popFirst() -> Event? {
    guard head < events.count else { return nil }
    let event = events[head]
    head &+= 1
    if head == events.count {
      events.removeAll(keepingCapacity: events.capacity <= 16)
      head = 0
    }
    return event
  }
}
