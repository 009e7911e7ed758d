/// A tenant's form for the names of its queues of a kind: `ACCESS-<TRACK>-<Purpose>`.
///
/// `<WORD>` stands for one or more letters or digits; everything else stands for itself. No other characters have a
/// meaning, so an admin cannot write a pattern that is dear to match.
package struct NamePattern: Equatable, Sendable {
  private enum Part: Equatable {
    case literal([UInt8])
    /// Holds what stands between `<` and `>`.
    case word([UInt8])

    var isWord: Bool { if case .word = self { true } else { false } }
  }

  package let text: String
  private let parts: [Part]

  /// Nil when a `<` has no `>`, or two words follow each other without anything between them.
  package init?(_ text: String) {
    var parts: [Part] = []
    var literal: [UInt8] = []
    var bytes = text.utf8[...]
    while let byte = bytes.popFirst() {
      guard byte == UInt8(ascii: "<") else {
        literal.append(byte)
        continue
      }
      guard let end = bytes.firstIndex(of: UInt8(ascii: ">")) else { return nil }
      if literal.isEmpty, parts.last?.isWord == true { return nil }
      if !literal.isEmpty { parts.append(.literal(literal)) }
      literal = []
      parts.append(.word(Array(bytes[..<end])))
      bytes = bytes[bytes.index(after: end)...]
    }
    if !literal.isEmpty { parts.append(.literal(literal)) }
    self.text = text
    self.parts = parts
  }

  /// A name that fits: each word stands for itself, as far as it is of letters and digits.
  package var example: String {
    let bytes = parts.flatMap { part -> [UInt8] in
      switch part {
      case .literal(let literal): return literal
      case .word(let word):
        let letters = word.filter(FieldCheck.isLetterOrDigit)
        return letters.isEmpty ? [UInt8(ascii: "X")] : letters
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// Looks at each byte once for each part, whatever the pattern: an admin of one tenant cannot hold up the others.
  /// False for names that are too long.
  package func matches(_ name: String) -> Bool {
    guard !parts.isEmpty else { return true }
    let bytes = Array(name.utf8)
    guard bytes.count <= Limits.nameLength else { return false }
    // Where the parts so far may end.
    var ends: Set<Int> = [0]
    for part in parts {
      var next: Set<Int> = []
      switch part {
      case .literal(let literal):
        for start in ends where bytes[start...].starts(with: literal) { next.insert(start + literal.count) }
      case .word:
        var isInWord = false
        for (place, byte) in bytes.enumerated() {
          isInWord = (isInWord || ends.contains(place)) && FieldCheck.isLetterOrDigit(byte)
          if isInWord { next.insert(place + 1) }
        }
      }
      ends = next
    }
    return ends.contains(bytes.count)
  }
}
