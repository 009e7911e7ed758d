/// What `scripts/bench` says on the command line: which servers are up, and how long to measure.
struct Options {
  /// A server under measurement, as `PORT:PID`.
  struct Endpoint {
    let port: Int
    let process: Int32
  }

  var tools = ""
  var scratch = ""
  var snapshots: String?
  var grpcProgram: String?
  var ours: Endpoint?
  var limit: Endpoint?
  var nginx: Endpoint?
  var grpc: Endpoint?
  /// Our server once more, with a limit on the calls of each tenant.
  var limited: Endpoint?
  /// That limit, calls a second.
  var callsLimit = 0.0
  var tokenFile: String?
  /// Of two tenants on the limited server.
  var quietToken: String?
  var noisyToken: String?
  /// Of two tenants on the other one, with few and with many people, queues and grants.
  var fewToken: String?
  var manyToken: String?
  var queues = ""
  var pragmas: [String] = []
  /// Directory with rules and tickets; who measures themselves on them beside us, and with what.
  var rulesData: String?
  var rulesPeers: [String] = []
  var rulesPeersProgram = ""
  var python = ""
  /// The command line of a replay, stored tickets as JSON in a directory, the rule sets that are evaluated and the tenant's queues.
  var replay: [String] = []
  var replayTickets: String?
  var replayRules: [String] = []
  var replayQueues: [String] = []
  var rounds = 3
  var seconds = 3.0
  var warmup = 0.5
  var idleConnections = 10_000
  var only: String?
  var json: String?
  var results: String?
  var date = ""
  /// Lines about the machine, `what=value`.
  var machine: [String] = []
  /// Peers that are not there, each with how to get it; and what else the report should say.
  var missing: [String] = []

  init(_ words: some Sequence<String>) throws(BenchError) {
    var words = words.makeIterator()
    while let name = words.next() {
      guard let value = words.next() else { throw BenchError("`\(name)` needs a value") }
      switch name {
      case "--tools": tools = value
      case "--scratch": scratch = value
      case "--snapshots": snapshots = value
      case "--grpc-program": grpcProgram = value
      case "--ours": ours = try Endpoint(value)
      case "--limit": limit = try Endpoint(value)
      case "--nginx": nginx = try Endpoint(value)
      case "--grpc": grpc = try Endpoint(value)
      case "--limited": limited = try Endpoint(value)
      case "--calls-limit": callsLimit = try Self.number(value, for: name)
      case "--quiet-token": quietToken = value
      case "--noisy-token": noisyToken = value
      case "--few-token": fewToken = value
      case "--many-token": manyToken = value
      case "--token-file": tokenFile = value
      case "--queues": queues = value
      case "--pragma": pragmas.append(value)
      case "--rules-data": rulesData = value
      case "--rules-peer": rulesPeers.append(value)
      case "--rules-peers-program": rulesPeersProgram = value
      case "--python": python = value
      case "--replay": replay.append(value)
      case "--replay-tickets": replayTickets = value
      case "--replay-rules": replayRules.append(value)
      case "--replay-queue": replayQueues.append(value)
      case "--rounds": rounds = try Self.number(value, for: name)
      case "--seconds": seconds = try Self.number(value, for: name)
      case "--warmup": warmup = try Self.number(value, for: name)
      case "--idle": idleConnections = try Self.number(value, for: name)
      case "--only": only = value
      case "--json": json = value
      case "--results": results = value
      case "--date": date = value
      case "--machine": machine.append(value)
      case "--missing", "--note": missing.append(value)
      default: throw BenchError("unknown option `\(name)`; run `scripts/bench -h`")
      }
    }
    guard rounds > 0, seconds > 0 else { throw BenchError("a run needs at least one round of some time") }
  }

  private static func number<Number: LosslessStringConvertible>(
    _ text: String, for name: String
  ) throws(BenchError) -> Number {
    guard let number = Number(text) else { throw BenchError("`\(name)` needs a number, not `\(text)`") }
    return number
  }
}

extension Options.Endpoint {
  fileprivate init(_ text: String) throws(BenchError) {
    let parts = text.split(separator: ":")
    guard parts.count == 2, let port = Int(parts[0]), let process = Int32(parts[1]) else {
      throw BenchError("`\(text)` is not PORT:PID")
    }
    self.init(port: port, process: process)
  }
}

/// Why there is no figure.
struct BenchError: Error, CustomStringConvertible {
  let description: String

  init(_ description: String) { self.description = description }
}
