internal import Glibc

/// Measures servers that `scripts/bench` has started, and prints and writes what it found.
@main
struct Bench {
  static func main() {
    do {
      try run(Options(CommandLine.arguments.dropFirst()))
    } catch {
      Text.progress("bench: \(error)")
      exit(1)
    }
  }

  private static func run(_ options: Options) throws {
    let generator = LoadGenerator(options: options)
    var report = Report(
      date: options.date, machine: options.machine, rounds: options.rounds, secondsEach: options.seconds,
      notes: options.missing)
    let measurements: [(name: String, needsOurs: Bool, measure: () throws -> [Row])] = [
      ("ping", false, { try PingMeasurement(generator: generator).rows() }),
      (
        "create", true,
        {
          let found = try CreateMeasurement(generator: generator).rows()
          report.notes.append("The bare loop writes for each ticket, by its snapshots: \(found.written).")
          return found.rows
        }
      ),
      ("calls", true, { try CallsMeasurement(generator: generator).rows() }),
      ("admission", true, { try AdmissionMeasurement(generator: generator).rows() }),
      (
        "neighbour", true,
        {
          let found = try NeighbourMeasurement(generator: generator).rows()
          report.notes.append(found.note)
          return found.rows
        }
      ),
      ("idle", false, { try IdleMeasurement(generator: generator).rows() }),
      ("handshakes", false, { try HandshakesMeasurement(generator: generator).rows() }),
      ("rules", false, { try RulesMeasurement(options: options).rows() }),
      ("replay", true, { try ReplayMeasurement(generator: generator).rows() }),
    ]
    if let only = options.only, !measurements.contains(where: { $0.name == only }) {
      throw BenchError("no measurement `\(only)`; there are \(measurements.map(\.name).joined(separator: ", "))")
    }
    for measurement in measurements where options.only == nil || options.only == measurement.name {
      guard options.ours != nil || !measurement.needsOurs else {
        report.notes.append("\(measurement.name) was left out, because there is no signalboxd.")
        continue
      }
      do {
        report.rows += try measurement.measure()
      } catch {
        // The others are still worth having.
        Text.progress("\(measurement.name): \(error)")
        report.notes.append("\(measurement.name) broke off: \(error).")
      }
    }
    print(report.tables)
    report.notes.forEach { print($0) }
    if let json = options.json { try writeFile(json, report.json()) }
    if let results = options.results { try writeFile(results, report.markdown) }
    if report.notes.contains(where: { $0.contains(" broke off: ") }) { exit(1) }
  }
}
