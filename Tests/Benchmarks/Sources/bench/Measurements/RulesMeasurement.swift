/// Tickets through rule sets of growing size, on one core, against those who do the same or the least of it.
struct RulesMeasurement {
  let options: Options

  private static let sizes = [10, 100, 1_000, 10_000]
  private static let unit = "tickets/s"

  /// What a run printed, `name=value` each.
  struct Figures {
    private let values: [String: Double]

    init(_ program: String, _ arguments: [String]) throws {
      let output = try ChildProcess.run(program, arguments).output
      let pairs = output.split { $0 == " " || $0 == "\n" }.map { $0.split(separator: "=") }
      values = Dictionary(
        pairs.compactMap { pair in
          pair.count == 2 ? Double(pair[1]).map { (String(pair[0]), $0) } : nil
        }, uniquingKeysWith: { $1 })
    }

    func callAsFunction(_ name: String) throws(BenchError) -> Double {
      guard let value = values[name] else { throw BenchError("a run of rules did not say `\(name)`") }
      return value
    }

    var sample: Sample {
      get throws {
        Sample(rate: try self("rate"), p50Microseconds: try self("p50_us"), p99Microseconds: try self("p99_us"))
      }
    }
  }

  private final class Compiling {
    var seconds: [Double] = []
    var mebibytes: [Double] = []
  }

  func rows() throws -> [Row] {
    guard let data = options.rulesData else { throw BenchError("there are no rules; run `scripts/bench --only rules`") }
    let compiling = Compiling()
    var contenders = Self.sizes.map { size in
      Contender(name: "signalbox, \(size < 100 ? "\(size)" : Text.count(Double(size))) rules") {
        let figures = try Figures(options.tools + "/rulebench", [data, "\(size)", "\(options.seconds)"])
        if size == Self.sizes.last {
          compiling.seconds.append(try figures("compile_s"))
          compiling.mebibytes.append(try figures("peak_bytes") / 1_048_576)
        }
        return try figures.sample
      }
    }
    let ours = contenders.count - 1
    let peers = [("keywords", "keyword scan, Aho-Corasick in C"), ("zen", "GoRules ZEN"), ("cedar", "Cedar")]
      .filter { options.rulesPeers.contains($0.0) }
    for (peer, name) in peers {
      contenders.append(
        Contender(name: "\(name), 10,000") {
          let arguments = [options.rulesPeersProgram, peer, data, "10000", "\(options.seconds)"]
          return try Figures(options.python, arguments).sample
        })
    }
    var rows = try takeTurns(contenders, in: "Rules", unit: Self.unit, rounds: options.rounds)
    for (index, peer) in peers.enumerated() {
      let value = ratio(rows[ours].rounds, rows[ours + 1 + index].rounds)
      rows[ours].findings.append(
        peer.0 == "keywords"
          ? Row.Finding("this / keyword scan", value, " x", atLeast: 1) : Row.Finding("this / \(peer.1)", value, " x"))
    }
    rows[ours].findings += [
      Row.Finding("time each, this / 100 rules", ratio(rows[1].rounds, rows[ours].rounds), " x", atMost: 2),
      Row.Finding(
        "p99 / p50", median(rows[ours].rounds.map { $0.p99Microseconds / $0.p50Microseconds }), " x", atMost: 5),
      Row.Finding("compile", median(compiling.seconds), " s", atMost: 1),
      Row.Finding("compile, memory", median(compiling.mebibytes), " MiB", atMost: 50),
    ]
    return rows
  }
}
