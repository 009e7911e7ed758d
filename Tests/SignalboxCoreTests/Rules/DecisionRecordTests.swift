@testable import SignalboxCore
import Testing

@Suite struct DecisionRecordTests {
  static func random(_ random: inout RuleRandom) -> DecisionRecord {
    func text() -> String { random.pick(["", "Delta", "é日本", "a\u{0}b", String(repeating: "x", count: 300)]) }
    func number() -> Int { random.pick([0, 1, 127, 128, 300, 1 << 20, Int(Int32.max), 1 << 62]) }
    func list<Value>(_ make: () -> Value) -> [Value] { (0..<Int.random(in: 0...3, using: &random)).map { _ in make() } }
    func maybe<Value>(_ make: @autoclosure () -> Value) -> Value? { random.chance(50) ? make() : nil }
    func score() -> DecisionRecord.Score { .init(queue: text(), score: number()) }
    var record = DecisionRecord(
      ruleSet: text(), version: number(), hash: list { UInt8.random(in: 0...255, using: &random) })
    record.phase = random.pick(Phase.Kind.allCases)
    record.queue = maybe(text())
    record.element = random.pick([
      .rule(name: text(), line: number()), .keywords(line: number()), .otherwise(line: number()), .nothing, .stays,
    ])
    record.because = maybe(text())
    let hasPoints = random.chance(30)
    record.matches = list {
      .init(
        pattern: text(), field: random.pick(Field.allCases), word: maybe(number()), offset: maybe(number()),
        points: hasPoints ? maybe(number()) : nil)
    }
    record.scores = maybe(.init(best: score(), runnerUp: maybe(score()), margin: number()))
    record.skipped = list {
      .init(queue: text(), line: number(), state: random.pick([.retired, .unknown, .redirected]))
    }
    if random.chance(50) {
      record.fired = list {
        .init(phase: random.pick(Phase.Kind.allCases), rule: text(), line: number(), actions: list(text))
      }
      record.notes = list(text)
      record.cost = number()
      record.isOverBudget = random.chance(50)
    }
    record.cause = maybe(.init(chain: Revision(Int64(number())), depth: number()))
    return record
  }

  @Test func decodesWhatItEncodes() {
    let seed: UInt64 = 0x5EED_0006
    print("seed \(seed)")
    var random = RuleRandom(seed: seed)
    for round in 0..<2_000 {
      let record = Self.random(&random)
      #expect(DecisionRecord(decoding: record.encode()) == record, "round \(round)")
    }
  }

  @Test func truncatedAtAnyByteItIsNothing() {
    let seed: UInt64 = 0x5EED_0007
    print("seed \(seed)")
    var random = RuleRandom(seed: seed)
    for _ in 0..<20 {
      let bytes = Self.random(&random).encode()
      for count in bytes.indices {
        #expect(DecisionRecord(decoding: Array(bytes[..<count])) == nil, "\(count) of \(bytes.count)")
      }
      #expect(DecisionRecord(decoding: bytes + [0]) == nil)
    }
  }

  @Test func damagedBytesNeverTrapAndReadBackAsTheyAre() {
    let seed: UInt64 = 0x5EED_0008
    print("seed \(seed)")
    var random = RuleRandom(seed: seed)
    var read = 0
    for _ in 0..<20_000 {
      var bytes = Self.random(&random).encode()
      for _ in 0..<Int.random(in: 1...3, using: &random) {
        bytes[Int.random(in: bytes.indices, using: &random)] = random.pick([
          0, 1, 0x7F, 0x80, 0xFF, UInt8.random(in: 0...255, using: &random),
        ])
      }
      guard let record = DecisionRecord(decoding: bytes) else { continue }
      read += 1
      #expect(record.encode() == bytes, "one form for each record")
    }
    #expect(read > 100, "some damage is in a text and cannot be seen")
  }

