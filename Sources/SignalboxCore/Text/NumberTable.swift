/// From numbers to small integers, by open addressing. At most half of the slots are used, and only what a rule set
/// holds is ever stored, so no ticket can make a look-up long.
struct NumberTable: Sendable {
  static let absent: Int32 = -1

  private struct Slot {
    var key: UInt64 = 0
    var value: Int32 = NumberTable.absent
  }

  private var slots = [Slot](repeating: Slot(), count: 16)
  private(set) var count = 0

  /// `absent` for a key that is not there.
  @inline(__always)
  subscript(key: UInt64) -> Int32 {
    guard count > 0 else { return Self.absent }
    var index = place(of: key)
    while slots[index].value != Self.absent {
      if slots[index].key == key { return slots[index].value }
      index = (index &+ 1) & (slots.count &- 1)
    }
    return Self.absent
  }

  /// - Parameter value: not negative; the key is a new one.
  mutating func insert(_ value: Int32, for key: UInt64) {
    count += 1
    if count * 2 > slots.count {
      let old = slots
      slots = [Slot](repeating: Slot(), count: old.count * 2)
      for slot in old where slot.value != Self.absent { put(slot) }
    }
    put(Slot(key: key, value: value))
  }

  private mutating func put(_ slot: Slot) {
    var index = place(of: slot.key)
    while slots[index].value != Self.absent { index = (index &+ 1) & (slots.count &- 1) }
    slots[index] = slot
  }

  @inline(__always)
  private func place(of key: UInt64) -> Int {
    let product = (key ^ 0x9E37_79B9_7F4A_7C15).multipliedFullWidth(by: 0xA076_1D64_78BD_642F)
    return Int(truncatingIfNeeded: product.high ^ product.low) & (slots.count &- 1)
  }
}
