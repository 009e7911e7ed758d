/// The stored form of a decision record. Byte 0 is the version of the form; then the properties in a fixed
/// order. Version 2 has what phases other than `route` did behind those of version 1; a record without any of it is
/// written as version 1. Version 3 has what made the rules run behind those of version 2; version 4 has the same, which
/// may be missing there, and behind it what each match counted. Numbers are base-128, low bits first; texts and lists begin
/// with their count; what may be missing begins with 0 or 1.
extension DecisionRecord {
  private static let plainVersion: UInt8 = 1
  private static let phasesVersion: UInt8 = 2
  private static let causeVersion: UInt8 = 3
  private static let pointsVersion: UInt8 = 4

  private var formVersion: UInt8 {
    if matches.contains(where: { $0.points != nil }) { return Self.pointsVersion }
    if cause != nil { return Self.causeVersion }
    return fired.isEmpty && notes.isEmpty && cost == 0 && !isOverBudget && element != .stays
      ? Self.plainVersion : Self.phasesVersion
  }

  package func encode() -> [UInt8] {
    var out = RecordWriter()
    out.byte(formVersion)
    out.text(ruleSet)
    out.number(version)
    out.bytes(hash)
    out.byte(phase.code)
    out.optional(queue) { $0.text($1) }
    switch element {
    case .rule(let name, let line):
      out.byte(1)
      out.text(name)
      out.number(line)
    case .keywords(let line):
      out.byte(2)
      out.number(line)
    case .otherwise(let line):
      out.byte(3)
      out.number(line)
    case .nothing:
      out.byte(4)
    case .stays:
      out.byte(5)
    }
    out.optional(because) { $0.text($1) }
    out.list(matches) {
      $0.text($1.pattern)
      $0.byte($1.field.rawValue)
      $0.optional($1.word) { $0.number($1) }
      $0.optional($1.offset) { $0.number($1) }
    }
    out.optional(scores) {
      $0.score($1.best)
      $0.optional($1.runnerUp) { $0.score($1) }
      $0.number($1.margin)
    }
    out.list(skipped) {
      $0.text($1.queue)
      $0.number($1.line)
      $0.byte($1.state.rawValue)
    }
    guard formVersion != Self.plainVersion else { return out.out }
    out.list(fired) {
      $0.byte($1.phase.code)
      $0.text($1.rule)
      $0.number($1.line)
      $0.list($1.actions) { $0.text($1) }
    }
    out.list(notes) { $0.text($1) }
    out.number(cost)
    out.byte(isOverBudget ? 1 : 0)
    if formVersion == Self.pointsVersion {
      out.optional(cause) { $0.cause($1) }
      out.list(matches) { $0.optional($1.points) { $0.number($1) } }
    } else if let cause {
      out.cause(cause)
    }
    return out.out
  }

  /// Nil for anything that `encode` does not write, and for more than `RuleLimits.recordBytes`.
  package init?(decoding bytes: [UInt8]) {
    guard bytes.count <= RuleLimits.recordBytes else { return nil }
    var input = RecordReader(bytes)
    do {
      let form = try input.byte()
      guard (Self.plainVersion...Self.pointsVersion).contains(form) else { return nil }
      self.init(ruleSet: try input.text(), version: try input.number(), hash: try input.bytes())
      phase = try Phase.Kind(code: input.byte()).orMalformed()
      queue = try input.optional { try $0.text() }
      element = try Self.element(&input)
      because = try input.optional { try $0.text() }
      matches = try input.list {
        Match(
          pattern: try $0.text(), field: try Field(rawValue: $0.byte()).orMalformed(),
          word: try $0.optional { try $0.number() }, offset: try $0.optional { try $0.number() })
      }
      scores = try input.optional {
        Scores(best: try $0.score(), runnerUp: try $0.optional { try $0.score() }, margin: try $0.number())
      }
      skipped = try input.list {
        Skipped(
          queue: try $0.text(), line: try $0.number(), state: try Skipped.State(rawValue: $0.byte()).orMalformed())
      }
      if form != Self.plainVersion { try readPhases(&input) }
      if form == Self.causeVersion { cause = try input.cause() }
      if form == Self.pointsVersion {
        cause = try input.optional { try $0.cause() }
        let points = try input.list { try $0.optional { try $0.number() } }
        guard points.count == matches.count else { return nil }
        for (place, points) in points.enumerated() { matches[place].points = points }
      }
      // One form for each record.
      guard formVersion == form else { return nil }
    } catch {
      return nil
    }
    guard input.isAtEnd else { return nil }
  }

  private mutating func readPhases(_ input: inout RecordReader) throws {
    fired = try input.list {
      Fired(
        phase: try Phase.Kind(code: $0.byte()).orMalformed(), rule: try $0.text(), line: try $0.number(),
        actions: try $0.list { try $0.text() })
    }
    notes = try input.list { try $0.text() }
    cost = try input.number()
    switch try input.byte() {
    case 0: isOverBudget = false
    case 1: isOverBudget = true
    default: throw RecordReader.Malformed()
    }
  }

  private static func element(_ input: inout RecordReader) throws(RecordReader.Malformed) -> Element {
    switch try input.byte() {
    case 1: .rule(name: try input.text(), line: try input.number())
    case 2: .keywords(line: try input.number())
    case 3: .otherwise(line: try input.number())
    case 4: .nothing
    case 5: .stays
    default: throw RecordReader.Malformed()
    }
  }
}

extension Phase.Kind {
  /// Stored; never change or reuse one.
  fileprivate var code: UInt8 {
    switch self {
    case .classify: 1
    case .route: 2
    case .assign: 3
    case .notify: 4
    case .escalate: 5
    }
  }

  fileprivate init?(code: UInt8) {
    guard let kind = Self.allCases.first(where: { $0.code == code }) else { return nil }
    self = kind
  }
}

extension RecordWriter {
  fileprivate mutating func score(_ score: DecisionRecord.Score) {
    text(score.queue)
    number(score.score)
  }

  fileprivate mutating func cause(_ cause: DecisionRecord.Cause) {
    number(Int(cause.chain.value))
    number(cause.depth)
  }
}

extension RecordReader {
  fileprivate mutating func score() throws(Malformed) -> DecisionRecord.Score {
    DecisionRecord.Score(queue: try text(), score: try number())
  }

  fileprivate mutating func cause() throws(Malformed) -> DecisionRecord.Cause {
    DecisionRecord.Cause(chain: Revision(Int64(try number())), depth: try number())
  }
}

extension Optional {
  fileprivate func orMalformed() throws(RecordReader.Malformed) -> Wrapped {
    guard let self else { throw RecordReader.Malformed() }
    return self
  }
}
