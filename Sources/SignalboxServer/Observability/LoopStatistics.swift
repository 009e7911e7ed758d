import NIOCore
import SignalboxProtocol
import SignalboxWire

/// What one event loop has counted. Used on that loop only; the metrics page adds the loops up.
struct LoopStatistics: Sendable {
  /// Upper bounds of the latency buckets, in microseconds.
  static let buckets: [Int64] = [50, 100, 250, 500, 1_000, 2_500, 5_000, 10_000, 25_000, 100_000, 1_000_000]

  struct MethodCounts: Sendable {
    var codes = [UInt64](repeating: 0, count: StatusCode.allCases.count)
    var latencies = [UInt64](repeating: 0, count: LoopStatistics.buckets.count + 1)
    var microseconds: UInt64 = 0
  }

  var connectionsOpened: UInt64 = 0
  var violations: UInt64 = 0
  var failedReloads: UInt64 = 0
  /// How often a connection lost its incomplete messages to the budget.
  var shedConnections: UInt64 = 0
  var openStreams = 0
  private(set) var methods = [MethodCounts](repeating: MethodCounts(), count: Method.allCases.count)

  private static let places = Dictionary(uniqueKeysWithValues: Method.allCases.enumerated().map { ($1, $0) })

  mutating func count(_ method: Method, _ status: Status, took time: TimeAmount = .zero) {
    guard let place = Self.places[method] else { return }
    let microseconds = time.nanoseconds / 1_000
    methods[place].codes[Int(status.code.rawValue)] += 1
    methods[place].microseconds += UInt64(max(0, microseconds))
    let bucket = Self.buckets.firstIndex { microseconds <= $0 } ?? Self.buckets.count
    methods[place].latencies[bucket] += 1
  }

  mutating func add(_ other: LoopStatistics) {
    connectionsOpened += other.connectionsOpened
    violations += other.violations
    failedReloads += other.failedReloads
    shedConnections += other.shedConnections
    openStreams += other.openStreams
    for place in methods.indices {
      methods[place].microseconds += other.methods[place].microseconds
      for code in methods[place].codes.indices { methods[place].codes[code] += other.methods[place].codes[code] }
      for bucket in methods[place].latencies.indices {
        methods[place].latencies[bucket] += other.methods[place].latencies[bucket]
      }
    }
  }
}
