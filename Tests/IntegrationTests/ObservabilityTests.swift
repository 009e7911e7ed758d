import Foundation
import SignalboxClient
import Testing

/// Health and metrics as a supervisor and Prometheus meet them.
struct ObservabilityTests {
  @Test func healthAndMetricsAreServedOnLoopback() async throws {
    let server = try ServerProcess()
    try await server.start(["--observability-port", "0"])
    let port = try server.observabilityPort()
    try await SignalboxClient.withClient(server.configuration(token: nil)) { client in
      for number in 1...3 as ClosedRange<UInt8> { _ = try await client.system.ping([number]) }
      let metrics = try await HTTPAnswer.ask("/metrics", port: port)
      #expect(metrics.status == 200)
      for line in [
        "# TYPE signalbox_connections gauge", "signalbox_connections 1", "signalbox_connections_total 1",
        "signalbox_failed_reloads_total 0",
        "signalbox_calls_total{method=\"signalbox.v1.System/Ping\",code=\"ok\"} 3",
        "signalbox_call_seconds_count{method=\"signalbox.v1.System/Ping\"} 3",
      ] {
        #expect(metrics.body.split(separator: "\n").contains { $0 == line }, "no `\(line)` in \(metrics.body)")
      }
    }
    let table: [(method: String, path: String, status: Int, body: String)] = [
      ("GET", "/healthz", 200, "ok\n"), ("GET", "/readyz", 200, "ready\n"), ("GET", "/readyz?verbose", 200, "ready\n"),
      ("HEAD", "/healthz", 200, ""), ("GET", "/", 404, "try /healthz, /readyz or /metrics\n"),
      ("GET", "/healthz/more", 404, "try /healthz, /readyz or /metrics\n"),
      ("POST", "/healthz", 405, "only GET here\n"),
      ("DELETE", "/metrics", 405, "only GET here\n"),
    ]
    for row in table {
      let answer = try await HTTPAnswer.ask(row.path, method: row.method, port: port)
      #expect(answer == HTTPAnswer(status: row.status, body: row.body), "\(row.method) \(row.path)")
    }
    // All of 127.0.0.0/8 is this machine: who listens everywhere answers there too.
    await #expect(throws: HTTPAnswer.Refused.self) {
      try await HTTPAnswer.ask("/healthz", host: "127.0.0.2", port: port)
    }
    await server.kill(SIGTERM)
  }

  @Test func withoutAPortThereIsNone() async throws {
    let server = try ServerProcess()
    try await server.start()
    #expect(server.log.contains("observability=none"))
    await server.kill(SIGTERM)
  }
}

extension ServerProcess {
  /// As the line says with which it begins to serve.
  func observabilityPort() throws -> Int {
    let found = log.firstMatch(of: /observability=([0-9]+)/)
    return try #require(found.flatMap { Int($0.output.1) }, "\(log)")
  }
}

/// What a plain HTTP request is answered.
struct HTTPAnswer: Equatable {
  var status: Int
  var body: String

  /// Nobody listens there.
  struct Refused: Error {}

  private static let script = """
    import http.client, sys
    host, port, method, path = sys.argv[1:]
    connection = http.client.HTTPConnection(host, int(port), timeout=10)
    try:
        connection.request(method, path)
    except ConnectionRefusedError:
        sys.exit(7)
    answer = connection.getresponse()
    sys.stdout.write(f"{answer.status} {answer.read().decode()}")
    """

  @discardableResult
  static func ask(
    _ path: String, method: String = "GET", host: String = "127.0.0.1", port: Int
  ) async throws -> HTTPAnswer {
    let outcome = try await ProgramRun.run("/usr/bin/python3", ["-c", script, host, "\(port)", method, path])
    guard outcome.status != 7 else { throw Refused() }
    let parts = outcome.output.split(separator: " ", maxSplits: 1, omittingEmptySubsequences: false)
    guard outcome.status == 0, parts.count == 2, let status = Int(parts[0]) else {
      throw ProgramRun.Failed(description: outcome.output)
    }
    return HTTPAnswer(status: status, body: String(parts[1]))
  }
}
