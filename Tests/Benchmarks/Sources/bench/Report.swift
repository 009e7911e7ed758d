internal import FoundationEssentials

/// All rows of a run and what is needed to judge them.
struct Report: Encodable {
  var date: String
  /// What the machine is, a line each.
  var machine: [String]
  var rounds: Int
  var secondsEach: Double
  var rows: [Row] = []
  /// What could not be measured, and what to do about it.
  var notes: [String] = []

  /// The tables, one for each measurement, as Markdown.
  var tables: String {
    var measurements: [String] = []
    for row in rows where !measurements.contains(row.measurement) { measurements.append(row.measurement) }
    return measurements.map { measurement in
      let head = [
        measurement, "figure", "rate", "p50 µs", "p99 µs", "value", "target", "", "load cores", "server cores",
      ]
      let lines = rows.filter { $0.measurement == measurement }.flatMap(Self.lines)
      return Text.table(head, lines)
    }.joined(separator: "\n")
  }

  var markdown: String {
    var text = "# Results of the last run\n\n\(date). \(rounds) rounds of \(Text.short(secondsEach)) s; medians. "
    text += "What each line means is in [README.md](README.md).\n\n"
    for line in machine { text += "- \(line)\n" }
    text += "\n\(tables)"
    if !notes.isEmpty { text += "\n" + notes.map { "- \($0)\n" }.joined() }
    return text
  }

  func json() throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys]
    return String(decoding: try encoder.encode(self), as: UTF8.self) + "\n"
  }

  /// The first finding stands on the line of its row, the others below it.
  private static func lines(of row: Row) -> [[String]] {
    let findings: [Row.Finding?] = row.findings.isEmpty ? [nil] : row.findings
    return findings.enumerated().map { index, finding in
      let isFirst = index == 0
      return [
        isFirst ? row.contender : "",
        finding?.of ?? "",
        isFirst && row.rate > 0 ? "\(Text.count(row.rate)) \(row.unit)" : "",
        isFirst && row.p50Microseconds > 0 ? Text.count(row.p50Microseconds) : "",
        isFirst && row.p99Microseconds > 0 ? Text.count(row.p99Microseconds) : "",
        finding.map { "\(Text.fixed($0.value, abs($0.value) < 1 ? 3 : 2))\($0.unit)" } ?? "",
        finding?.target ?? "",
        finding?.isMet.map { $0 ? "met" : "MISSED" } ?? "",
        isFirst && row.generatorCores > 0 ? Text.fixed(row.generatorCores, 2) : "",
        isFirst ? row.serverCores.map { Text.fixed($0, 2) } ?? "" : "",
      ]
    }
  }
}
