/// `keywords of queues`: how well the keywords that queues registered fit a ticket.
///
/// All in whole numbers that a person can add up: a keyword counts `unit` for each of its words, divided by
/// the number of queues that have it; in the subject `subjectFactor` times that. It counts once for the
/// subject and once for the body, however often it stands there. A queue's score is the sum.
package struct KeywordScoring: Sendable {
  /// One plain word of one queue, in the body.
  package static let unit = 100
  package static let subjectFactor = 3
  /// How far ahead of the next the best queue must be, unless the rule file says otherwise.
  package static let defaultMargin = 100

  struct Standing {
    let queue: Int
    let score: Int
  }

  struct Result {
    var best: Standing?
    var runnerUp: Standing?
    /// The best of the queues that take no tickets, if it is ahead of all that do.
    var barred: Standing?
  }

  /// Sorted by name, so that equal input in another order decides alike.
  let queues: [String]
  let ignored: [QueueKeywords]
  /// For each pattern the queues that have it, and what it counts for one of them in the body.
  private var owners = NumberSets()
  private var ownerSets: [Int32]
  private var weights: [Int]

  init(_ keywords: [QueueKeywords], _ words: inout WordAutomaton) {
    queues = Set(keywords.map(\.queue)).sorted()
    let numbers = Dictionary(uniqueKeysWithValues: queues.enumerated().map { ($1, Int32(truncatingIfNeeded: $0)) })
    var ownersOf: [Int32: Set<Int32>] = [:]
    var ignored: [QueueKeywords] = []
    var wordCounts: [Int32: Int] = [:]
    for entry in keywords {
      var unfit: [String] = []
      for keyword in entry.keywords {
        guard let pattern = Self.pattern(of: keyword, in: &words), let queue = numbers[entry.queue] else {
          unfit.append(keyword)
          continue
        }
        ownersOf[pattern, default: []].insert(queue)
        wordCounts[pattern] = WordAutomaton.wordCount(keyword)
      }
      if !unfit.isEmpty { ignored.append(QueueKeywords(queue: entry.queue, keywords: unfit)) }
    }
    self.ignored = ignored
    ownerSets = [Int32](repeating: -1, count: words.patternCount)
    weights = [Int](repeating: 0, count: words.patternCount)
    for (pattern, queues) in ownersOf {
      ownerSets[Int(pattern)] = owners.append(queues)
      weights[Int(pattern)] = max(1, Self.unit * (wordCounts[pattern] ?? 1) / queues.count)
    }
  }

  /// The number of the keyword among the patterns; nil for one that can never match.
  static func pattern(of keyword: String, in words: inout WordAutomaton) -> Int32? {
    keyword.utf8.count <= RuleLimits.patternBytes ? words.add(keyword) : nil
  }

  /// What the keyword counts in this field; 0 if it is no keyword, or counts nothing there.
  func points(_ hit: WordHits.Hit) -> Int {
    // Rules after this element may have brought further patterns.
    guard Int(hit.pattern) < weights.count else { return 0 }
    switch hit.field {
    case .subject: return weights[Int(hit.pattern)] * Self.subjectFactor
    case .body: return weights[Int(hit.pattern)]
    default: return 0
    }
  }

  func isKeyword(_ pattern: Int32, of queue: Int) -> Bool {
    guard Int(pattern) < ownerSets.count, ownerSets[Int(pattern)] >= 0 else { return false }
    return owners[ownerSets[Int(pattern)]].containsSorted(Int32(truncatingIfNeeded: queue))
  }

  /// Queues that are not active never win. Costs the hits, not the queues.
  func rank(_ hits: WordHits, _ directory: QueueDirectory, _ scores: inout KeywordScores) -> Result {
    scores.start(queues.count)
    for hit in hits.hits {
      let points = points(hit)
      guard points > 0 else { continue }
      for queue in owners[ownerSets[Int(hit.pattern)]] { scores.add(points, to: queue) }
    }
    var result = Result()
    for (queue, score) in scores.finish() {
      let standing = Standing(queue: queue, score: score)
      guard directory[queues[queue]] == .active else {
        if score > result.barred?.score ?? 0 { result.barred = standing }
        continue
      }
      if score > result.best?.score ?? 0 {
        result.runnerUp = result.best
        result.best = standing
      } else if score > result.runnerUp?.score ?? 0 {
        result.runnerUp = standing
      }
    }
    if let barred = result.barred, barred.score <= result.best?.score ?? 0 { result.barred = nil }
    return result
  }
}

/// Points of queues for one ticket, in memory that is used again.
struct KeywordScores {
  /// All 0 between tickets.
  private var points: [Int] = []
  private var touched: [Int32] = []

  fileprivate mutating func start(_ count: Int) {
    if points.count < count { points += repeatElement(0, count: count - points.count) }
  }

  fileprivate mutating func add(_ more: Int, to queue: Int32) {
    if points[Int(queue)] == 0 { touched.append(queue) }
    points[Int(queue)] += more
  }

  /// Those that have any, in the order of the queues; nobody has any afterwards.
  fileprivate mutating func finish() -> [(queue: Int, score: Int)] {
    guard !touched.isEmpty else { return [] }
    touched.sort()
    let standings = touched.map { (queue: Int($0), score: points[Int($0)]) }
    for queue in touched { points[Int(queue)] = 0 }
    touched.removeAll(keepingCapacity: true)
    return standings
  }
}
