import Foundation
import SignalboxClient
import SwiftProtobuf
import Testing

@testable import signalbox

@Suite struct AuditCommandsTests {
  /// Chained rows of tenant 5, and the file they make.
  private static func rows(_ count: UInt64) -> [AuditRow] {
    var previous: [UInt8] = []
    return (1...count).map { revision in
      var row = AuditRow()
      row.revision = revision
      row.kind = revision.isMultiple(of: 2) ? "ticket.taken" : "queue.approved"
      row.ticket = revision.isMultiple(of: 2) ? revision : 0
      row.actor = "ada"
      row.source = "192.0.2.1 token ada-laptop"
      row.atMs = 1_767_225_600_000 + Int64(revision)
      row.subject = "Delta \"é\" \u{1b}"
      row.changes = [
        .with {
          $0.field = "assignee"
          $0.after = "ada"
        }
      ]
      row.decision = Data([UInt8(revision)])
      previous = AuditChain.hash(of: row, after: previous, in: 5)
      row.hash = Data(previous)
      return row
    }
  }

  private static func head(of rows: [AuditRow]) -> AuditHead {
    .with {
      $0.tenantNumber = 5
      $0.revision = rows.last?.revision ?? 0
      $0.hash = rows.last?.hash ?? Data()
    }
  }

  private static func file(_ rows: [AuditRow], head: AuditHead? = nil) throws -> String {
    try AuditFile.line(head ?? Self.head(of: rows)) + rows.map { try AuditFile.line($0) }.joined()
  }

  private static func problems(_ text: String) -> [String] {
    AuditFile.verify(text: Array(text.utf8)).problems
  }

  @Test func anExportIsVerified() async throws {
    let rows = Self.rows(3)
    let text = try Self.file(rows)
    let hash = HexText.of(rows[2].hash)
    try await Transcript("audit verify $DIR/audit.jsonl").with {
      $0.files = ["audit.jsonl": text]
      $0.output = "3 rows, each as it was written; head \(hash)\n"
      $0.calls = []
    }.check()
    try await Transcript("audit verify $DIR/audit.jsonl --head \(HexText.of(rows[1].hash).uppercased()) -o json").with {
      $0.files = ["audit.jsonl": text]
      $0.output = "{\n  \"head\": \"\(hash)\",\n  \"problems\": [],\n  \"rows\": 3\n}\n"
    }.check()
  }

  @Test func whatIsWrongIsNamed() async throws {
    var rows = Self.rows(5)
    rows[1].actor = "eve"
    let text = try Self.file([rows[0], rows[1], rows[3]], head: Self.head(of: rows))
    try await Transcript("audit verify $DIR/audit.jsonl").with {
      $0.files = ["audit.jsonl": text]
      $0.output = """
        row 2 was altered, or does not follow the row before it
        row 3 is missing
        row 5 is missing

        """
      $0.status = .answeredNo
    }.check()
  }

  /// Rows may be taken off the end together with the head; who has kept a later head finds it.
  @Test func aKeptHeadFindsACutEnd() async throws {
    let rows = Self.rows(4)
    let kept = HexText.of(rows[3].hash)
    let text = try Self.file(Array(rows.prefix(3)))
    #expect(Self.problems(text).isEmpty)
    try await Transcript("audit verify $DIR/audit.jsonl --head \(kept)").with {
      $0.files = ["audit.jsonl": text]
      $0.output = "no row has the hash \(kept) that was kept\n"
      $0.status = .answeredNo
    }.check()
  }

  @Test func whatIsNoExportIsSaid() async throws {
    try await Transcript("audit verify $DIR/none").with {
      $0.errors = "error: cannot read `$DIR/none`: No such file or directory\n"
      $0.status = .usage
    }.check()
    try await Transcript("audit verify $DIR/empty").with {
      $0.files = ["empty": ""]
      $0.errors = "error: `$DIR/empty` is empty\nhint: write it with `signalbox audit export > FILE`\n"
      $0.status = .usage
    }.check()
  }

  @Test func anExportHasAllPagesUpToItsHead() async throws {
    let rows = Self.rows(4)
    func page(_ rows: [AuditRow], _ next: String, head: AuditHead) throws -> Answer {
      .json(
        try ExportAuditResponse.with {
          $0.rows = rows
          $0.nextPage = next
          $0.head = head
        }.jsonString())
    }
    let first = Self.head(of: Array(rows.prefix(3)))
    // While it is written a fourth row comes; it belongs into the next export.
    let answers = [
      try page(Array(rows.prefix(2)), "p2", head: first),
      try page(Array(rows.suffix(2)), "", head: Self.head(of: rows)),
    ]
    let text = try Self.file(Array(rows.prefix(3)))
    try await Transcript("audit export").with {
      $0.answers = ["exportAudit": answers]
      $0.output = text
      $0.errors = "3 rows, head \(HexText.of(rows[2].hash))\n"
      $0.calls = [#"exportAudit {"page_size":200}"#, #"exportAudit {"page_size":200,"page":"p2"}"#]
    }.check()
    #expect(Self.problems(text).isEmpty)
  }

  // MARK: Whatever is done to an export is found

  @Test func anyByteThatIsChangedIsFound() throws {
    let bytes = Array(try Self.file(Self.rows(3)).utf8)
    for place in bytes.indices {
      for mask in [1, 0x20, 0x80] as [UInt8] {
        var changed = bytes
        changed[place] ^= mask
        let found = AuditFile.verify(text: changed).problems
        #expect(!found.isEmpty, "byte \(place) with mask \(mask)")
      }
    }
  }

  @Test func anyRowThatIsDroppedDoubledOrSwappedIsFound() throws {
    let rows = Self.rows(7)
    let head = Self.head(of: rows)
    for first in rows.indices {
      var dropped = rows
      dropped.remove(at: first)
      let found = Self.problems(try Self.file(dropped, head: head))
      #expect(found.contains("row \(first + 1) is missing"))
      var doubled = rows
      doubled.insert(rows[first], at: first)
      #expect(!Self.problems(try Self.file(doubled, head: head)).isEmpty)
      for second in rows.indices where second > first {
        var swapped = rows
        swapped.swapAt(first, second)
        let found = Self.problems(try Self.file(swapped, head: head))
        #expect(found.contains("row \(first + 1) is out of order or stands there twice"), "\(first) and \(second)")
      }
    }
  }

  /// Not even with a right hash of its own can another row stand in.
  @Test func aRowThatIsForgedWithItsHashIsFound() throws {
    var rows = Self.rows(4)
    rows[1].actor = "eve"
    rows[1].hash = Data(AuditChain.hash(of: rows[1], after: Array(rows[0].hash), in: 5))
    #expect(Self.problems(try Self.file(rows)) == ["row 3 was altered, or does not follow the row before it"])
    var last = Self.rows(4)
    let head = Self.head(of: last)
    last[3].actor = "eve"
    last[3].hash = Data(AuditChain.hash(of: last[3], after: Array(last[2].hash), in: 5))
    #expect(Self.problems(try Self.file(last, head: head)) == ["the last row is not the one that the head names"])
  }

  @Test func aRowOfAnotherTenantIsFound() throws {
    let rows = Self.rows(2)
    var head = Self.head(of: rows)
    head.tenantNumber = 6
    #expect(Self.problems(try Self.file(rows, head: head)).count == 2)
  }
}
