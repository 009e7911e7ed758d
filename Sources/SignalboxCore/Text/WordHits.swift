/// Which patterns stand in which fields of one ticket; of each pair the first place only, so there are
/// never more hits than patterns times fields, however long the ticket is.
///
/// Costs what was found, not what could have been: there is nothing in it for a pattern that is not in the ticket.
struct WordHits {
  struct Hit {
    let pattern: Int32
    /// The index of the first word.
    let word: Int32
    let field: Field
  }

  /// By open addressing; at most half of the slots are used.
  private struct Slot {
    var pattern: Int32 = -1
    /// The `Field.wordBits` of the fields it stands in.
    var fields: UInt32 = 0
  }

  private(set) var hits: [Hit] = []
  /// Each pattern once, in the order found.
  private(set) var patterns: [Int32] = []
  private var slots = [Slot](repeating: Slot(), count: smallest)

  private static let smallest = 32
  /// Slots that are kept from ticket to ticket; more are given back.
  private static let kept = 1_024

  /// Asks for no memory until something is found.
  static let empty = WordHits()

  mutating func removeAll() {
    guard !hits.isEmpty else { return }
    hits.removeAll(keepingCapacity: true)
    patterns.removeAll(keepingCapacity: true)
    if slots.count > Self.kept {
      slots = [Slot](repeating: Slot(), count: Self.smallest)
    } else {
      for index in slots.indices { slots[index] = Slot() }
    }
  }

  mutating func insert(_ pattern: Int32, field: Field, word: Int) {
    let bits = UInt32(field.wordBits)
    let index = place(of: pattern)
    guard slots[index].fields & bits == 0 else { return }
    if slots[index].pattern < 0 { patterns.append(pattern) }
    slots[index].pattern = pattern
    slots[index].fields |= bits
    hits.append(Hit(pattern: pattern, word: Int32(truncatingIfNeeded: word), field: field))
    if patterns.count * 2 > slots.count { grow() }
  }

  private mutating func grow() {
    let old = slots
    slots = [Slot](repeating: Slot(), count: old.count * 2)
    for slot in old where slot.pattern >= 0 { slots[place(of: slot.pattern)] = slot }
  }

  /// Where the pattern is, or would be.
  @inline(__always)
  private func place(of pattern: Int32) -> Int {
    let mask = slots.count &- 1
    var index = Int((UInt32(bitPattern: pattern) &* 0x9E37_79B1) &>> 7) & mask
    while slots[index].pattern >= 0, slots[index].pattern != pattern { index = (index &+ 1) & mask }
    return index
  }

  /// For `text` it is enough that the pattern stands in the subject or in the body.
  @inline(__always)
  func contains(_ pattern: Int32, in field: Field) -> Bool {
    slots[place(of: pattern)].fields & UInt32(field.wordBits) != 0
  }

  /// `patterns` ascends. Costs the smaller of the patterns and the hits.
  func containsAny(of patterns: ArraySlice<Int32>, in field: Field) -> Bool {
    if patterns.count <= hits.count || patterns.count <= 8 {
      return patterns.contains { contains($0, in: field) }
    }
    return hits.contains { contains($0.pattern, in: field) && patterns.containsSorted($0.pattern) }
  }

  func containsAll(of patterns: ArraySlice<Int32>, in field: Field) -> Bool {
    patterns.allSatisfy { contains($0, in: field) }
  }
}

extension ArraySlice<Int32> {
  /// Whether an ascending slice holds the value.
  func containsSorted(_ value: Int32) -> Bool {
    var low = startIndex
    var high = endIndex
    while low < high {
      let middle = low + (high - low) / 2
      if self[middle] < value { low = middle + 1 } else { high = middle }
    }
    return low < endIndex && self[low] == value
  }
}