  /// The stored form must not change by accident: old records have to be read for ever.
  @Test func theFormIsFixed() {
    var record = DecisionRecord(ruleSet: "ab", version: 300, hash: [9, 8])
    record.queue = "Q"
    record.element = .rule(name: "r", line: 7)
    record.because = "c"
    record.matches = [.init(pattern: "p", field: .body, word: 2, offset: nil)]
    record.scores = .init(best: .init(queue: "Q", score: 200), runnerUp: nil, margin: 100)
    record.skipped = [.init(queue: "S", line: 3, state: .retired)]
    let bytes: [UInt8] = [
      1, 2, 0x61, 0x62, 0xAC, 2, 2, 9, 8, 2, 1, 1, 0x51, 1, 1, 0x72, 7, 1, 1, 0x63, 1, 1, 0x70, 2, 1, 2, 0,
      1, 1, 0x51, 0xC8, 1, 0, 100, 1, 1, 0x53, 3, 1,
    ]
    #expect(record.encode() == bytes)
    #expect(DecisionRecord(decoding: bytes) == record)
    record.matches[0].points = 300
    let counted = [4] + bytes.dropFirst() + [0, 0, 0, 0, 0, 1, 1, 0xAC, 2]
    #expect(record.encode() == counted)
    #expect(DecisionRecord(decoding: counted) == record)
    let codes = Field.allCases.map { "\($0.rawValue) \($0.name)" }
    #expect(
      codes == [
        "1 subject", "2 body", "3 text", "4 category", "5 resource", "6 channel", "7 requester", "8 requester-domain",
        "9 organization", "10 tag", "11 priority", "12 type", "13 status", "14 queue", "15 previous-queue",
        "16 assignee", "17 queue-organization", "18 handoffs", "19 comments", "20 age", "21 idle",
        "22 time-in-queue", "23 due-in", "24 time", "25 weekday", "26 date", "27 event", "28 comment", "29 field",
      ])
  }

  /// Version 1 is what was stored before other phases left anything in records.
  @Test func theFormWithPhasesIsFixed() {
    var record = DecisionRecord(ruleSet: "", version: 1, hash: [])
    record.element = .stays
    #expect(record.encode() == [2, 0, 1, 0, 2, 0, 5, 0, 0, 0, 0, 0, 0, 0, 0])
    record.fired = [.init(phase: .assign, rule: "r", line: 7, actions: ["a"])]
    record.notes = ["n"]
    record.cost = 300
    record.isOverBudget = true
    let bytes: [UInt8] = [
      2, 0, 1, 0, 2, 0, 5, 0, 0, 0, 0, 1, 3, 1, 0x72, 7, 1, 1, 0x61, 1, 1, 0x6E, 0xAC, 2, 1,
    ]
    #expect(record.encode() == bytes)
    #expect(DecisionRecord(decoding: bytes) == record)
    // Version 2 without anything of its own, version 1 with something of version 2, no such phase, no such flag.
    let wrong: [[UInt8]] = [
      [2, 0, 1, 0, 2, 0, 4, 0, 0, 0, 0, 0, 0, 0, 0], [1, 0, 1, 0, 2, 0, 5, 0, 0, 0, 0],
      [2, 0, 1, 0, 2, 0, 5, 0, 0, 0, 0, 1, 9, 0, 7, 0, 0, 0, 0], [2, 0, 1, 0, 2, 0, 5, 0, 0, 0, 0, 0, 0, 0, 2],
    ]
    for bytes in wrong { #expect(DecisionRecord(decoding: bytes) == nil, "\(bytes)") }
  }

  static let malformed: [[UInt8]] = [
    [], [0], [2, 0], [1, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x7F],
    [1] + [UInt8](repeating: 0x80, count: 40),
    [1, 1, 0xFF, 0, 0, 2, 0, 4, 0, 0, 0, 0], [1, 0, 0, 0, 9, 0, 4, 0, 0, 0, 0], [1, 0, 0, 0, 2, 2, 4, 0, 0, 0, 0],
    [1, 0, 0, 0, 2, 0, 5, 0, 0, 0, 0], [1, 0, 0x80, 0, 0, 2, 0, 4, 0, 0, 0, 0],
    [1, 0, 0, 0, 2, 0, 4, 0, 0x80, 0x80, 1, 0, 0],
  ]

  @Test(arguments: malformed)
  func refusesOtherBytes(_ bytes: [UInt8]) {
    #expect(DecisionRecord(decoding: bytes) == nil)
    #expect(DecisionRecord(decoding: [1, 0, 0, 0, 2, 0, 4, 0, 0, 0, 0]) != nil, "what the rows were made from")
  }

  @Test func refusesMoreThanTheLimit() {
    var record = DecisionRecord(ruleSet: "", version: 1, hash: [])
    let empty = record.encode().count
    // The count of the text takes two more bytes than that of the empty one.
    record.ruleSet = String(repeating: "x", count: RuleLimits.recordBytes - empty - 2)
    #expect(record.encode().count == RuleLimits.recordBytes)
    #expect(DecisionRecord(decoding: record.encode()) == record)
    record.ruleSet += "x"
    #expect(DecisionRecord(decoding: record.encode()) == nil)
  }
}
