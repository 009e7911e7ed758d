/// What one contender did in one round.
struct Sample: Encodable {
  /// Of what the row counts, a second.
  var rate: Double
  var p50Microseconds: Double
  var p99Microseconds: Double
  /// Processors' worth of time that the load generator used, so that one sees that it was not the bottleneck: it has
  /// one thread, so 1.0 means that it could not do more.
  var generatorCores: Double
  /// The same of the server; nil where there is none.
  var serverCores: Double?
  /// Server processor seconds for each thing counted.
  var serverSecondsEach: Double?

  init(
    rate: Double, latencies: Latencies, generator: ChildProcess.Outcome, serverSeconds: Double? = nil,
    total: Int? = nil
  ) {
    self.rate = rate
    p50Microseconds = latencies.percentile(50)
    p99Microseconds = latencies.percentile(99)
    generatorCores = generator.cpuSeconds / generator.wallSeconds
    serverCores = serverSeconds.map { $0 / generator.wallSeconds }
    if let serverSeconds, let total, total > 0 { serverSecondsEach = serverSeconds / Double(total) }
  }

  /// Of somebody who is measured in its own process, without a load generator.
  init(rate: Double, p50Microseconds: Double, p99Microseconds: Double) {
    self.rate = rate
    self.p50Microseconds = p50Microseconds
    self.p99Microseconds = p99Microseconds
    generatorCores = 0
  }
}

/// One line of the table: a contender in a measurement, over all rounds.
struct Row {
  /// A figure that is held against a target.
  struct Finding: Encodable {
    /// How it came about: `signalboxd / this`.
    var of: String
    var value: Double
    var unit: String
    var target: String?
    var isMet: Bool?
  }

  var measurement: String
  var contender: String
  var unit: String
  var rounds: [Sample]
  var findings: [Finding] = []

  var rate: Double { median(rounds.map(\.rate)) }
  var p50Microseconds: Double { median(rounds.map(\.p50Microseconds)) }
  var p99Microseconds: Double { median(rounds.map(\.p99Microseconds)) }
  var generatorCores: Double { median(rounds.map(\.generatorCores)) }
  var serverCores: Double? {
    let known = rounds.compactMap(\.serverCores)
    return known.isEmpty ? nil : median(known)
  }
}

extension Row: Encodable {
  private enum CodingKeys: String, CodingKey {
    case measurement, contender, unit, rate, p50Microseconds, p99Microseconds, generatorCores, serverCores
    case findings, rounds
  }

  /// Each round, and the medians that the table shows.
  func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(measurement, forKey: .measurement)
    try container.encode(contender, forKey: .contender)
    try container.encode(findings, forKey: .findings)
    guard !rounds.isEmpty else { return }
    try container.encode(unit, forKey: .unit)
    try container.encode(rate, forKey: .rate)
    try container.encode(p50Microseconds, forKey: .p50Microseconds)
    try container.encode(p99Microseconds, forKey: .p99Microseconds)
    try container.encode(generatorCores, forKey: .generatorCores)
    try container.encodeIfPresent(serverCores, forKey: .serverCores)
    try container.encode(rounds, forKey: .rounds)
  }
}

extension Row.Finding {
  init(_ of: String, _ value: Double, _ unit: String, atLeast target: Double? = nil) {
    self.init(of: of, value: value, unit: unit)
    guard let target else { return }
    self.target = ">= \(Text.short(target))\(unit)"
    isMet = value >= target
  }

  init(_ of: String, _ value: Double, _ unit: String, atMost target: Double) {
    self.init(of: of, value: value, unit: unit, target: "<= \(Text.short(target))\(unit)", isMet: value <= target)
  }
}

/// The middle one, or the mean of the middle two; 0 of nothing.
func median(_ values: [Double]) -> Double {
  guard !values.isEmpty else { return 0 }
  let sorted = values.sorted()
  let middle = sorted.count / 2
  return sorted.count % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2
}

/// The median over the rounds of what one did against another in the same round: noise that lasts longer than a round
/// hits both.
func ratio(_ above: [Sample], _ below: [Sample], of figure: (Sample) -> Double = \.rate) -> Double {
  median(zip(above, below).map { figure($0) / max(figure($1), .leastNonzeroMagnitude) })
}
