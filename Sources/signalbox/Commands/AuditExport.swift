import ArgumentParser
import SignalboxClient

struct AuditExport: ServerCommand {
  static let configuration = CommandConfiguration(
    commandName: "export", abstract: "Print all changes of the tenant, a JSON object a line.",
    discussion: """
      The first line is the head: the number and the hash of the last row. It is also told on standard error; who keeps \
      it elsewhere can prove later that nothing was taken off the end. `signalbox audit verify` checks the whole.
      """)

  @OptionGroup(title: "Connection") var connection: ConnectionOptions

  func run(in session: Session) async throws {
    var request = ExportAuditRequest()
    request.pageSize = UInt32(Paging.largestPage)
    var head: AuditHead?
    var last: UInt64 = 0
    // Ends: each page goes on after the one before, and what is newer than the head of the first is left out.
    repeat {
      let response = try await session.calls.exportAudit(request, session.reading)
      if head == nil { try session.surroundings.writeOutput(try AuditFile.line(response.head)) }
      let end = head ?? response.head
      head = end
      for row in response.rows where row.revision <= end.revision {
        try session.surroundings.writeOutput(try AuditFile.line(row))
        last = row.revision
      }
      guard response.nextPage != request.page else { break }
      request.page = response.nextPage
    } while !request.page.isEmpty && last < (head?.revision ?? 0)
    if let head { session.note("\(Count.of(Int(clamping: last), "row")), head \(HexText.of(head.hash))") }
  }
}
