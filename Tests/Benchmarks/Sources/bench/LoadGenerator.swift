internal import FoundationEssentials

/// Runs the load generators and turns what they say into samples.
struct LoadGenerator {
  let options: Options

  /// The line of JSON that our own generators print.
  struct Counters: Decodable {
    var completed: Int
    var total: Int?
    var seconds: Double
    var errors: Int
    var refused: Int?
    var firstError: String
    var suite: String?
    var rows: String?

    private enum CodingKeys: String, CodingKey {
      case completed, total, seconds, errors, refused, suite, rows
      case firstError = "first_error"
    }
  }

  /// Connections and calls at the same time on each.
  struct Shape: CustomStringConvertible {
    let connections: Int
    let inFlight: Int

    var description: String { "\(connections) x \(inFlight)" }
    var arguments: [String] { ["--connections", "\(connections)", "--in-flight", "\(inFlight)"] }
  }

  private var latencyFile: String { options.scratch + "/latencies" }

  /// `sbload COMMAND` against a server.
  func sbload(_ command: String, _ server: Options.Endpoint, _ arguments: [String]) throws -> Sample {
    let words = [command, "--port", "\(server.port)"] + duration + ["--latencies", latencyFile] + arguments
    return try measure(options.tools + "/sbload", words, server)
  }

  /// The same against our server, with the token.
  func call(_ command: String, _ shape: Shape, _ arguments: [String] = []) throws -> Sample {
    guard let ours = options.ours else { throw BenchError("there is no server to call") }
    return try sbload(command, ours, shape.arguments + identity + arguments)
  }

  func grpc(_ shape: Shape, _ server: Options.Endpoint, _ program: String) throws -> Sample {
    let words = ["load", "--port", "\(server.port)"] + shape.arguments + duration + ["--latencies", latencyFile]
    return try measure(program, words, server)
  }

  /// The rate comes from a run without a log and the latencies from a short one with it, since writing it costs.
  func h2load(_ shape: Shape, _ server: Options.Endpoint) throws -> Sample {
    func words(seconds: Double, _ more: [String]) -> [String] {
      [
        "-c\(shape.connections)", "-m\(shape.inFlight)", "-t1", "-D", "\(Int(seconds * 1000))ms",
        "--warm-up-time=\(Int(options.warmup * 1000))ms",
      ] + more + ["https://127.0.0.1:\(server.port)/"]
    }
    let process = ServerProcess(identifier: server.process)
    let before = try process.cpuSeconds()
    let outcome = try ChildProcess.run("h2load", words(seconds: options.seconds, []))
    let used = try process.cpuSeconds() - before
    let log = options.scratch + "/h2load.log"
    // h2load appends.
    try writeFile(log, "")
    _ = try ChildProcess.run("h2load", words(seconds: min(1, options.seconds), ["--log-file=\(log)"]))
    guard let rate = Self.rate(inOutputOfH2load: outcome.output) else {
      throw BenchError("h2load said nothing of its rate: \(outcome.output)")
    }
    return Sample(
      rate: rate, latencies: try Latencies(h2loadLog: log), generator: outcome, serverSeconds: used)
  }

  /// `--token-file` for `sbload`.
  var identity: [String] { options.tokenFile.map { ["--token-file", $0] } ?? [] }

  var duration: [String] { ["--warmup", "\(options.warmup)", "--seconds", "\(options.seconds)"] }

  /// Runs a generator of ours; `server` is nil where it is all there is.
  func measure(_ program: String, _ arguments: [String], _ server: Options.Endpoint?) throws -> Sample {
    let process = server.map { ServerProcess(identifier: $0.process) }
    let before = try process?.cpuSeconds()
    let outcome = try ChildProcess.run(program, arguments)
    let used = try process?.cpuSeconds()
    let counters = try Self.counters(in: outcome.output)
    return Sample(
      rate: Double(counters.completed) / counters.seconds, latencies: try Latencies(nanosecondsIn: latencyFile),
      generator: outcome, serverSeconds: zip(used, before).map { $0 - $1 }, total: counters.total)
  }

  static func counters(in output: String) throws -> Counters {
    let counters = try JSONDecoder().decode(Counters.self, from: Data(output.utf8))
    // A refusal is quick; a rate with refusals in it would flatter.
    guard counters.errors == 0 else {
      throw BenchError("\(counters.errors) calls failed, the first with `\(counters.firstError)`")
    }
    return counters
  }

  /// From the line `finished in 3.00s, 107057.50 req/s, 33.08MB/s`; nil also when requests failed.
  private static func rate(inOutputOfH2load output: String) -> Double? {
    guard output.contains(" 0 failed, 0 errored, 0 timeout") else { return nil }
    for line in output.split(separator: "\n") where line.hasPrefix("finished in") {
      let words = line.split(separator: " ")
      guard let unit = words.firstIndex(of: "req/s,"), unit > 0 else { continue }
      return Double(words[unit - 1])
    }
    return nil
  }
}

private func zip<First, Second>(_ first: First?, _ second: Second?) -> (First, Second)? {
  guard let first, let second else { return nil }
  return (first, second)
}
