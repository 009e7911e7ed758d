internal import Histogram

/// The times of the calls of one run.
struct Latencies {
  /// Nanoseconds from 1 to two minutes, to three digits.
  private var histogram = Histogram<UInt64>(
    lowestDiscernibleValue: 1, highestTrackableValue: 120_000_000_000, numberOfSignificantValueDigits: .three)

  /// Reads what the load generators write: 32-bit integers in the machine's byte order.
  init(nanosecondsIn path: String) throws(BenchError) {
    guard let bytes = readFile(path), bytes.count % 4 == 0 else { throw BenchError("no latencies in `\(path)`") }
    bytes.withUnsafeBytes { raw in
      for offset in stride(from: 0, to: raw.count, by: 4) {
        histogram.record(UInt64(raw.loadUnaligned(fromByteOffset: offset, as: UInt32.self)))
      }
    }
  }

  /// Reads the log of h2load: start, status and microseconds, a line to each request.
  init(h2loadLog path: String) throws(BenchError) {
    guard let bytes = readFile(path) else { throw BenchError("no latencies in `\(path)`") }
    for line in bytes.split(separator: UInt8(ascii: "\n")) {
      guard let field = line.split(separator: UInt8(ascii: "\t")).last,
        let microseconds = UInt64(String(decoding: field, as: UTF8.self))
      else { throw BenchError("`\(path)` is not a log of h2load") }
      histogram.record(microseconds * 1000)
    }
  }

  /// Microseconds.
  func percentile(_ percent: Double) -> Double {
    Double(histogram.valueAtPercentile(percent)) / 1000
  }
}
