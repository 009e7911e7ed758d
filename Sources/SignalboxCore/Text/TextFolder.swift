/// Folds a text that is not all ASCII, scalar by scalar, and cuts it into words on the way.
///
/// Marks wait until the next starter, to be put in canonical order; a run of any length is sorted in
/// n log n, so a text of a million marks costs no more than its size.
struct TextFolder {
  private(set) var bytes: [UInt8] = []
  private(set) var words: [FoldedText.Word] = []

  /// Combining class, place of arrival and scalar in one number, so that sorting is stable.
  private var marks: [UInt64] = []
  private var marksOriginal = 0
  private var marksInOrder = true
  private var wordStart = -1
  private var wordOriginal = 0
  private let table = FoldingTable.shared

  init(capacity: Int) { bytes.reserveCapacity(capacity + capacity / 4) }

  /// `source` is the UTF-8 of a `String`; a scalar cut short at the end is dropped.
  mutating func fold(_ source: UnsafeBufferPointer<UInt8>) {
    var index = 0
    while index < source.count {
      let byte = source[index]
      if byte < 0x80 {
        flushMarks()
        let folded = byte | (byte &- 0x41 < 26 ? 0x20 : 0)
        place(isWord: folded &- 0x61 < 26 || folded &- 0x30 < 10, original: index)
        bytes.append(folded)
        index &+= 1
        continue
      }
      guard let (scalar, length) = UTF8Scalar.decode(source, at: index) else { break }
      foldScalar(scalar, original: index)
      index &+= length
    }
    flushMarks()
    place(isWord: false, original: index)
  }

  private mutating func foldScalar(_ scalar: UInt32, original: Int) {
    if scalar &- Hangul.first < Hangul.count {
      for jamo in Hangul.decomposed(scalar) { add(jamo, table.record(of: jamo), original: original) }
      return
    }
    let record = table.record(of: scalar)
    guard record.mapping != 0 else { return add(scalar, record, original: original) }
    for target in table.targets(of: record.mapping) {
      add(target, table.record(of: target), original: original)
    }
  }

  private mutating func add(_ scalar: UInt32, _ record: FoldingTable.Record, original: Int) {
    let order = record.combiningClass
    guard order == 0 else {
      if let last = marks.last {
        if UInt64(order) < last >> 56 { marksInOrder = false }
      } else {
        marksOriginal = original
      }
      marks.append(UInt64(order) << 56 | UInt64(marks.count) << 24 | UInt64(scalar))
      return
    }
    flushMarks()
    place(isWord: record.isWord, original: original)
    UTF8Scalar.append(scalar, to: &bytes)
  }

  private mutating func flushMarks() {
    guard !marks.isEmpty else { return }
    if !marksInOrder { marks.sort() }
    place(isWord: true, original: marksOriginal)
    for mark in marks { UTF8Scalar.append(UInt32(truncatingIfNeeded: mark & 0xFF_FFFF), to: &bytes) }
    marks.removeAll(keepingCapacity: true)
    marksInOrder = true
  }

  /// Opens or closes a word before the next scalar is written.
  private mutating func place(isWord: Bool, original: Int) {
    if isWord {
      guard wordStart < 0 else { return }
      wordStart = bytes.count
      wordOriginal = original
    } else if wordStart >= 0 {
      words.append(
        FoldedText.Word(
          start: Int32(truncatingIfNeeded: wordStart), end: Int32(truncatingIfNeeded: bytes.count),
          original: Int32(truncatingIfNeeded: wordOriginal)))
      wordStart = -1
    }
  }
}

/// The Hangul syllables decompose by arithmetic (Unicode, chapter 3.12).
private enum Hangul {
  static let first: UInt32 = 0xAC00
  static let count: UInt32 = 11_172

  static func decomposed(_ syllable: UInt32) -> [UInt32] {
    let index = syllable - first
    let (leading, vowel, trailing) = (0x1100 + index / 588, 0x1161 + index % 588 / 28, 0x11A7 + index % 28)
    return trailing == 0x11A7 ? [leading, vowel] : [leading, vowel, trailing]
  }
}

/// UTF-8 by hand, because folded texts are bytes.
enum UTF8Scalar {
  /// Nil if the bytes from `index` on are not one whole scalar.
  static func decode(_ bytes: UnsafeBufferPointer<UInt8>, at index: Int) -> (scalar: UInt32, length: Int)? {
    let lead = bytes[index]
    let length = lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4
    guard index + length <= bytes.count else { return nil }
    var scalar = length == 1 ? UInt32(lead) : UInt32(lead) & (0x7F >> UInt32(length))
    for offset in 1..<max(length, 1) { scalar = scalar << 6 | UInt32(bytes[index + offset] & 0x3F) }
    return (scalar, length)
  }

  static func append(_ scalar: UInt32, to bytes: inout [UInt8]) {
    switch scalar {
    case ..<0x80:
      bytes.append(UInt8(truncatingIfNeeded: scalar))
    case ..<0x800:
      bytes.append(UInt8(truncatingIfNeeded: 0xC0 | scalar >> 6))
      bytes.append(continuation(scalar))
    case ..<0x10000:
      bytes.append(UInt8(truncatingIfNeeded: 0xE0 | scalar >> 12))
      bytes.append(continuation(scalar >> 6))
      bytes.append(continuation(scalar))
    default:
      bytes.append(UInt8(truncatingIfNeeded: 0xF0 | scalar >> 18))
      bytes.append(continuation(scalar >> 12))
      bytes.append(continuation(scalar >> 6))
      bytes.append(continuation(scalar))
    }
  }

  private static func continuation(_ bits: UInt32) -> UInt8 { UInt8(truncatingIfNeeded: 0x80 | (bits & 0x3F)) }
}
