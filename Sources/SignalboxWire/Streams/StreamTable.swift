/// The streams of a connection by id: open addressing over small integers into an array of plain states.
///
/// Ids of a connection are consecutive odd numbers, so half the id is already a perfect hash; a collision
/// needs a gap as wide as the table. Grows to twice the number of streams that were ever open at once.
struct StreamTable: ~Copyable {
  private struct Place {
    /// 0 is free: no stream has that id.
    var id: UInt32
    var slot: UInt32
  }

  private var places: [Place]
  private var mask: UInt32
  private var ids: [UInt32] = []
  private var states: [StreamState] = []
  private var freeSlots: [UInt32] = []
  private(set) var count = 0

  init() {
    places = Array(repeating: Place(id: 0, slot: 0), count: 8)
    mask = 7
  }

  /// The slot of a stream, valid until it is removed; nil if it is not in the table.
  func slot(of stream: StreamID) -> Int? {
    let id = stream.rawValue
    var at = (id >> 1) & mask
    while true {
      let place = places[Int(at)]
      if place.id == id { return Int(place.slot) }
      if place.id == 0 { return nil }
      at = (at &+ 1) & mask
    }
  }

  subscript(slot: Int) -> StreamState {
    get { states[slot] }
    _modify { yield &states[slot] }
  }

  /// The stream must not be in the table. Returns its slot.
  @discardableResult
  mutating func insert(_ stream: StreamID, _ state: StreamState) -> Int {
    if (count &+ 1) &* 2 > places.count { grow() }
    let slot: Int
    if let free = freeSlots.popLast() {
      slot = Int(free)
      ids[slot] = stream.rawValue
      states[slot] = state
    } else {
      slot = states.count
      ids.append(stream.rawValue)
      states.append(state)
    }
    place(stream.rawValue, UInt32(truncatingIfNeeded: slot))
    count &+= 1
    return slot
  }

  mutating func remove(_ stream: StreamID) {
    let id = stream.rawValue
    var hole = (id >> 1) & mask
    while places[Int(hole)].id != id {
      if places[Int(hole)].id == 0 { return }
      hole = (hole &+ 1) & mask
    }
    let slot = places[Int(hole)].slot
    ids[Int(slot)] = 0
    freeSlots.append(slot)
    count &-= 1
    // Moves later members of the same run back, so that no search ends at the hole too early.
    var at = hole
    while true {
      at = (at &+ 1) & mask
      let next = places[Int(at)]
      if next.id == 0 { break }
      let distance = (at &- ((next.id >> 1) & mask)) & mask
      if distance >= (at &- hole) & mask {
        places[Int(hole)] = next
        hole = at
      }
    }
    places[Int(hole)] = Place(id: 0, slot: 0)
  }

  /// Slots to go through with `stream(at:)`.
  var slots: Range<Int> { states.indices }

  /// The stream in a slot; nil if the slot is free.
  func stream(at slot: Int) -> StreamID? { ids[slot] == 0 ? nil : StreamID(ids[slot]) }

  /// Streams in order of their ids.
  func streams(above last: StreamID = 0) -> [StreamID] {
    ids.filter { $0 > last.rawValue }.sorted().map { StreamID($0) }
  }

  /// Gives back what a busy time needed. Does nothing unless the table is empty and large.
  mutating func shrinkIfIdle() {
    if count == 0, states.capacity > 32 { self = StreamTable() }
  }

  private mutating func grow() {
    let old = places
    places = Array(repeating: Place(id: 0, slot: 0), count: old.count &* 2)
    mask = UInt32(truncatingIfNeeded: places.count &- 1)
    for member in old where member.id != 0 { place(member.id, member.slot) }
  }

  private mutating func place(_ id: UInt32, _ slot: UInt32) {
    var at = (id >> 1) & mask
    while places[Int(at)].id != 0 { at = (at &+ 1) & mask }
    places[Int(at)] = Place(id: id, slot: slot)
  }
}
