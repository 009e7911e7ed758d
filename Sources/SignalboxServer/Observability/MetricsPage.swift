import SignalboxProtocol
import SignalboxStore
import SignalboxWire

/// The metrics in Prometheus' text form, added up over the event loops when somebody asks.
struct MetricsPage: Sendable {
  let loops: LoopGroup
  let database: any Database
  let throttle: AuthenticationThrottle

  func text() async throws -> String {
    var total = LoopStatistics()
    var connections = 0
    for (statistics, open) in try await loops.collect({ ($0.statistics, $0.connections.count) }) {
      total.add(statistics)
      connections += open
    }
    let store = database.statistics
    var page = ""
    func metric(_ name: String, _ kind: String, _ help: String, _ value: some CustomStringConvertible) {
      page += "# HELP signalbox_\(name) \(help)\n# TYPE signalbox_\(name) \(kind)\nsignalbox_\(name) \(value)\n"
    }
    metric("connections", "gauge", "Connections that are open.", connections)
    metric("connections_total", "counter", "Connections that were accepted.", total.connectionsOpened)
    metric("protocol_violations_total", "counter", "Connections ended for breaking the protocol.", total.violations)
    let authentication = throttle.counts
    metric("failed_authentications_total", "counter", "Tokens that were refused.", authentication.failures)
    metric(
      "throttled_authentications_total", "counter", "Tokens that were not looked at, after too many were refused.",
      authentication.throttled)
    metric("failed_reloads_total", "counter", "Reloads that left the old certificates in place.", total.failedReloads)
    metric("shed_total", "counter", "Connections that lost incomplete messages to the budget.", total.shedConnections)
    metric("open_streams", "gauge", "Watches and other answers in parts that are open.", total.openStreams)
    metric("store_commits_total", "counter", "Commits of the store.", store.commits)
    metric("store_failed_commits_total", "counter", "Commits of which nothing was kept.", store.failedCommits)
    metric("store_changes_total", "counter", "Changes that were committed.", store.kept)
    metric("store_waiting", "gauge", "Changes that wait for the store.", store.waiting)
    page += calls(total)
    return page
  }

  private func calls(_ total: LoopStatistics) -> String {
    var counts = "# HELP signalbox_calls_total Calls answered.\n# TYPE signalbox_calls_total counter\n"
    var times = "# HELP signalbox_call_seconds Time from request to answer.\n# TYPE signalbox_call_seconds histogram\n"
    for (method, entry) in zip(Method.allCases, total.methods) where entry.codes.contains(where: { $0 > 0 }) {
      for code in StatusCode.allCases where entry.codes[Int(code.rawValue)] > 0 {
        counts +=
          "signalbox_calls_total{method=\"\(method.path)\",code=\"\(code)\"} \(entry.codes[Int(code.rawValue)])\n"
      }
      var sum: UInt64 = 0
      for (bound, count) in zip(LoopStatistics.buckets, entry.latencies) {
        sum += count
        times += "signalbox_call_seconds_bucket{method=\"\(method.path)\",le=\"\(Double(bound) / 1e6)\"} \(sum)\n"
      }
      sum += entry.latencies.last ?? 0
      times += "signalbox_call_seconds_bucket{method=\"\(method.path)\",le=\"+Inf\"} \(sum)\n"
      times += "signalbox_call_seconds_sum{method=\"\(method.path)\"} \(Double(entry.microseconds) / 1e6)\n"
      times += "signalbox_call_seconds_count{method=\"\(method.path)\"} \(sum)\n"
    }
    return counts + times
  }
}
