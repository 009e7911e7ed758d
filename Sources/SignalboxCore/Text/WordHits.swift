/// Which patterns stand in which fields of one ticket; of each pair the first place only, so there are
/// never more hits than patterns times fields, however long the ticket is.
struct WordHits {
  struct Hit {
    let pattern: Int32
    /// The index of the first word.
    let word: Int32
    let field: Field
  }

  private(set) var hits: [Hit] = []
  /// For each pattern the `Field.wordBit`s of the fields it stands in.
  private var fields: [UInt8]

  init(patternCount: Int) { fields = [UInt8](repeating: 0, count: patternCount) }

  @inline(__always)
  mutating func insert(_ pattern: Int32, field: Field, word: Int) {
    let bit = field.wordBits
    guard fields[Int(pattern)] & bit == 0 else { return }
    fields[Int(pattern)] |= bit
    hits.append(Hit(pattern: pattern, word: Int32(truncatingIfNeeded: word), field: field))
  }

  /// For `text` it is enough that the pattern stands in the subject or in the body.
  @inline(__always)
  func contains(_ pattern: Int32, in field: Field) -> Bool { fields[Int(pattern)] & field.wordBits != 0 }

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
