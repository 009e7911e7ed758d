/// Durable, routed creation of tickets, against a loop that does nothing but write the same rows.
struct CreateMeasurement {
  let generator: LoadGenerator
  private var options: Options { generator.options }

  private static let bodyBytes = 600

  /// Answers the rows, and which rows of the database the bare loop writes for one creation.
  func rows() throws -> (rows: [Row], written: String) {
    guard let snapshots = options.snapshots else { throw BenchError("there are no snapshots of a database") }
    var written = ""
    let rows = try [(1, 1), (4, 2), (4, 16)].flatMap { connections, inFlight in
      let shape = LoadGenerator.Shape(connections: connections, inFlight: inFlight)
      let batch = connections * inFlight
      var rows = try takeTurns(
        [
          Contender(name: "signalboxd") {
            try generator.call("create", shape, ["--bytes", "\(Self.bodyBytes)"])
          },
          Contender(name: "bare SQLite, \(batch) to a commit") {
            try generator.measure(options.tools + "/barewrite", bareArguments(snapshots, batch: batch), nil)
          },
        ], in: "Create, \(batch) in flight", unit: "tickets/s", rounds: options.rounds)
      rows[1].findings = findings(ours: rows[0].rounds, bare: rows[1].rounds, batch: batch)
      return rows
    }
    written = try Self.written(by: options, snapshots, arguments: bareArguments(snapshots, batch: 1, seconds: 0.01))
    return (rows, written)
  }

  private func findings(ours: [Sample], bare: [Sample], batch: Int) -> [Row.Finding] {
    var findings = [
      Row.Finding("signalboxd / this", ratio(ours, bare), " x", atLeast: batch == 64 ? 0.4 : nil)
    ]
    if batch == 1 {
      let more = zip(ours, bare).map { ($0.p50Microseconds - $1.p50Microseconds) / 1000 }
      findings.append(Row.Finding("signalboxd's p50 - this p50", median(more), " ms", atMost: 0.4))
    }
    return findings
  }

  private func bareArguments(_ snapshots: String, batch: Int, seconds: Double? = nil) -> [String] {
    var words = [
      "--before", snapshots + "/before.db", "--first", snapshots + "/first.db",
      "--second", snapshots + "/second.db", "--database", snapshots + "/work.db",
      // When its token was last used is noted once a minute, not for each creation.
      "--without", "tokens", "--batch", "\(batch)", "--latencies", options.scratch + "/latencies",
    ]
    words += seconds.map { ["--warmup", "0", "--seconds", "\($0)"] } ?? generator.duration
    for pragma in options.pragmas { words += ["--pragma", pragma] }
    return words
  }

  private static func written(by options: Options, _ snapshots: String, arguments: [String]) throws -> String {
    let outcome = try ChildProcess.run(options.tools + "/barewrite", arguments)
    return try LoadGenerator.counters(in: outcome.output).rows ?? ""
  }
}
