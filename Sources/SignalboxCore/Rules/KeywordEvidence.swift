/// What keywords would have done to past tickets, beside those that other queues have. Tickets are given one by one;
/// they are matched like `keywords of queues` matches, with the same patterns over the same folded words.
package struct KeywordEvidence: Sendable {
  /// One keyword against another queue that has it as well.
  package struct Overlap: Equatable, Sendable {
    package var queue: String
    /// Tickets that the keyword and some keyword of the other queue stand in.
    package var both = 0
    /// Tickets that one of them stands in.
    package var either = 0
  }

  package struct Finding: Equatable, Sendable {
    package var keyword: String
    /// False if it can never stand anywhere: no letter or digit, or too many words.
    package var isUsable: Bool
    /// Tickets it stands in.
    package var matched = 0
    package var overlaps: [Overlap] = []
  }

  private struct Other {
    let queue: String
    /// Ascending.
    let patterns: [Int32]
  }

  private var words = WordAutomaton()
  /// In the order of the wish; nil for what is unusable.
  private let patterns: [Int32?]
  /// Those that share a keyword with the wish.
  private let others: [Other]
  private(set) package var findings: [Finding]
  private(set) package var ticketCount = 0

  package init(_ keywords: [String], beside others: [QueueKeywords]) {
    var words = WordAutomaton()
    let patterns = keywords.map { KeywordScoring.pattern(of: $0, in: &words) }
    let wished = Set(patterns.compactMap(\.self))
    self.others = others.sorted { $0.queue < $1.queue }.compactMap { other in
      let found = Set(other.keywords.compactMap { KeywordScoring.pattern(of: $0, in: &words) })
      return found.isDisjoint(with: wished) ? nil : Other(queue: other.queue, patterns: found.sorted())
    }
    self.words = words
    self.patterns = patterns
    let sharing = self.others
    findings = zip(keywords, patterns).map { keyword, pattern in
      Finding(
        keyword: keyword, isUsable: pattern != nil,
        overlaps: sharing.filter { other in pattern.map(other.patterns[...].containsSorted) ?? false }
          .map { Overlap(queue: $0.queue) })
    }
  }

  /// Looks at one past ticket.
  package mutating func count(subject: String, body: String) {
    ticketCount += 1
    var hits = WordHits()
    words.scan(FoldedText(subject), field: .subject, into: &hits)
    words.scan(FoldedText(body), field: .body, into: &hits)
    guard !hits.hits.isEmpty else { return }
    let hitQueues = Set(others.filter { hits.containsAny(of: $0.patterns[...], in: .text) }.map(\.queue))
    for (place, pattern) in patterns.enumerated() {
      guard let pattern else { continue }
      let isHit = hits.contains(pattern, in: .text)
      if isHit { findings[place].matched += 1 }
      for index in findings[place].overlaps.indices {
        let isOther = hitQueues.contains(findings[place].overlaps[index].queue)
        if isHit, isOther { findings[place].overlaps[index].both += 1 }
        if isHit || isOther { findings[place].overlaps[index].either += 1 }
      }
    }
  }
}
