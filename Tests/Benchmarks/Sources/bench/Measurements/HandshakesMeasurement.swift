/// Full TLS 1.3 handshakes with a greeting there and back, against a C server on the same OpenSSL and the same key.
struct HandshakesMeasurement {
  let generator: LoadGenerator
  private var options: Options { generator.options }

  func rows() throws -> [Row] {
    let parallel = ["--connections", "8"]
    var contenders: [Contender] = []
    if let ours = options.ours {
      contenders.append(
        Contender(name: "signalboxd") {
          try generator.sbload("handshakes", ours, parallel + generator.identity)
        })
    }
    if let limit = options.limit {
      contenders.append(
        Contender(name: "C server") { try generator.sbload("handshakes", limit, parallel + ["--plain"]) })
    }
    var rows = try takeTurns(contenders, in: "Full handshakes, 8 in parallel", unit: "/s", rounds: options.rounds)
    for index in rows.indices {
      let each = median(rows[index].rounds.compactMap(\.serverSecondsEach))
      if each > 0 { rows[index].findings.append(Row.Finding("per server core", 1 / each, " /s")) }
    }
    guard rows.count == 2 else { return rows }
    let (ours, limit) = (rows[0].rounds, rows[1].rounds)
    rows[1].findings.append(Row.Finding("signalboxd / this", ratio(ours, limit), " x"))
    // The client has more to do in a handshake than the server: what the server needs says more than the rate.
    let perCore = ratio(limit, ours) { $0.serverSecondsEach ?? 0 }
    rows[1].findings.append(Row.Finding("signalboxd / this, per server core", perCore, " x", atLeast: 0.85))
    return rows
  }
}
