/// For each key the elements filed under it. A key with many has a bit for each element there is instead of a list, so
/// that looking up a key never costs more than `RuleLimits.rules` / 64 steps.
struct Postings: Sendable {
  private var table = NumberTable()
  private var lists = NumberSets()
  /// Where in `bits` a key's elements are; -1 for one with a list.
  private var places: [Int32] = []
  private var bits: [UInt64] = []
  private let width: Int

  init(_ entries: [(key: AccessKey, element: Int32)], elementCount: Int) {
    width = (elementCount + 63) / 64
    var keyed: [(list: Int32, number: Int32)] = []
    keyed.reserveCapacity(entries.count)
    for (key, element) in entries {
      var list = table[key.bits]
      if list == NumberTable.absent {
        list = Int32(truncatingIfNeeded: table.count)
        table.insert(list, for: key.bits)
      }
      keyed.append((list, element))
    }
    lists = NumberSets(keyed, count: table.count)
    places = [Int32](repeating: -1, count: table.count)
    for list in places.indices where lists[Int32(list)].count > width {
      places[list] = Int32(truncatingIfNeeded: bits.count)
      var set = ElementSet(count: elementCount)
      set.insert(lists[Int32(list)])
      bits += set.bits
    }
  }

  func add(_ key: AccessKey, to elements: inout ElementSet) {
    let list = table[key.bits]
    guard list != NumberTable.absent else { return }
    let place = Int(places[Int(list)])
    if place < 0 { elements.insert(lists[list]) } else { elements.insert(bits: bits[place..<(place + width)]) }
  }
}
