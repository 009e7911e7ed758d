/// Elements filed under bounds of a field's value, those of one direction in the order of their bounds. A ticket's value
/// keeps all bounds up to one place among them, which is searched by halves.
struct RangePostings: Sendable {
  private struct Line: Sendable {
    let field: Field
    let isLeast: Bool
    /// From the one that is kept most easily.
    let bounds: [Int64]
    let elements: [Int32]
  }

  private var lines: [Line] = []

  init(_ entries: [(range: AccessRange, element: Int32)]) {
    for field in Field.allCases {
      for isLeast in [true, false] {
        // Each line by itself: its direction is the order of its bounds.
        let own = entries.filter { $0.range.field == field && $0.range.isLeast == isLeast }
          .sorted { isLeast ? $0.range.bound < $1.range.bound : $0.range.bound > $1.range.bound }
        guard !own.isEmpty else { continue }
        lines.append(Line(field: field, isLeast: isLeast, bounds: own.map(\.range.bound), elements: own.map(\.element)))
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
