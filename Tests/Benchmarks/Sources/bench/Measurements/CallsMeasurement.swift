/// The calls people wait for, against a call that does nothing.
struct CallsMeasurement {
  let generator: LoadGenerator
  private var options: Options { generator.options }

  /// Enough that a ticket is moved but now and then, and that reads do not hit one page only.
  private static let tickets = 2000

  func rows() throws -> [Row] {
    let shape = LoadGenerator.Shape(connections: 4, inFlight: 32)
    let fewer = LoadGenerator.Shape(connections: 4, inFlight: 8)
    let file = options.scratch + "/tickets"
    try makeTickets(file)
    let contenders = [
      Contender(name: "ping, \(shape)") { try generator.call("ping", shape, ["--bytes", "256"]) },
      Contender(name: "get one, \(shape)") { try generator.call("get", shape, ["--tickets", file]) },
      Contender(name: "list of 50, \(shape)") { try generator.call("list", shape) },
      Contender(name: "reassign, \(fewer)") {
        try generator.call("reassign", fewer, ["--tickets", file, "--queues", options.queues])
      },
    ]
    var rows = try takeTurns(contenders, in: "Calls", unit: "calls/s", rounds: options.rounds)
    for index in rows.indices.dropFirst() {
      rows[index].findings = [Row.Finding("this / ping", ratio(rows[index].rounds, rows[0].rounds), " x")]
    }
    return rows
  }

  private func makeTickets(_ file: String) throws {
    guard let ours = options.ours else { throw BenchError("there is no server to call") }
    let outcome = try ChildProcess.run(
      options.tools + "/sbload",
      ["create", "--port", "\(ours.port)", "--count", "\(Self.tickets)", "--tickets", file, "--bytes", "600"]
        + generator.identity)
    _ = try LoadGenerator.counters(in: outcome.output)
  }
}
