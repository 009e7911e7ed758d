/// A replay of rules over stored tickets against the bare engine, and what live creations notice of one.
struct ReplayMeasurement {
  let generator: LoadGenerator
  private var options: Options { generator.options }

  private static let bodyBytes = 600
  private static let live = LoadGenerator.Shape(connections: 4, inFlight: 2)

  func rows() throws -> [Row] {
    guard let program = options.replay.first, let tickets = options.replayTickets else {
      throw BenchError("there is nothing to replay; run `scripts/bench --only replay`")
    }
    let replay = Array(options.replay.dropFirst())
    var rows = try takeTurns(
      [
        Contender(name: "signalboxd, stored tickets") {
          let outcome = try ChildProcess.run(program, replay)
          return Sample(
            rate: Double(try Self.lookedAt(outcome.output)) / outcome.wallSeconds, p50Microseconds: 0,
            p99Microseconds: 0)
        },
        Contender(name: "bare engine, both rule sets") {
          let words = ["stored", tickets, "\(options.seconds)"] + options.replayRules + ["--"] + options.replayQueues
          return try RulesMeasurement.Figures(options.tools + "/rulebench", words).sample
        },
      ], in: "Replay", unit: "tickets/s", rounds: options.rounds)
    rows[1].findings = [
      Row.Finding("signalboxd / this", ratio(rows[0].rounds, rows[1].rounds), " x", atLeast: 0.5)
    ]
    var creates = try takeTurns(
      [
        Contender(name: "signalboxd") { try create() },
        Contender(name: "signalboxd, with a replay running") {
          let stop = options.scratch + "/stop-replays"
          // One after the other until it is there, and at most so many.
          let loop = "rm -f \"$0\"; for i in $(seq 50); do \"$@\" >/dev/null || exit 1; [ -e \"$0\" ] && exit 0; done"
          let replays = try ChildProcess("/bin/sh", ["-c", loop, stop, program] + replay)
          let sample: Sample
          do {
            sample = try create()
          } catch {
            try writeFile(stop, "")
            _ = try replays.finish()
            throw error
          }
          try writeFile(stop, "")
          _ = try replays.finish()
          return sample
        },
      ], in: "Create beside a replay, \(Self.live)", unit: "tickets/s", rounds: options.rounds)
    let slower = ratio(creates[1].rounds, creates[0].rounds, of: \.p99Microseconds)
    creates[1].findings = [Row.Finding("this p99 / p99 without", slower, " x", atMost: 1.5)]
    return rows + creates
  }

  private func create() throws -> Sample {
    try generator.call("create", Self.live, ["--bytes", "\(Self.bodyBytes)"])
  }

  /// The client's JSON has it as `"looked_at": "100000"`.
  private static func lookedAt(_ output: String) throws(BenchError) -> Int {
    guard let line = output.split(separator: "\n").first(where: { $0.contains("\"looked_at\"") }),
      let count = Int(line.drop { $0 != ":" }.filter(\.isNumber)), count > 0
    else { throw BenchError("the replay did not say what it looked at: \(output)") }
    return count
  }
}
