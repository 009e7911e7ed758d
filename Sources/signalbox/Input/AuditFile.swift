import Foundation
import SignalboxClient
import SwiftProtobuf

/// An audit as a file: a line with the head, then a line for each row, exactly as the export writes them. Nothing may be
/// written differently, not even with the same meaning, so that whatever was touched is seen.
enum AuditFile {
  struct Report: Encodable {
    /// Rows that were read.
    var rows = 0
    /// Hash of the last row, in hexadecimal, as the file has it.
    var head = ""
    /// A sentence each.
    var problems: [String] = []
  }

  static let mostProblems = 100
  /// Of a line; a row has at most a message's 1 MiB, and JSON may need six characters for one.
  static let longestLine = 8 << 20

  static func line(_ message: some Message) throws -> String {
    try MessageJSON.compact(message) + "\n"
  }

  /// - Parameter keptHead: Hash of a row that must be among these, in hexadecimal.
  static func verify(_ path: String, keptHead: String? = nil) throws -> Report {
    var lines = try LineReader(path)
    guard let first = try lines.next() else {
      throw CommandFailure(.usage, "`\(path)` is empty", hint: "write it with `signalbox audit export > FILE`")
    }
    var verification = Verification(keptHead: keptHead?.lowercased())
    verification.begin(with: first)
    while let line = try lines.next() { verification.add(line) }
    return verification.finish()
  }

  /// The same for text in memory.
  static func verify(text: [UInt8], keptHead: String? = nil) -> Report {
    var verification = Verification(keptHead: keptHead?.lowercased())
    var isFirst = true
    for line in LineReader.lines(of: text) {
      if isFirst { verification.begin(with: line) } else { verification.add(line) }
      isFirst = false
    }
    return verification.finish()
  }

  private struct Verification {
    let keptHead: String?
    private var chain = AuditChain(AuditHead())
    private var report = Report()
    private var number = 0
    private var sawKeptHead = false

    init(keptHead: String?) {
      self.keptHead = keptHead
    }

    mutating func begin(with line: LineReader.Line) {
      number = 1
      guard let head: AuditHead = read(line) else { return }
      chain = AuditChain(head)
      report.head = HexText.of(head.hash)
    }

    mutating func add(_ line: LineReader.Line) {
      number += 1
      guard let row: AuditRow = read(line) else { return }
      report.rows += 1
      if keptHead == HexText.of(row.hash) { sawKeptHead = true }
      for problem in chain.check(row) { note("\(problem)") }
    }

    mutating func finish() -> Report {
      for problem in chain.finish() { note("\(problem)") }
      if report.rows == 0, report.problems.isEmpty {
        note("there are no rows; an export has at least the tenant's first")
      }
      if let keptHead, !sawKeptHead { note("no row has the hash \(keptHead) that was kept") }
      return report
    }

    /// Nil for a line that the export would not have written so.
    private mutating func read<Row: Message>(_ line: LineReader.Line) -> Row? {
      let text = String(decoding: line.bytes, as: UTF8.self)
      guard line.isEnded, let row = try? Row(jsonString: text), let again = try? MessageJSON.compact(row),
        Array(again.utf8) == line.bytes
      else {
        note("line \(number) was altered: it is not as the export writes it")
        return nil
      }
      return row
    }

    private mutating func note(_ problem: String) {
      guard report.problems.count <= mostProblems else { return }
      report.problems.append(report.problems.count == mostProblems ? "and more" : problem)
    }
  }
}
