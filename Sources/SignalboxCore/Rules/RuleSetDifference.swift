/// One thing in which two rule sets differ. Comments and layout are none; neither are the name and the version of the set.
package struct RuleSetDifference: Equatable, Sendable {
  package enum Part: String, Sendable {
    case list, on, rule, keywords, otherwise, test
  }

  package enum Change: String, Sendable {
    case added, removed, changed
    /// Says the same, and stands elsewhere among the rules of a phase in which the first match wins.
    case moved
  }

  package var part: Part
  package var change: Change
  /// Of rules, `keywords` and `otherwise`: the phase that they are of now, or were of.
  package var phase: Phase.Kind?
  /// Of lists, rules and tests; the trigger of `on`.
  package var name: String
  /// Canonical texts without comments; nil where there is none.
  package var before: String?
  package var after: String?
}

extension RuleSet {
  /// In the order of the new set; what is gone comes last.
  package func differences(from old: RuleSet) -> [RuleSetDifference] {
    let (before, after) = (old.pieces, pieces)
    let was = Dictionary(before.map { ($0.key, $0) }, uniquingKeysWith: { first, _ in first })
    let now = Set(after.map(\.key))
    let moved = Self.moved(before.filter { now.contains($0.key) }, after.filter { was[$0.key] != nil })
    let changes = after.compactMap { piece -> RuleSetDifference? in
      guard let old = was[piece.key] else { return piece.difference(.added, before: nil, after: piece.text) }
      guard old.text == piece.text, old.phase == piece.phase else {
        return piece.difference(.changed, before: old.text, after: piece.text)
      }
      return moved.contains(piece.key) ? piece.difference(.moved, before: old.text, after: piece.text) : nil
    }
    return changes
      + before.filter { !now.contains($0.key) }.map { $0.difference(.removed, before: $0.text, after: nil) }
  }

  fileprivate struct Piece {
    struct Key: Hashable {
      var part: RuleSetDifference.Part
      var name: String
    }

    var key: Key
    var phase: Phase.Kind?
    var text: String

    func difference(_ change: RuleSetDifference.Change, before: String?, after: String?) -> RuleSetDifference {
      RuleSetDifference(
        part: key.part, change: change, phase: phase,
        name: [.keywords, .otherwise].contains(key.part) ? "" : key.name, before: before, after: after)
    }
  }

  private var pieces: [Piece] {
    items.flatMap { item -> [Piece] in
      switch item {
      case .list(let list):
        [Piece(key: .init(part: .list, name: list.name.value), text: Printer.bare { $0.print(list) })]
      case .on(let clause): [Piece(key: .init(part: .on, name: clause.trigger.rawValue), text: clause.text)]
      case .test(let test):
        [Piece(key: .init(part: .test, name: test.name.value), text: Printer.bare { $0.print(test) })]
      case .phase(let phase):
        phase.elements.map { element in
          Piece(
            key: phase.key(of: element), phase: phase.kind, text: Printer.bare { $0.print(element) })
        }
      }
    }
  }

  /// Which of the rules, `keywords` and `otherwise` that both have must have been put elsewhere: all but the most that are
  /// in the same order in both. Only of phases in which order counts.
  private static func moved(_ before: [Piece], _ after: [Piece]) -> Set<Piece.Key> {
    let places = Dictionary(
      before.enumerated().map { ($0.element.key, $0.offset) }, uniquingKeysWith: { first, _ in first })
    var moved: Set<Piece.Key> = []
    for phase in Phase.Kind.allCases where phase.mode == .first {
      let pieces = after.filter { $0.phase == phase }
      let kept = longestRise(pieces.map { places[$0.key] ?? 0 })
      for (index, piece) in pieces.enumerated() where !kept.contains(index) { moved.insert(piece.key) }
    }
    return moved
  }

  /// Indices of a longest rising part of the numbers, all of them different.
  private static func longestRise(_ numbers: [Int]) -> Set<Int> {
    // The index of the lowest number that ends a rise of each length, and what came before each number in its rise.
    var ends: [Int] = []
    var previous: [Int?] = []
    for (index, number) in numbers.enumerated() {
      var (low, high) = (0, ends.count)
      while low < high {
        let middle = (low + high) / 2
        if numbers[ends[middle]] < number { low = middle + 1 } else { high = middle }
      }
      previous.append(low > 0 ? ends[low - 1] : nil)
      if low < ends.count { ends[low] = index } else { ends.append(index) }
    }
    var rise: Set<Int> = []
    var next = ends.last
    while let index = next {
      rise.insert(index)
      next = previous[index]
    }
    return rise
  }
}

extension Phase {
  fileprivate func key(of element: Element) -> RuleSet.Piece.Key {
    switch element {
    case .rule(let rule): .init(part: .rule, name: rule.name.value)
    case .keywords: .init(part: .keywords, name: kind.rawValue)
    case .otherwise: .init(part: .otherwise, name: kind.rawValue)
    }
  }
}
