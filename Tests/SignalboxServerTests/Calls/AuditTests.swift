import SignalboxClient
import SignalboxCore
import SignalboxStore
import SignalboxTestKit
import SwiftProtobuf
import Testing

/// What a server exports, checked by the client's own code for it.
struct AuditTests {
  /// All rows, page by page, and the head of the last page.
  private func export(
    _ client: SignalboxClient, pageSize: UInt32 = 7
  ) async throws -> (rows: [AuditRow], head: AuditHead) {
    var request = ExportAuditRequest()
    request.pageSize = pageSize
    var rows: [AuditRow] = []
    while true {
      let response = try await client.audit.export(request)
      #expect(response.rows.count <= Int(pageSize))
      rows += response.rows
      guard !response.nextPage.isEmpty else { return (rows, response.head) }
      request.page = response.nextPage
    }
  }

  private func problems(_ rows: [AuditRow], _ head: AuditHead) -> [AuditChain.Problem] {
    var chain = AuditChain(head)
    return rows.flatMap { chain.check($0) } + chain.finish()
  }

  @Test func everyChangeIsThereAndTheChainHolds() async throws {
    try await TestServer.run { server in
      let desk = try await HelpDesk.open("desk", on: server)
      let ticket = try await server.with(token: desk.tokens["ada"]) { ada in
        let ticket = try await ada.tickets.create(HelpDesk.ticket("gpu"))
        _ = try await ada.tickets.reassign(
          .with {
            $0.number = ticket.number
            $0.expectedVersion = ticket.version
            $0.reason = "not ours"
            $0.toQueue = "Triage"
          })
        return ticket
      }
      let (rows, head) = try await server.with(token: desk.admin) { try await export($0) }
      #expect(problems(rows, head) == [])
      #expect(rows.map(\.revision) == Array(1...UInt64(rows.count)))
      #expect(head.revision == UInt64(rows.count) && head.hash == rows.last?.hash)
      // By whom, from where, what before and after.
      let moved = try #require(rows.last)
      #expect(moved.kind == "ticket.reassigned_externally" && moved.ticket == ticket.number)
      #expect(moved.actor == "ada" && moved.source == "127.0.0.1 token ada" && moved.reason == "not ours")
      #expect(
        moved.changes.first { $0.field == "queue" }
          == FieldChange.with {
            $0.field = "queue"
            $0.before = "Delta"
            $0.after = "Triage"
          })
      #expect(rows.first?.source == "127.0.0.1 token first-admin")
      #expect(rows.contains { !$0.decision.isEmpty })
      // No secret is in it.
      for row in rows {
        let text = try row.jsonString()
        for secret in Array(desk.tokens.values) + [desk.admin] { #expect(!text.contains(secret.suffix(43))) }
      }
      try await server.with(token: desk.tokens["ada"]) { ada in
        try await expectRefused(.notPermitted) { _ = try await ada.audit.export(ExportAuditRequest()) }
      }
      // Reading it is an office of its own, without being an admin; browsing is not enough.
      for (role, isAllowed) in [(TokenRole.auditor, true), (.viewer, false)] {
        let secret = try await server.with(token: desk.admin) { admin in
          try await HelpDesk.token("t\(role.rawValue)", role: role, person: "", client: admin)
        }
        try await server.with(token: secret) { client in
          if isAllowed {
            #expect(try await !client.audit.export(ExportAuditRequest()).rows.isEmpty)
          } else {
            try await expectRefused(.notPermitted) { _ = try await client.audit.export(ExportAuditRequest()) }
          }
        }
      }
    }
  }

  @Test func theInstallationHasAnAuditOfItsOwn() async throws {
    try await TestServer.run { server in
      _ = try await HelpDesk.open("desk", on: server)
      try await server.asRoot { root in
        let (rows, head) = try await export(root)
        #expect(problems(rows, head) == [])
        #expect(rows.map(\.kind) == ["token.created", "tenant.created"])
        #expect(rows.map(\.source) == ["server", "127.0.0.1 token first-admin"])
      }
    }
  }

  @Test func aDryRunAndARefusalLeaveNoTrace() async throws {
    try await TestServer.run { server in
      let desk = try await HelpDesk.open("desk", on: server)
      try await server.with(token: desk.admin) { admin in
        let before = try await export(admin).head
        var dry = CallOptions()
        dry.dryRun = true
        _ = try await admin.tickets.create(HelpDesk.ticket("gpu"), options: dry)
        _ = try? await admin.tickets.create(CreateTicketRequest())
        #expect(try await export(admin).head == before)
        _ = try await admin.tickets.create(HelpDesk.ticket("gpu"))
        let after = try await export(admin)
        #expect(after.head.revision == before.revision + 1)
        #expect(problems(after.rows, after.head) == [])
      }
    }
  }

  /// Whoever edits the database is found, whichever column it is; a server that starts on it says nothing else.
  @Test(
    arguments: [
      ("UPDATE events SET actor = 'eve' WHERE tenant = $1 AND revision = 4", .altered(revision: 4)),
      ("UPDATE events SET source = '' WHERE tenant = $1 AND revision = 4", .altered(revision: 4)),
      ("UPDATE events SET at = at + 1 WHERE tenant = $1 AND revision = 4", .altered(revision: 4)),
      ("UPDATE events SET changes = NULL WHERE tenant = $1 AND revision = 3", .altered(revision: 3)),
      ("DELETE FROM events WHERE tenant = $1 AND revision = 4", .missing(4...4)),
      ("UPDATE events SET actor = 'admin' WHERE tenant = $1 AND revision = 4", nil),
    ] as [(SQL, AuditChain.Problem?)])
  func anEditedDatabaseIsFound(_ edit: SQL, _ expected: AuditChain.Problem?) async throws {
    let (directory, admin) = try await TestServer.run { server in
      (server.directory, try await HelpDesk.open("desk", on: server).admin)
    }
    try await change(directory, edit)
    try await TestServer.run(in: directory) { server in
      let (rows, head) = try await server.with(token: admin) { try await export($0) }
      #expect(rows.count > 10)
      #expect(problems(rows, head) == (expected.map { [$0] } ?? []))
    }
  }

  /// A database from before the audit is chained when a server starts on it.
  @Test func anOlderDatabaseIsChained() async throws {
    let (directory, admin) = try await TestServer.run { server in
      (server.directory, try await HelpDesk.open("desk", on: server).admin)
    }
    for edit in [
      "UPDATE events SET hash = NULL WHERE tenant = $1",
      "UPDATE tenant_revisions SET audit_hash = NULL WHERE tenant = $1",
    ] as [SQL] {
      try await change(directory, edit)
    }
    try await TestServer.run(in: directory) { server in
      try await server.with(token: admin) { admin in
        _ = try await admin.tickets.create(HelpDesk.ticket("gpu"))
        let (rows, head) = try await export(admin)
        #expect(problems(rows, head) == [])
      }
    }
  }

  private func change(_ directory: TemporaryDirectory, _ edit: SQL) async throws {
    let database = try SQLiteDatabase(
      at: .file(directory.path + "/data/signalbox.db"), migrations: Schema.migrations)
    let tenant = try #require(try await database.read { try $0.first(TenantQueries.id(named: "desk")) })
    try await database.write { try $0.run(Query("edit", tenant: tenant.value, sql: edit)) }
    await database.close()
  }
}
