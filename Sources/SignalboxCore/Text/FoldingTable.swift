/// What folding needs to know of each Unicode scalar, in two stages: a page of 256, then a record.
///
/// Built once, from the numbers in `FoldingData`, by whoever folds the first text that is not ASCII.
struct FoldingTable: Sendable {
  static let shared = FoldingTable()

  /// A record packs the index of the mapping (0: the scalar folds to itself), the canonical combining
  /// class and two flags.
  struct Record {
    var bits: UInt32 = 0

    static let wordFlag: UInt32 = 1
    static let continuationFlag: UInt32 = 2

    var isWord: Bool { bits & Self.wordFlag != 0 }
    /// Belongs to the character before it: a mark, or the second half of a composed letter.
    var isContinuation: Bool { bits & Self.continuationFlag != 0 }
    var combiningClass: UInt32 { (bits >> 2) & 0xFF }
    var mapping: Int { Int(bits >> 10) }
  }

  private static let pageBits: UInt32 = 8
  private static let pageSize = 256
  private static let pageCount = 0x110000 / pageSize

  private var pages = [UInt16](repeating: 0, count: pageCount)
  private var records = [UInt32](repeating: 0, count: pageSize)
  /// Targets of mapping `m` are `targets[starts[m]..<starts[m + 1]]`; mapping 0 is never looked up.
  private var starts: [Int32] = [0]
  private var targets: [UInt32] = []

  /// Scalars above U+10FFFF do not exist; they get the empty record rather than a trap.
  func record(of scalar: UInt32) -> Record {
    guard scalar < 0x110000 else { return Record() }
    let page = Int(pages[Int(scalar >> Self.pageBits)])
    return Record(bits: records[page &* Self.pageSize &+ Int(scalar & 0xFF)])
  }

  func targets(of mapping: Int) -> ArraySlice<UInt32> {
    targets[Int(starts[mapping])..<Int(starts[mapping + 1])]
  }

  private init() {
    starts.reserveCapacity(FoldingData.mappingCount + 2)
    var numbers = PackedNumbers(FoldingData.mappings)
    starts.append(0)
    var scalar = 0
    while let gap = numbers.next(), let count = numbers.next() {
      scalar += gap
      var target = scalar
      for _ in 0..<count {
        guard let packed = numbers.next() else { break }
        target += packed & 1 == 0 ? packed / 2 : -(packed + 1) / 2
        targets.append(UInt32(target))
      }
      mark(scalar, bits: UInt32(starts.count - 1) << 10)
      starts.append(Int32(targets.count))
    }
    fill(FoldingData.words) { _ in Record.wordFlag }
    fill(FoldingData.continuations) { _ in Record.continuationFlag }
    fill(FoldingData.orders) { UInt32($0) << 2 }
  }

  private mutating func fill(_ ranges: StaticString, bits: (Int) -> UInt32) {
    var numbers = PackedNumbers(ranges)
    var end = 0
    while let gap = numbers.next(), let length = numbers.next(), let value = numbers.next() {
      let start = end + gap
      end = start + length
      let bits = bits(value)
      for scalar in start..<end { mark(scalar, bits: bits) }
    }
  }

  private mutating func mark(_ scalar: Int, bits: UInt32) {
    let page = scalar / Self.pageSize
    if pages[page] == 0 {
      pages[page] = UInt16(records.count / Self.pageSize)
      records.append(contentsOf: repeatElement(0, count: Self.pageSize))
    }
    records[Int(pages[page]) * Self.pageSize + scalar % Self.pageSize] |= bits
  }
}

/// Reads the numbers of `FoldingData`: five bits to a character, lowest first, the sixth says "more follows".
private struct PackedNumbers {
  private let text: StaticString
  private var offset = 0

  init(_ text: StaticString) { self.text = text }

  mutating func next() -> Int? {
    guard offset < text.utf8CodeUnitCount else { return nil }
    return text.withUTF8Buffer { bytes in
      var value = 0
      var shift = 0
      while offset < bytes.count {
        let digit = Self.digit(bytes[offset])
        offset += 1
        value |= (digit & 31) << shift
        shift += 5
        if digit & 32 == 0 { break }
      }
      return value
    }
  }

  /// The generator's alphabet is `0-9A-Za-z-_`.
  private static func digit(_ byte: UInt8) -> Int {
    switch byte {
    case 0x30...0x39: Int(byte) - 0x30
    case 0x41...0x5A: Int(byte) - 0x41 + 10
    case 0x61...0x7A: Int(byte) - 0x61 + 36
    case 0x2D: 62
    default: 63
    }
  }
}
