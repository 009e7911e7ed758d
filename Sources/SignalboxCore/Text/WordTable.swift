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
  /// A bit for the low end of each hash, so that most words of a ticket, which stand in no pattern, are told from a few
  /// kilobytes that stay in the nearest cache.
  private var filter = [UInt64](repeating: 0, count: 1)
  private var ends: [Int32] = []
  private var pool: [UInt8] = []

  /// Bits in `filter` for each slot.
  private static let bitsPerSlot = 4
  /// Words of 64 bits: 32 KiB.
  private static let largestFilter = 4_096

  var count: Int { ends.count }

  /// The number of the word at `start..<end` of a text, or `absent`.
  @inline(__always)
  func find(_ text: UnsafeBufferPointer<UInt8>, _ start: Int, _ end: Int) -> Int32 {
    let head = Self.head(text, start, end)
    let hash = Self.hash(head, text, start, end)
    guard mayHold(hash) else { return Self.absent }
    return find(head, hash, text, start, end)
  }

  func find(_ word: [UInt8]) -> Int32 { word.withUnsafeBufferPointer { find($0, 0, $0.count) } }

  @inline(__always)
  private func mayHold(_ hash: UInt32) -> Bool {
    filter.withUnsafeBufferPointer { filter in
      let bit = Int(hash) & (filter.count &* 64 &- 1)
      return filter[bit &>> 6] &>> UInt64(truncatingIfNeeded: bit & 63) & 1 != 0
    }
  }

  private func find(
    _ head: UInt64, _ hash: UInt32, _ text: UnsafeBufferPointer<UInt8>, _ start: Int, _ end: Int
  ) -> Int32 {
    slots.withUnsafeBufferPointer { slots in
      let mask = slots.count &- 1
      var index = Int(hash) & mask
      while slots[index].id != Self.absent {
        let slot = slots[index]
        if slot.hash == hash, slot.head == head, equals(slot.id, text, start, end) { return slot.id }
        index = (index &+ 1) & mask
      }
      return Self.absent
    }
  }

  /// The word's number, a new one (the next integer) if it has none.
  mutating func intern(_ word: UnsafeBufferPointer<UInt8>) -> Int32 {
    let head = Self.head(word, 0, word.count)
    let hash = Self.hash(head, word, 0, word.count)
    let known = find(head, hash, word, 0, word.count)
    guard known == Self.absent else { return known }
    if (ends.count + 1) * 2 > slots.count { grow() }
    let id = Int32(truncatingIfNeeded: ends.count)
    pool.append(contentsOf: word)
    ends.append(Int32(truncatingIfNeeded: pool.count))
    place(Slot(head: head, hash: hash, id: id))
    return id
  }

  mutating func intern(_ word: [UInt8]) -> Int32 { word.withUnsafeBufferPointer { intern($0) } }

  private mutating func grow() {
    let old = slots
    slots = [Slot](repeating: Slot(), count: old.count * 2)
    filter = [UInt64](repeating: 0, count: min(slots.count * Self.bitsPerSlot / 64, Self.largestFilter))
    for slot in old where slot.id != Self.absent { place(slot) }
  }

  private mutating func place(_ slot: Slot) {
    let mask = slots.count - 1
    var index = Int(slot.hash) & mask
    while slots[index].id != Self.absent { index = (index + 1) & mask }
    slots[index] = slot
    let bit = Int(slot.hash) & (filter.count * 64 - 1)
    filter[bit / 64] |= 1 &<< UInt64(bit % 64)
  }

  /// Given that the heads are equal.
  @inline(__always)
  private func equals(_ id: Int32, _ text: UnsafeBufferPointer<UInt8>, _ start: Int, _ end: Int) -> Bool {
    let stored = Int(id == 0 ? 0 : ends[Int(id) &- 1])
    guard Int(ends[Int(id)]) &- stored == end &- start else { return false }
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
      let bytes = eight(text, start)
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
    guard end &- start > 8 else { return UInt32(truncatingIfNeeded: state) }
    var index = start &+ 8
    while index &+ 8 < end {
      state = mix(state ^ eight(text, index))
      index &+= 8
    }
    // The last eight bytes, some of which may have been seen.
    state = mix(state ^ eight(text, end &- 8))
    return UInt32(truncatingIfNeeded: state)
  }

  @inline(__always)
  private static func eight(_ text: UnsafeBufferPointer<UInt8>, _ offset: Int) -> UInt64 {
    UnsafeRawBufferPointer(text).loadUnaligned(fromByteOffset: offset, as: UInt64.self).littleEndian
  }

  @inline(__always)
  private static func mix(_ value: UInt64) -> UInt64 {
    let product = (value ^ 0x9E37_79B9_7F4A_7C15).multipliedFullWidth(by: 0xA076_1D64_78BD_642F)
    return product.high ^ product.low
  }
}
