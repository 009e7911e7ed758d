/// A tenant's form for the names of its awardee queues: `ACCESS-<TRACK>-<Purpose>`.
///
/// `<WORD>` stands for one or more letters or digits; everything else stands for itself. No other characters have a
/// meaning, so an admin cannot write a pattern that is dear to match.
package struct NamePattern: Equatable, Sendable {
  private enum Part: Equatable {
    case literal([UInt8])
    case word
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
      if literal.isEmpty, parts.last == .word { return nil }
      if !literal.isEmpty { parts.append(.literal(literal)) }
      literal = []
      parts.append(.word)
      bytes = bytes[bytes.index(after: end)...]
    }
    if !literal.isEmpty { parts.append(.literal(literal)) }
    self.text = text
    self.parts = parts
  }

  package func matches(_ name: String) -> Bool {
    guard !parts.isEmpty else { return true }
    return matches(Array(name.utf8)[...], parts[...])
  }

  private func matches(_ name: ArraySlice<UInt8>, _ parts: ArraySlice<Part>) -> Bool {
    guard let part = parts.first else { return name.isEmpty }
    let rest = parts.dropFirst()
    switch part {
    case .literal(let literal):
      return name.starts(with: literal) && matches(name.dropFirst(literal.count), rest)
    case .word:
      // A word ends where a literal begins that no letter or digit can be part of, or a literal of letters cuts it:
      // try each length. Names are at most 64 bytes.
      var length = 0
      for byte in name {
        guard FieldCheck.isLetterOrDigit(byte) else { break }
        length += 1
        if matches(name.dropFirst(length), rest) { return true }
      }
      return false
    }
  }
}
