/// Folds ASCII and cuts it into words, eight bytes at a time in one register.
///
/// Every byte below 0x80 leaves its top bit free, so adding a constant to all eight bytes at once carries into that
/// bit exactly where a byte is large enough, and never into its neighbour.
enum ASCIIFolding {
  /// The folded bytes and the words, both written from the start; returns how many words there are, or nil if there is
  /// a byte that is not ASCII, and what was written is then of no use.
  ///
  /// - Parameters:
  ///   - target: room for as many bytes as the source has, not initialized.
  ///   - words: room for half as many and one, not initialized.
  static func fold(
    _ source: UnsafeBufferPointer<UInt8>, into target: UnsafeMutableBufferPointer<UInt8>,
    words: UnsafeMutableBufferPointer<FoldedText.Word>
  ) -> Int? {
    guard let from = UnsafeRawPointer(source.baseAddress), let to = UnsafeMutableRawPointer(target.baseAddress),
      let words = words.baseAddress
    else { return source.isEmpty ? 0 : nil }
    let count = source.count
    var edges = WordEdges(words: words)
    var block = 0
    while block < count {
      // One bit for each byte: whether it belongs to a word.
      var mask: UInt64 = 0
      var seen: UInt64 = 0
      let end = min(count &- block, 64)
      var offset = 0
      while offset &+ 8 <= end {
        let eight = UInt64(
          littleEndian: from.loadUnaligned(fromByteOffset: block &+ offset, as: UInt64.self))
        seen |= eight
        let folded = fold(eight)
        to.storeBytes(of: folded.littleEndian, toByteOffset: block &+ offset, as: UInt64.self)
        mask |= wordMask(folded) &<< UInt64(truncatingIfNeeded: offset)
        offset &+= 8
      }
      if offset < end {
        var rest: UInt64 = 0
        for byte in offset..<end {
          rest |= UInt64(source[block &+ byte]) &<< UInt64(truncatingIfNeeded: (byte &- offset) &* 8)
        }
        seen |= rest
        let folded = fold(rest)
        for byte in offset..<end {
          to.storeBytes(
            of: UInt8(truncatingIfNeeded: folded &>> UInt64(truncatingIfNeeded: (byte &- offset) &* 8)),
            toByteOffset: block &+ byte, as: UInt8.self)
        }
        mask |= wordMask(folded) &<< UInt64(truncatingIfNeeded: offset)
      }
      guard seen & tops == 0 else { return nil }
      edges.add(mask, at: block)
      block &+= 64
    }
    edges.finish(at: count)
    return edges.count
  }

  private static let tops: UInt64 = 0x8080_8080_8080_8080

  /// In the top bit of each byte whether the byte, which is ASCII, is at least this one.
  @inline(__always)
  private static func atLeast(_ byte: UInt64, _ eight: UInt64) -> UInt64 {
    eight &+ (0x80 &- byte) &* 0x0101_0101_0101_0101
  }

  @inline(__always)
  private static func fold(_ eight: UInt64) -> UInt64 {
    let isUpper = atLeast(0x41, eight) & ~atLeast(0x5B, eight) & tops
    return eight | isUpper &>> 2
  }

  /// The lowest bit says whether the first of the folded bytes is a letter or a digit.
  @inline(__always)
  private static func wordMask(_ folded: UInt64) -> UInt64 {
    let isLetter = atLeast(0x61, folded) & ~atLeast(0x7B, folded)
    let isDigit = atLeast(0x30, folded) & ~atLeast(0x3A, folded)
    // Gathers the eight bits, each of which lands on a place of its own.
    let bits = ((isLetter | isDigit) & tops) &>> 7
    return (bits &* 0x0102_0408_1020_4080) &>> 56
  }
}

/// Writes down words from where they begin and end.
private struct WordEdges {
  let words: UnsafeMutablePointer<FoldedText.Word>
  private(set) var count = 0
  private var start: Int32 = -1

  init(words: UnsafeMutablePointer<FoldedText.Word>) { self.words = words }

  @inline(__always)
  mutating func add(_ mask: UInt64, at block: Int) {
    // A bit where a word begins or ends: where a byte differs from the one before it.
    var edges = mask ^ (mask &<< 1 | (start >= 0 ? 1 : 0))
    while edges != 0 {
      let place = Int32(truncatingIfNeeded: block &+ edges.trailingZeroBitCount)
      edges &= edges &- 1
      if start < 0 { start = place } else { close(place) }
    }
  }

  mutating func finish(at end: Int) {
    if start >= 0 { close(Int32(truncatingIfNeeded: end)) }
  }

  @inline(__always)
  private mutating func close(_ end: Int32) {
    (words + count).initialize(to: FoldedText.Word(start: start, end: end, original: start))
    count &+= 1
    start = -1
  }
}
