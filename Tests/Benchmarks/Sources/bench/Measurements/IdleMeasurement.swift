internal import Glibc

/// What a connection costs that does nothing.
struct IdleMeasurement {
  let generator: LoadGenerator
  private var options: Options { generator.options }

  func rows() throws -> [Row] {
    var rows: [Row] = []
    if let ours = options.ours {
      rows.append(try row("signalboxd", ours, generator.identity, atMost: 32))
    }
    if let limit = options.limit {
      rows.append(try row("C echo", limit, ["--plain"], atMost: nil))
    }
    return rows
  }

  private func row(
    _ name: String, _ server: Options.Endpoint, _ arguments: [String], atMost target: Double?
  ) throws -> Row {
    let count = options.idleConnections
    let process = ServerProcess(identifier: server.process)
    let before = try process.residentBytes()
    let child = try ChildProcess(
      options.tools + "/sbload",
      ["idle", "--port", "\(server.port)", "--connections", "\(count)"] + arguments)
    let answer = child.readLine()
    guard answer == "ready" else {
      _ = try child.finish()
      throw BenchError("the connections did not come about: \(answer)")
    }
    // A server may free what a handshake needed a little later.
    sleep(2)
    let after = try process.residentBytes()
    _ = try child.finish()
    let each = (after - before) / Double(count) / 1024
    var row = Row(
      measurement: "\(Text.count(Double(count))) idle connections", contender: name, unit: "", rounds: [])
    row.findings = [
      target.map { Row.Finding("resident, each", each, " KiB", atMost: $0) }
        ?? Row.Finding("resident, each", each, " KiB")
    ]
    return row
  }
}
