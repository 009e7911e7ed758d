import SignalboxClient
import SignalboxTestKit
import SwiftProtobuf
import Testing

/// A ticket is worked on: edits, comments and notes, and who learns of which.
struct TicketWorkTests {
  private func update(
    _ ticket: UInt64, at version: UInt64, _ change: (inout UpdateTicketRequest) -> Void = { _ in }
  ) -> UpdateTicketRequest {
    var request = UpdateTicketRequest()
    request.number = ticket
    request.expectedVersion = version
    change(&request)
    return request
  }

  private func comments(on ticket: UInt64, _ client: SignalboxClient) async throws -> [TicketComment] {
    try await client.tickets.comments(.with { $0.number = ticket }).comments
  }

  /// From the document that declares the type to the ticket that ends as the type says.
  @Test func aTicketKeepsToItsType() async throws {
    try await TestServer.run { server in
      let desk = try await HelpDesk.open("desk", on: server)
      try await server.with(token: desk.admin) { admin in
        var document = try await admin.configurations.export().document
        document.ticketTypes.entries = [
          .with {
            ($0.name, $0.endsIn) = ("incident", [.solved])
            $0.fields = [
              .with { ($0.name, $0.type, $0.required) = ("site", .text, true) },
              .with { ($0.name, $0.type) = ("nodes", .number) },
            ]
          }
        ]
        let declared = document
        _ = try await admin.configurations.apply(.with { ($0.document, $0.reason) = (declared, "types") })
      }
      try await server.with(token: desk.tokens["ada"]) { ada in
        var draft = HelpDesk.ticket("gpu")
        draft.type = "incident"
        let bare = draft
        try await expectRefused(.invalidField) { _ = try await ada.tickets.create(bare) }
        let created = try await ada.tickets.create(HelpDesk.ticket("gpu"))
        try await expectRefused(.invalidField) {
          _ = try await ada.tickets.update(update(created.number, at: 1) { $0.type = "incident" })
        }
        let typed = try await ada.tickets.update(
          update(created.number, at: 1) { ($0.type, $0.fields) = ("incident", ["site": "north"]) })
        #expect(typed.ticket.type == "incident" && typed.ticket.fields == ["site": "north"])
        try await expectRefused(.invalidField) {
          _ = try await ada.tickets.update(update(created.number, at: 2) { $0.fields = ["nodes": "many"] })
        }
        try await expectRefused(.invalidField) {
          _ = try await ada.tickets.update(update(created.number, at: 2) { $0.status = .closed })
        }
        let ended = try await ada.tickets.update(update(created.number, at: 2) { $0.status = .solved })
        #expect(ended.ticket.status == .solved)
        #expect(
          try await ada.history(of: created.number).map { $0.changes.map(\.field) }.dropFirst()
            == [["type", "fields.site"], ["status"]])
      }
    }
  }

  @Test func whatIsNamedChangesAndHistorySaysHow() async throws {
    try await TestServer.run { server in
      let desk = try await HelpDesk.open("desk", on: server)
      try await server.with(token: desk.tokens["ada"]) { ada in
        var draft = HelpDesk.ticket("gpu", body: "text", category: "Storage")
        draft.fields = ["domain": "example.org", "size": "3"]
        let created = try await ada.tickets.create(draft)
        server.clock.advance(byMilliseconds: 1_000)
        let updated = try await ada.tickets.update(
          update(created.number, at: 1) {
            $0.status = .pending
            $0.priority = .high
            $0.category = ""
            $0.addTags = ["x"]
            $0.fields = ["domain": "", "owner": "ada"]
          })
        #expect(updated.ticket.version == 2)
        #expect(updated.ticket.body.isEmpty)
        let ticket = try await ada.ticket(created.number)
        #expect(ticket.status == .pending && ticket.priority == .high && ticket.category.isEmpty)
        #expect(ticket.subject == "gpu" && ticket.body == "text" && ticket.tags == ["x"])
        #expect(ticket.fields == ["size": "3", "owner": "ada"])
        #expect(ticket.updatedAtMs == ticket.createdAtMs + 1_000)
        let event = try #require(try await ada.history(of: created.number).last)
        #expect(event.kind == "ticket.updated" && event.actor == "ada" && event.ticketVersion == 2)
        #expect(
          event.changes.map { "\($0.field): \($0.before) > \($0.after)" } == [
            "status: new > pending", "priority: normal > high", "category: Storage > ", "tags:  > x",
            "fields.domain: example.org > ", "fields.owner:  > ada",
          ])
        try await expectRefused(.versionMismatch) {
          _ = try await ada.tickets.update(update(created.number, at: 1) { $0.status = .open })
        }
        try await expectRefused(.invalidField) {
          _ = try await ada.tickets.update(update(created.number, at: 2) { $0.status = .UNRECOGNIZED(9) })
        }
        // Fields are no part of a list.
        let listed = try await ada.tickets.list(ListTicketsRequest()).tickets
        #expect(listed.map(\.fields) == [[:]])
        // A move keeps them.
        var move = ReassignTicketRequest()
        (move.number, move.expectedVersion, move.reason, move.toPerson) = (created.number, 2, "r", "ben")
        #expect(try await ada.tickets.reassign(move).ticket.fields == ticket.fields)
      }
    }
  }

  /// Its cursor is that of the last change there was: a watch from there sees the next one.
  @Test func whatChangesNothingLeavesNoEvent() async throws {
    try await TestServer.run { server in
      let desk = try await HelpDesk.open("desk", on: server)
      try await server.with(token: desk.tokens["ada"]) { ada in
        let number = try await ada.tickets.create(HelpDesk.ticket("gpu")).number
        let same = try await ada.tickets.update(
          update(number, at: 1) { ($0.status, $0.subject, $0.removeTags) = (.new, "gpu", ["x"]) })
        #expect(same.ticket.version == 1 && same.ticket.subject == "gpu")
        #expect(try await ada.history(of: number).count == 1)
        _ = try await ada.tickets.update(update(number, at: 1) { $0.status = .closed })
        var request = WatchTicketsRequest()
        (request.queues, request.cursor) = (["Delta"], same.cursor)
        // Events come before the first mark.
        for try await response in ada.tickets.watch(request) {
          #expect(response.event.kind == "ticket.updated")
          #expect(response.event.changes.map(\.after) == ["closed"])
          break
        }
      }
    }
  }

  /// The same key has one effect, also for a map that is sent in another process.
  @Test func aRepeatedCommentIsOne() async throws {
    try await TestServer.run { server in
      let desk = try await HelpDesk.open("desk", on: server)
      try await server.with(token: desk.tokens["ada"]) { ada in
        let number = try await ada.tickets.create(HelpDesk.ticket("gpu")).number
        var options = CallOptions()
        options.idempotencyKey = Array("k".utf8)
        let request = CommentTicketRequest.with { ($0.number, $0.body) = (number, "hello") }
        let first = try await ada.tickets.comment(request, options: options)
        #expect(try await ada.tickets.comment(request, options: options) == first)
        #expect(first.comment.author == "ada" && first.comment.body.isEmpty && first.ticketVersion == 2)
        var trial = CallOptions()
        trial.dryRun = true
        #expect(try await ada.tickets.comment(request, options: trial).ticketVersion == 3)
        #expect(try await comments(on: number, ada).map(\.body) == ["hello"])
        #expect(try await ada.ticket(number).version == 2)
      }
    }
  }

  /// Neither the requester nor who referred the ticket learns of a note: not in the list, not in history, not in a watch.
  @Test func notesStayAmongColleagues() async throws {
    try await TestServer.run { server in
      let desk = try await HelpDesk.open("desk", on: server)
      try await server.with(token: desk.admin) { admin in
        try await server.with(token: desk.tokens["ada"]) { ada in
          var draft = HelpDesk.ticket("hello")
          draft.requester = "ben@example.org"
          // It goes to Triage, of which ben is no agent; then it is referred to Delta by cyd's organization.
          let requested = try await admin.tickets.create(draft).number
          let referred = try await admin.tickets.create(HelpDesk.ticket("hello")).number
          try await server.with(token: desk.tokens["cyd"]) { cyd in
            var refer = ReassignTicketRequest()
            (refer.number, refer.expectedVersion, refer.reason) = (referred, 1, "r")
            (refer.toQueue, refer.refer) = ("Delta", true)
            _ = try await cyd.tickets.reassign(refer)

            for (number, colleague) in [(requested, cyd), (referred, ada)] {
              _ = try await colleague.tickets.note(.with { ($0.number, $0.body) = (number, "between us") })
              _ = try await colleague.tickets.comment(.with { ($0.number, $0.body) = (number, "for all") })
              #expect(try await comments(on: number, colleague).map(\.body) == ["between us", "for all"])
              #expect(try await comments(on: number, colleague).map(\.internal) == [true, false])
              let kinds = try await colleague.history(of: number).map(\.kind).suffix(2)
              #expect(kinds == ["ticket.noted", "ticket.commented"])
            }
            for (name, number) in [("ben", requested), ("cyd", referred)] {
              try await server.with(token: desk.tokens[name]) { outside in
                #expect(try await comments(on: number, outside).map(\.body) == ["for all"], "\(name)")
                let events = try await outside.history(of: number)
                #expect(events.last?.kind == "ticket.commented")
                #expect(!events.contains { $0.kind == "ticket.noted" }, "\(name)")
                try await expectRefused(.notPermitted) {
                  _ = try await outside.tickets.note(.with { ($0.number, $0.body) = (number, "b") })
                }
                let version = try await outside.ticket(number).version
                try await expectRefused(.notPermitted) {
                  _ = try await outside.tickets.update(update(number, at: version) { $0.status = .closed })
                }
              }
            }
            // Only the requester answers.
            try await server.with(token: desk.tokens["ben"]) { ben in
              _ = try await ben.tickets.comment(.with { ($0.number, $0.body) = (requested, "thanks") })
            }
            try await expectRefused(.notPermitted) {
              _ = try await cyd.tickets.comment(.with { ($0.number, $0.body) = (referred, "b") })
            }
            // The queue that it left: cyd's watch there sees no note on it.
            var request = WatchTicketsRequest()
            (request.queues, request.cursor) = (["Triage"], "start")
            var seen: [String] = []
            for try await response in cyd.tickets.watch(request) {
              guard response.hasEvent else { break }
              if response.event.ticket == referred { seen.append(response.event.kind) }
            }
            #expect(seen == ["ticket.created", "ticket.reassigned_externally"])
          }
        }
        // A program that may browse everything reads no notes, though it learns that there are some.
        let app = try await HelpDesk.token("app", role: .clientApplication, person: "", client: admin)
        try await server.with(token: app) { client in
          let tickets = try await client.tickets.list(ListTicketsRequest()).tickets
          for ticket in tickets {
            #expect(try await comments(on: ticket.number, client).allSatisfy { !$0.internal })
            #expect(try await client.history(of: ticket.number).contains { $0.kind == "ticket.noted" })
          }
          #expect(tickets.count == 2)
        }
      }
    }
  }

  /// Long texts and long histories go in pages that a client takes.
  @Test func longTextsGoPageByPage() async throws {
    try await TestServer.run { server in
      let desk = try await HelpDesk.open("desk", on: server)
      try await server.with(token: desk.tokens["ada"]) { ada in
        let number = try await ada.tickets.create(HelpDesk.ticket("gpu")).number
        for index in 0..<20 {
          let text = String(repeating: "\(index % 10)", count: 64 * 1024)
          _ = try await ada.tickets.comment(.with { ($0.number, $0.body) = (number, text) })
        }
        for version in 21..<34 as Range<UInt64> {
          let value = String(repeating: version % 2 == 0 ? "a" : "b", count: 1024)
          _ = try await ada.tickets.update(
            update(number, at: version) { for field in 0..<64 { $0.fields["f\(field)"] = value } })
        }
        var list = ListTicketCommentsRequest()
        (list.number, list.pageSize) = (number, 200)
        var read = 0
        repeat {
          let page = try await ada.tickets.comments(list)
          read += page.comments.count
          list.page = page.nextPage
        } while !list.page.isEmpty && read < 100
        #expect(read == 20)
        var past = GetTicketHistoryRequest()
        (past.number, past.pageSize) = (number, 200)
        var revisions: [UInt64] = []
        repeat {
          let page = try await ada.tickets.history(past)
          revisions += page.events.map(\.revision)
          past.page = page.nextPage
        } while !past.page.isEmpty && revisions.count < 100
        #expect(revisions.count == 34)
        #expect(revisions == revisions.sorted() && Set(revisions).count == 34)
      }
    }
  }
}
