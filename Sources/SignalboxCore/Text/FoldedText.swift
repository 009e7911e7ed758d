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
  /// The text that was given, if it is long.
  private var source: String?

  static let empty = FoldedText()

  init() {}

  init(_ text: String) { fold(text) }

  /// Becomes the folded form of another text, in the memory it has already. Nothing is done if it is the long text that
  /// was given last: a ticket's body stays while its phases run, and while one rule set after another looks at it.
  mutating func fold(_ text: String) {
    if let source, source.isInSameMemory(as: text) { return }
    source = text.utf8.count < Self.longText ? nil : text
    var text = text
    text.withUTF8 { source in
      // A scalar that the limit cuts in two is dropped by the folder.
      let source = UnsafeBufferPointer(rebasing: source.prefix(RuleLimits.factBytes))
      let keepsMemory = words.capacity <= Self.keptWords
      bytes.removeAll(keepingCapacity: keepsMemory)
      words.removeAll(keepingCapacity: keepsMemory)
      isASCII = foldASCII(source)
      guard !isASCII else { return }
      var folder = TextFolder(capacity: source.count)
      folder.fold(source)
      bytes = folder.bytes
      words = folder.words
    }
  }

  /// Forgets the text and keeps the memory.
  mutating func clear() {
    source = nil
    guard !bytes.isEmpty else { return }
    bytes.removeAll(keepingCapacity: true)
    words.removeAll(keepingCapacity: true)
    isASCII = true
  }

  /// Bytes from which on to fold a text costs more than to see that it is the same.
  private static let longText = 128

  /// Room for more words than this is given back, so that one long text does not hold memory for good.
  private static let keptWords = 16_384

  /// False, and nothing folded, if there is anything else than ASCII in it.
  private mutating func foldASCII(_ source: UnsafeBufferPointer<UInt8>) -> Bool {
    var cut: Int?
    bytes.append(addingCapacity: source.count) { target in
      target.withUnsafeMutableBufferPointer { target, byteCount in
        words.append(addingCapacity: source.count / 2 + 1) { words in
          words.withUnsafeMutableBufferPointer { words, wordCount in
            cut = ASCIIFolding.fold(source, into: target, words: words)
            byteCount = cut == nil ? 0 : source.count
            wordCount = cut ?? 0
          }
        }
      }
    }
    return cut != nil
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

extension String {
  /// Whether both are one text, without looking at it. That they are equal would not do where places in them count:
  /// equal texts may differ in their bytes.
  fileprivate func isInSameMemory(as other: String) -> Bool {
    let isSame = utf8.withContiguousStorageIfAvailable { bytes in
      other.utf8.withContiguousStorageIfAvailable { $0.baseAddress == bytes.baseAddress && $0.count == bytes.count }
    }
    return isSame == true
  }
}
