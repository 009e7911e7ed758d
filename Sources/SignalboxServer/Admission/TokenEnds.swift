import SignalboxCore

/// Instants at which tokens or secrets end, the next one first: a binary heap, so that an end costs no look at the
/// others.
///
/// What was added stays until its time has passed, whatever becomes of the token; who takes it out looks whether it
/// still holds.
struct TokenEnds {
  struct End {
    var instant: Timestamp
    var token: TokenName
  }

  /// No end is later than those at twice its place plus one and plus two.
  private var heap: [End] = []

  var count: Int { heap.count }
  /// The earliest.
  var next: Timestamp? { heap.first?.instant }

  mutating func add(_ end: End) {
    heap.append(end)
    var place = heap.count - 1
    while place > 0 {
      let parent = (place - 1) / 2
      guard heap[place].instant < heap[parent].instant else { return }
      heap.swapAt(place, parent)
      place = parent
    }
  }

  /// Takes the earliest out if its time has come.
  mutating func takeNext(at now: Timestamp) -> End? {
    guard let first = heap.first, first.instant <= now else { return nil }
    let last = heap.removeLast()
    guard !heap.isEmpty else { return first }
    heap[0] = last
    var place = 0
    while true {
      var earliest = place
      for child in [2 * place + 1, 2 * place + 2]
      where child < heap.count && heap[child].instant < heap[earliest].instant {
        earliest = child
      }
      guard earliest != place else { return first }
      heap.swapAt(place, earliest)
      place = earliest
    }
  }
}
