/// A folded text to be found anywhere inside another, words or not.
///
/// The search looks for the needle's rarest byte sixteen at a time and compares only where that stands.
/// A match never ends inside a letter: `cafe` is not found in `café`, although the folded form of the
/// latter begins with the bytes of the former.
struct Needle: Sendable {
  let bytes: [UInt8]
  private let anchor: Int

  /// Nil if nothing is left of the text once folded.
  init?(_ text: String) {
    bytes = FoldedText(text).bytes
    guard !bytes.isEmpty else { return nil }
    var rarest = 0
    for index in bytes.indices where Self.frequency(bytes[index]) < Self.frequency(bytes[rarest]) { rarest = index }
    anchor = rarest
  }

  /// The offset of the first match in the folded bytes.
  func find(in text: FoldedText) -> Int? {
    text.bytes.withUnsafeBufferPointer { haystack in
      bytes.withUnsafeBufferPointer { needle in
        guard haystack.count >= needle.count else { return nil }
        let raw = UnsafeRawBufferPointer(haystack)
        let wanted = SIMD16<UInt8>(repeating: needle[anchor])
        // Offsets at which the anchor can stand.
        var index = anchor
        let end = haystack.count &- needle.count &+ anchor &+ 1
        while index < end {
          if end &- index >= 16 {
            let lanes = raw.loadUnaligned(fromByteOffset: index, as: SIMD16<UInt8>.self) .== wanted
            guard any(lanes) else {
              index &+= 16
              continue
            }
          }
          let stop = min(end, index &+ 16)
          while index < stop {
            if haystack[index] == needle[anchor] {
              let start = index &- anchor
              if Self.equal(haystack, start, needle), Self.endsCharacter(haystack, start &+ needle.count) {
                return start
              }
            }
            index &+= 1
          }
        }
        return nil
      }
    }
  }

  @inline(__always)
  private static func equal(
    _ haystack: UnsafeBufferPointer<UInt8>, _ start: Int, _ needle: UnsafeBufferPointer<UInt8>
  ) -> Bool {
    for index in 0..<needle.count where haystack[start &+ index] != needle[index] { return false }
    return true
  }

  static func endsCharacter(_ haystack: UnsafeBufferPointer<UInt8>, _ end: Int) -> Bool {
    guard end < haystack.count, haystack[end] >= 0x80 else { return true }
    guard let (scalar, _) = UTF8Scalar.decode(haystack, at: end) else { return true }
    return !FoldingTable.shared.record(of: scalar).isContinuation
  }

  /// Roughly how common a byte is in folded text; only speed depends on it.
  private static func frequency(_ byte: UInt8) -> Int {
    switch byte {
    case 0x20: 100
    case 0x65, 0x74, 0x61, 0x6F, 0x69, 0x6E, 0x73, 0x72: 60
    case 0x68, 0x6C, 0x64, 0x63, 0x75, 0x6D, 0x70, 0x66: 30
    case 0x67, 0x77, 0x79, 0x62, 0x76, 0x6B: 12
    case 0xC2...0xF4: 40
    case 0x80...0xBF: 20
    default: 4
    }
  }
}
