/// Numbers for words: the bytes of a folded word to a small integer, by open addressing.
///
/// Only patterns are ever stored, never words of a ticket, and at most half of the slots are used; a
/// hostile ticket can therefore not make a look-up long.
struct WordTable: Sendable {
  static let absent: Int32 = -1

  /// `head` is the word's first eight bytes; words of up to eight need no other look at their bytes.
  private struct Slot {
    var head: UInt64 = 0
    var hash: UInt32 = 0
    var id: Int32 = WordTable.absent
  }

  private var slots = [Slot](repeating: Slot(), count: 16)
  private var ends: [Int] = []
  private var pool: [UInt8] = []

  var count: Int { ends.count }

  /// The number of the word at `start..<end` of a text, or `absent`.
  @inline(__always)
  func find(_ text: UnsafeBufferPointer<UInt8>, _ start: Int, _ end: Int) -> Int32 {
    let head = Self.head(text, start, end)
    let hash = Self.hash(head, text, start, end)
    let mask = slots.count &- 1
    var index = Int(hash) & mask
    while slots[index].id != Self.absent {
      let slot = slots[index]
      if slot.hash == hash, slot.head == head, equals(slot.id, text, start, end) { return slot.id }
      index = (index &+ 1) & mask
    }
    return Self.absent
  }

  func find(_ word: [UInt8]) -> Int32 { word.withUnsafeBufferPointer { find($0, 0, $0.count) } }

  /// The word's number, a new one (the next integer) if it has none.
  mutating func intern(_ word: [UInt8]) -> Int32 {
    let known = find(word)
    guard known == Self.absent else { return known }
    if (ends.count + 1) * 2 > slots.count { grow() }
    let id = Int32(truncatingIfNeeded: ends.count)
    pool.append(contentsOf: word)
    ends.append(pool.count)
    word.withUnsafeBufferPointer {
      let head = Self.head($0, 0, $0.count)
      place(Slot(head: head, hash: Self.hash(head, $0, 0, $0.count), id: id))
    }
    return id
  }

  private mutating func grow() {
    let old = slots
    slots = [Slot](repeating: Slot(), count: old.count * 2)
    for slot in old where slot.id != Self.absent { place(slot) }
  }

  private mutating func place(_ slot: Slot) {
    let mask = slots.count - 1
    var index = Int(slot.hash) & mask
    while slots[index].id != Self.absent { index = (index + 1) & mask }
    slots[index] = slot
  }

  /// Given that the heads are equal.
  @inline(__always)
  private func equals(_ id: Int32, _ text: UnsafeBufferPointer<UInt8>, _ start: Int, _ end: Int) -> Bool {
    let stored = id == 0 ? 0 : ends[Int(id) &- 1]
    guard ends[Int(id)] &- stored == end &- start else { return false }
    var offset = 8
    while offset < end &- start {
      guard pool[stored &+ offset] == text[start &+ offset] else { return false }
      offset &+= 1
    }
    return true
  }

  /// The first eight bytes, zeros behind a shorter word.
  @inline(__always)
  static func head(_ text: UnsafeBufferPointer<UInt8>, _ start: Int, _ end: Int) -> UInt64 {
    let count = end &- start
    if start &+ 8 <= text.count {
      let bytes = UnsafeRawBufferPointer(text).loadUnaligned(fromByteOffset: start, as: UInt64.self).littleEndian
      return count >= 8 ? bytes : bytes & ((1 &<< UInt64(truncatingIfNeeded: count &* 8)) &- 1)
    }
    var bytes: UInt64 = 0
    for offset in 0..<min(8, count) {
      bytes |= UInt64(text[start &+ offset]) &<< UInt64(truncatingIfNeeded: offset &* 8)
    }
    return bytes
  }

  /// Multiply and fold; the same on every run, so that decisions can be replayed.
  @inline(__always)
  static func hash(_ head: UInt64, _ text: UnsafeBufferPointer<UInt8>, _ start: Int, _ end: Int) -> UInt32 {
    var state = mix(head ^ UInt64(truncatingIfNeeded: end &- start))
    var index = start &+ 8
    while index < end {
      state = mix(state ^ UInt64(text[index]))
      index &+= 1
    }
    return UInt32(truncatingIfNeeded: state)
  }

  @inline(__always)
  private static func mix(_ value: UInt64) -> UInt64 {
    let product = (value ^ 0x9E37_79B9_7F4A_7C15).multipliedFullWidth(by: 0xA076_1D64_78BD_642F)
    return product.high ^ product.low
  }
}
