/// Finds the word that was probably meant.
package enum Suggestion {
  private static let longest = 64

  /// The nearest candidate, the first of equals; nil if none is near: at most a third of the letters, and
  /// no more than two of them, missing, added, wrong or swapped. Case differences cost nothing.
  package static func nearest<Candidates: Sequence<String>>(to word: String, in candidates: Candidates) -> String? {
    let wanted = Array(word.lowercased().unicodeScalars)
    guard wanted.count <= longest else { return nil }
    var best: (candidate: String, distance: Int)?
    for candidate in candidates {
      let letters = Array(candidate.lowercased().unicodeScalars)
      let allowed = min(2, max(wanted.count, letters.count) / 3, (best?.distance ?? .max) - 1)
      guard allowed >= 0, letters.count <= longest, abs(letters.count - wanted.count) <= allowed else { continue }
      let distance = distance(wanted, letters)
      if distance <= allowed { best = (candidate, distance) }
    }
    return best?.candidate
  }

  /// Optimal string alignment: insert, delete, replace, swap neighbours.
  private static func distance(_ a: [Unicode.Scalar], _ b: [Unicode.Scalar]) -> Int {
    var beforeLast = [Int](repeating: 0, count: b.count + 1)
    var last = Array(0...b.count)
    for i in a.indices {
      var row = [i + 1] + [Int](repeating: 0, count: b.count)
      for j in b.indices {
        row[j + 1] = min(last[j + 1] + 1, row[j] + 1, last[j] + (a[i] == b[j] ? 0 : 1))
        if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] { row[j + 1] = min(row[j + 1], beforeLast[j - 1] + 1) }
      }
      (beforeLast, last) = (last, row)
    }
    return last[b.count]
  }
}
