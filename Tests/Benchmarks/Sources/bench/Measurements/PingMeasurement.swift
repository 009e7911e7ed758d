/// Unary calls that do nothing, against what others need for the like.
struct PingMeasurement {
  let generator: LoadGenerator
  private var options: Options { generator.options }

  private static let payload = 256

  func rows() throws -> [Row] {
    try [(4, 32), (1, 1)].flatMap { connections, inFlight in
      try rows(LoadGenerator.Shape(connections: connections, inFlight: inFlight))
    }
  }

  private func rows(_ shape: LoadGenerator.Shape) throws -> [Row] {
    var contenders: [Contender] = []
    let bytes = ["--bytes", "\(Self.payload)"]
    if options.ours != nil {
      contenders.append(Contender(name: "signalboxd") { try generator.call("ping", shape, bytes) })
    }
    if let server = options.grpc, let program = options.grpcProgram {
      contenders.append(Contender(name: "gRPC Swift") { try generator.grpc(shape, server, program) })
    }
    if let server = options.nginx {
      contenders.append(Contender(name: "nginx HTTP/2") { try generator.h2load(shape, server) })
    }
    if let server = options.limit {
      contenders.append(
        Contender(name: "C echo (limit)") { try generator.sbload("echo", server, shape.arguments + bytes) })
    }
    var rows = try takeTurns(
      contenders, in: "Ping, 256 B, \(shape)", unit: "calls/s", rounds: options.rounds)
    guard options.ours != nil, let ours = rows.first?.rounds else { return rows }
    let targets = ["gRPC Swift": 15, "nginx HTTP/2": 1, "C echo (limit)": 0.1]
    for index in rows.indices {
      guard let target = targets[rows[index].contender] else { continue }
      rows[index].findings = [
        Row.Finding("signalboxd / this", ratio(ours, rows[index].rounds), " x", atLeast: target)
      ]
    }
    return rows
  }
}
