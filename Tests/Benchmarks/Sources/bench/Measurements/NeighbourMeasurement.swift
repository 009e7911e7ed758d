/// What a tenant at its limit costs another: a quiet one makes a few calls a second, alone and beside a rude one that makes
/// ten times the calls it may and does not wait when it is refused.
struct NeighbourMeasurement {
  let generator: LoadGenerator
  private var options: Options { generator.options }

  /// Calls a second of the quiet one, far below the limit.
  private static let quietRate = 200
  private static let tickets = 500
  /// A p99 of so few calls wants many rounds.
  private static let leastRounds = 7
  private static let timesTheLimit = 10.0
  private static let allowed = 1.5

  func rows() throws -> (rows: [Row], note: String) {
    guard let server = options.limited, let quiet = options.quietToken, let noisy = options.noisyToken else {
      throw BenchError("there is no server with a limit")
    }
    let file = options.scratch + "/quiet-tickets"
    let made = try ChildProcess.run(
      options.tools + "/sbload",
      [
        "create", "--port", "\(server.port)", "--count", "\(Self.tickets)", "--tickets", file, "--rate",
        "\(Self.quietRate)", "--connections", "1", "--in-flight", "8", "--token-file", quiet,
      ])
    _ = try LoadGenerator.counters(in: made.output)
    var refused = 0.0
    var admitted = 0.0
    func contenders(_ command: String, _ more: [String]) -> [Contender] {
      let words =
        ["--connections", "2", "--in-flight", "16", "--rate", "\(Self.quietRate)", "--token-file", quiet] + more
      return [
        Contender(name: "\(command), alone") { try generator.sbload(command, server, words) },
        Contender(name: "\(command), beside") {
          let noise = try ChildProcess(options.tools + "/sbload", noise(server, noisy))
          do {
            let sample = try generator.sbload(command, server, words)
            let counters = try LoadGenerator.counters(in: try noise.finish().output)
            refused = Double(counters.refused ?? 0) / counters.seconds
            admitted = Double(counters.completed) / counters.seconds
            return sample
          }
        },
      ]
    }
    let measurement = "A neighbour at ten times its limit"
    var rows = try takeTurns(
      contenders("create", ["--bytes", "600"]) + contenders("get", ["--tickets", file]), in: measurement,
      unit: "calls/s", rounds: max(options.rounds, Self.leastRounds))
    for index in [1, 3] {
      let ratio = ratio(rows[index].rounds, rows[index - 1].rounds, of: \.p99Microseconds)
      rows[index].findings = [Row.Finding("p99 / p99 alone", ratio, " x", atMost: Self.allowed)]
    }
    let note =
      "The neighbour made \(Text.count(options.callsLimit * Self.timesTheLimit)) calls/s where "
      + "\(Text.count(options.callsLimit)) are allowed: \(Text.count(admitted)) were admitted and "
      + "\(Text.count(refused)) refused in a second."
    return (rows, note)
  }

  /// Begins before the quiet one counts and ends after it.
  private func noise(_ server: Options.Endpoint, _ token: String) -> [String] {
    [
      "create", "--port", "\(server.port)", "--connections", "4", "--in-flight", "32", "--rude", "--rate",
      "\(options.callsLimit * Self.timesTheLimit)", "--warmup", "0", "--seconds",
      "\(options.warmup + options.seconds + 0.3)", "--bytes", "600", "--token-file", token,
    ]
  }
}
