/// Elements filed under bounds of a field's value, those of one direction in the order of their bounds. A ticket's value
/// keeps all bounds up to one place among them, which is searched by halves.
struct RangePostings: Sendable {
  private struct Line: Sendable {
    let field: Field
    let isLeast: Bool
    /// From the one that is kept most easily.
    var bounds: [Int64] = []
    var elements: [Int32] = []
  }

  private var lines: [Line] = []

  init(_ entries: [(range: AccessRange, element: Int32)]) {
    let sorted = entries.sorted { left, right in
      left.range.isLeast ? left.range.bound < right.range.bound : left.range.bound > right.range.bound
    }
    for field in Field.allCases {
      for isLeast in [true, false] {
        var line = Line(field: field, isLeast: isLeast)
        for (range, element) in sorted where range.field == field && range.isLeast == isLeast {
          line.bounds.append(range.bound)
          line.elements.append(element)
        }
        if !line.bounds.isEmpty { lines.append(line) }
      }
    }
  }

  func collect(_ facts: RoutingFacts, into candidates: inout ElementSet) {
    for line in lines {
      guard let value = facts.ordinal(of: line.field) else { continue }
      var (low, high) = (0, line.bounds.count)
      while low < high {
        let middle = (low + high) / 2
        let isKept = line.isLeast ? line.bounds[middle] <= value : line.bounds[middle] >= value
        if isKept { low = middle + 1 } else { high = middle }
      }
      candidates.insert(line.elements[..<low])
    }
  }
}
