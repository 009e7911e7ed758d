/// What finding out who may what costs where there are many: the same calls in a tenant of few people, queues and grants
/// and in one of many, by a person who holds what it holds by several groups.
struct AdmissionMeasurement {
  let generator: LoadGenerator
  private var options: Options { generator.options }

  private static let tickets = 500
  private static let leastRounds = 5
  private static let target = 0.9

  func rows() throws -> [Row] {
    guard let ours = options.ours, let few = options.fewToken, let many = options.manyToken else {
      throw BenchError("there are no tenants to compare")
    }
    let (reads, writes) = (
      LoadGenerator.Shape(connections: 4, inFlight: 32), LoadGenerator.Shape(connections: 4, inFlight: 16)
    )
    var contenders: [Contender] = []
    var kinds: [[Contender]] = [[], []]
    for (name, token) in [("few", few), ("many", many)] {
      let file = options.scratch + "/tickets-of-\(name)"
      let made = try ChildProcess.run(
        options.tools + "/sbload",
        [
          "create", "--port", "\(ours.port)", "--count", "\(Self.tickets)", "--tickets", file, "--bytes", "600",
          "--token-file", token,
        ])
      _ = try LoadGenerator.counters(in: made.output)
      kinds[0].append(
        Contender(name: "get, \(name)") {
          try generator.sbload("get", ours, reads.arguments + ["--tickets", file, "--token-file", token])
        })
      kinds[1].append(
        Contender(name: "create, \(name)") {
          try generator.sbload("create", ours, writes.arguments + ["--bytes", "600", "--token-file", token])
        })
    }
    contenders = kinds.flatMap(\.self)
    var rows = try takeTurns(
      contenders, in: "Ten of each, or 10,000 people, 2,000 queues and 50,000 grants", unit: "calls/s",
      rounds: max(options.rounds, Self.leastRounds))
    for index in [1, 3] {
      let ratio = ratio(rows[index].rounds, rows[index - 1].rounds)
      rows[index].findings = [Row.Finding("many / few", ratio, " x", atLeast: Self.target)]
    }
    return rows
  }
}
