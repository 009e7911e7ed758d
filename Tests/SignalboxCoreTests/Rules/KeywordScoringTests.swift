@testable import SignalboxCore
import Testing

@Suite struct KeywordScoringTests {
  private static func file(_ element: String) -> String {
    """
    ruleset "t" version 1
    phase route first {
      rule vip { when body any word of ["special"] then queue "Jetstream-2" }
      \(element)
      rule late { when body any word of ["lateword"] then queue "Jetstream-2" }
      otherwise { queue "ACCESS-Triage" }
    }
    """
  }

  private static let keywords = [
    QueueKeywords(queue: "Delta", keywords: ["delta", "gpu", "shared", "Data Transfer Node", "delta"]),
    QueueKeywords(queue: "Globus", keywords: ["globus", "transfer", "shared"]),
    QueueKeywords(queue: "Stampede", keywords: ["stampede", "---", "shared"]),
  ]

  struct Row: Sendable {
    let subject: String
    let body: String
    /// Nil: falls through to `otherwise`.
    let queue: String?
    /// "queue score" of the best and of the runner-up.
    let scores: [String]
    var margin = 100
  }

  static let rows = [
    Row(subject: "", body: "nothing here", queue: nil, scores: []),
    Row(subject: "", body: "globus", queue: "Globus", scores: ["Globus 100"]),
    Row(subject: "", body: "globus globus GLOBUS", queue: "Globus", scores: ["Globus 100"]),
    Row(subject: "globus", body: "", queue: "Globus", scores: ["Globus 300"]),
    Row(subject: "globus", body: "globus", queue: "Globus", scores: ["Globus 400"]),
    Row(subject: "", body: "shared", queue: nil, scores: ["Delta 33", "Globus 33"]),
    Row(subject: "shared", body: "gpu", queue: "Delta", scores: ["Delta 199", "Globus 99"]),
    Row(subject: "", body: "delta globus", queue: nil, scores: ["Delta 100", "Globus 100"]),
    Row(subject: "", body: "delta gpu globus", queue: "Delta", scores: ["Delta 200", "Globus 100"]),
    Row(subject: "", body: "delta gpu globus", queue: nil, scores: ["Delta 200", "Globus 100"], margin: 101),
    Row(subject: "", body: "data-transfer node", queue: "Delta", scores: ["Delta 300", "Globus 100"]),
    Row(subject: "", body: "shared globus", queue: "Globus", scores: ["Globus 133", "Delta 33"]),
    Row(subject: "", body: "shared globus", queue: nil, scores: ["Globus 133", "Delta 33"], margin: 101),
    Row(subject: "shared", body: "shared", queue: nil, scores: ["Delta 132", "Globus 132"], margin: 1),
    Row(subject: "", body: "globus special", queue: "Jetstream-2", scores: []),
    Row(subject: "", body: "lateword", queue: "Jetstream-2", scores: []),
  ]

  @Test(arguments: rows.indices)
  func scores(_ index: Int) throws {
    let row = Self.rows[index]
    let margin = row.margin == KeywordScoring.defaultMargin ? "" : " margin \(row.margin)"
    let compiled = try RuleFixture.compile(Self.file("keywords of queues\(margin)"), keywords: Self.keywords)
    let record = compiled.route(
      RoutingFacts(subject: row.subject, body: row.body, channel: "email"), queues: RuleFixture.queues)
    #expect(record.queue == row.queue ?? "ACCESS-Triage")
    let scores = record.scores.map { [$0.best] + ($0.runnerUp.map { [$0] } ?? []) } ?? []
    #expect(scores.map { "\($0.queue) \($0.score)" } == row.scores)
    if let scores = record.scores { #expect(scores.margin == row.margin) }
  }

  @Test func recordsTheWinnersKeywordsAndWhereTheyStand() throws {
    let compiled = try RuleFixture.compile(Self.file("keywords of queues"), keywords: Self.keywords)
    let record = compiled.route(
      RoutingFacts(subject: "GPU?", body: "Über globus: my shared data transfer node", channel: "email"),
      queues: RuleFixture.queues)
    #expect(record.element == .keywords(line: 4))
    #expect(
      record.matches == [
        .init(pattern: "gpu", field: .subject, word: 0, offset: 0, points: 300),
        .init(pattern: "shared", field: .body, word: 3, offset: 17, points: 33),
        .init(pattern: "Data Transfer Node", field: .body, word: 4, offset: 24, points: 300),
      ])
  }

  @Test func aRetiredQueueNeverWinsButIsNoted() throws {
    let compiled = try RuleFixture.compile(Self.file("keywords of queues"), keywords: Self.keywords)
    let facts = RoutingFacts(subject: "stampede", body: "globus", channel: "email")
    let record = compiled.route(facts, queues: RuleFixture.queues)
    #expect(record.queue == "Globus")
    #expect(record.skipped == [DecisionRecord.Skipped(queue: "Stampede", line: 4, state: .retired)])
    let revived = QueueDirectory(active: ["Delta", "Globus", "Stampede", "ACCESS-Triage"])
    #expect(compiled.route(facts, queues: revived).queue == "Stampede")
    #expect(compiled.route(facts, queues: revived).skipped == [])
  }

  @Test func aRetiredQueueBehindTheBestIsNotWorthANote() throws {
    let compiled = try RuleFixture.compile(Self.file("keywords of queues"), keywords: Self.keywords)
    let facts = RoutingFacts(subject: "globus", body: "stampede", channel: "email")
    #expect(compiled.route(facts, queues: RuleFixture.queues).skipped == [])
  }

  @Test func theOrderOfTheQueuesDoesNotMatter() throws {
    let facts = RoutingFacts(subject: "shared", body: "delta globus", channel: "email")
    let a = try RuleFixture.compile(Self.file("keywords of queues"), keywords: Self.keywords)
    let b = try RuleFixture.compile(Self.file("keywords of queues"), keywords: Self.keywords.reversed())
    #expect(a.route(facts, queues: RuleFixture.queues) == b.route(facts, queues: RuleFixture.queues))
  }

  @Test func namesKeywordsThatCanNeverMatch() throws {
    let long = String(repeating: "x", count: RuleLimits.patternBytes + 1)
    let keywords =
      Self.keywords + [QueueKeywords(queue: "Globus", keywords: ["ok", long, String(repeating: "w ", count: 17)])]
    let compiled = try RuleFixture.compile(Self.file("keywords of queues"), keywords: keywords)
    #expect(compiled.ignoredKeywords.map(\.queue) == ["Stampede", "Globus"])
    #expect(compiled.ignoredKeywords.map(\.keywords) == [["---"], [long, String(repeating: "w ", count: 17)]])
  }

  @Test func withoutTheElementKeywordsDoNothing() throws {
    let compiled = try RuleFixture.compile(Self.file(""), keywords: Self.keywords)
    let record = compiled.route(RoutingFacts(subject: "globus", body: "", channel: "email"), queues: RuleFixture.queues)
    #expect(record.element == .otherwise(line: 6))
    #expect(record.scores == nil)
  }
}
