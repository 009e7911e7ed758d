/// Streams that have something to send and the credit for it, in turn. Each stream is in it at most once.
struct ReadyQueue {
  private var streams: [StreamID] = []
  private var head = 0

  var isEmpty: Bool { head == streams.count }

  mutating func append(_ stream: StreamID) {
    if head > 64, head &* 2 > streams.count {
      streams.removeFirst(head)
      head = 0
    }
    streams.append(stream)
  }

  mutating func popFirst() -> StreamID? {
    guard head < streams.count else { return nil }
    let stream = streams[head]
    head &+= 1
    if head == streams.count {
      streams.removeAll(keepingCapacity: streams.capacity <= 16)
      head = 0
    }
    return stream
  }
}
