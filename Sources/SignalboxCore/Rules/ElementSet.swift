/// Elements of a phase, by their numbers. A bit for each of at most `RuleLimits.rules` and a few elements: little over a
/// kilobyte, so that emptying and walking it cost next to nothing, and it comes out in file order.
struct ElementSet: Sendable {
  private(set) var bits: [UInt64]
  /// Where the first element can be that has not been taken out.
  private var front = 0

  /// Room for this many elements; none is in it.
  init(count: Int = 0) { bits = [UInt64](repeating: 0, count: (count + 63) / 64) }

  mutating func insert(_ element: Int32) { bits[Int(element) >> 6] |= 1 &<< UInt64(element & 63) }

  /// Becomes a copy of the other, in the memory it has.
  mutating func copy(_ other: ElementSet) {
    bits.removeAll(keepingCapacity: true)
    bits.append(contentsOf: other.bits)
    front = 0
  }

  mutating func insert(_ elements: ArraySlice<Int32>) {
    bits.withUnsafeMutableBufferPointer { bits in
      for element in elements { bits[Int(element) &>> 6] |= 1 &<< UInt64(element & 63) }
    }
  }

  /// `other` has a word for each of its own.
  mutating func insert(bits other: ArraySlice<UInt64>) {
    bits.withUnsafeMutableBufferPointer { bits in
      other.withUnsafeBufferPointer { other in
        for index in 0..<min(bits.count, other.count) { bits[index] |= other[index] }
      }
    }
  }

  /// Takes out the lowest.
  mutating func popFirst() -> Int? {
    while front < bits.count {
      let word = bits[front]
      guard word == 0 else {
        bits[front] = word & (word &- 1)
        return front &* 64 &+ word.trailingZeroBitCount
      }
      front &+= 1
    }
    return nil
  }
}
