/// A text as the rules see it: folded once, cut into words once.
///
/// Folding is NFKC_Casefold, kept canonically decomposed: case, width, ligatures, superscripts and
/// characters without an appearance (soft hyphen, zero-width space) make no difference; accents do.
/// Two texts fold to the same bytes exactly if their NFKC_Casefold forms are equal.
///
/// A word is a longest run of letters, marks and numbers. Everything else separates: `gpu-a100` is the
/// two words `gpu` and `a100`, in a ticket as in a pattern, so the pattern also finds `GPU A100`. Scripts
/// written without spaces give long words; `contains` is the condition for them.
///
/// At most `RuleLimits.factBytes` of the text are read; what lies beyond is as if it were not there.
struct FoldedText: Sendable {
  /// `start..<end` in `bytes`; `original` is where the word begins in the text that was given, in UTF-8 bytes.
  struct Word: Sendable {
    let start: Int32
    let end: Int32
    let original: Int32
  }

  /// UTF-8.
  private(set) var bytes: [UInt8] = []
  private(set) var words: [Word] = []
  /// Then an offset into `bytes` is also an offset into the text that was given.
  private(set) var isASCII = true

  static let empty = FoldedText()

  private init() {}

  init(_ text: String) {
    var text = text
    text.withUTF8 { source in
      // A scalar that the limit cuts in two is dropped by the folder.
      let source = UnsafeBufferPointer(rebasing: source.prefix(RuleLimits.factBytes))
      if foldASCII(source) {
        cutASCII()
      } else {
        var folder = TextFolder(capacity: source.count)
        folder.fold(source)
        bytes = folder.bytes
        words = folder.words
        isASCII = false
      }
    }
  }

  /// False if there was anything else than ASCII in it; `bytes` is then of no use.
  private mutating func foldASCII(_ source: UnsafeBufferPointer<UInt8>) -> Bool {
    var seen: UInt8 = 0
    bytes = [UInt8](unsafeUninitializedCapacity: source.count) { target, filled in
      for index in source.indices {
        let byte = source[index]
        seen |= byte
        target.initializeElement(at: index, to: byte | (byte &- 0x41 < 26 ? 0x20 : 0))
      }
      filled = source.count
    }
    return seen < 0x80
  }

  private mutating func cutASCII() {
    var words: [Word] = []
    words.reserveCapacity(bytes.count / 6 + 2)
    bytes.withUnsafeBufferPointer { bytes in
      var index = 0
      while index < bytes.count {
        guard Self.isFoldedASCIIWord(bytes[index]) else {
          index &+= 1
          continue
        }
        let start = Int32(truncatingIfNeeded: index)
        repeat { index &+= 1 } while index < bytes.count && Self.isFoldedASCIIWord(bytes[index])
        words.append(Word(start: start, end: Int32(truncatingIfNeeded: index), original: start))
      }
    }
    self.words = words
  }

  @inline(__always)
  private static func isFoldedASCIIWord(_ byte: UInt8) -> Bool {
    byte &- 0x61 < 26 || byte &- 0x30 < 10
  }

  /// The index of the word that holds the folded byte at `offset`, or nil between words.
  func word(at offset: Int) -> Int? {
    var low = 0
    var high = words.count
    while low < high {
      let middle = (low + high) / 2
      if Int(words[middle].end) <= offset { low = middle + 1 } else { high = middle }
    }
    return low < words.count && Int(words[low].start) <= offset ? low : nil
  }
}
