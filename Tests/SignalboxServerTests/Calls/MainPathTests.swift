import SignalboxClient
import SignalboxProtocol
import SignalboxTestKit
import Testing

/// From a registered queue to a ticket that a watcher sees move.
struct MainPathTests {
  @Test func aTicketIsRoutedReassignedExplainedAndWatched() async throws {
    try await TestServer.run { server in
      let desk = try await HelpDesk.open("desk", on: server)
      let created = try await server.with(token: desk.admin) { client in
        try await client.tickets.create(HelpDesk.ticket("my slurm job hangs"))
      }
      #expect(created.queue == "Delta")
      #expect(created.assignee == "ada")
      #expect(created.decision.by == "keywords")
      #expect(created.decision.matched.map(\.pattern) == ["slurm"])

      try await server.with(token: desk.tokens["ada"]) { client in
        var reassign = ReassignTicketRequest()
        reassign.number = created.number
        reassign.expectedVersion = 1
        reassign.reason = "you know slurm"
        reassign.toPerson = "ben"
        let moved = try await client.tickets.reassign(reassign)
        #expect(moved.ticket.assignee == "ben")
        #expect(moved.ticket.version == 2)
        // The old version says what to do next.
        reassign.reason = "again"
        let stale = reassign
        try await expectRefused(.versionMismatch) { _ = try await client.tickets.reassign(stale) }
        reassign.expectedVersion = 2
        reassign.toQueue = "Triage"
        let gone = try await client.tickets.reassign(reassign)
        #expect(gone.ticket.queue == "Triage")
        #expect(gone.ticket.assignee.isEmpty)
        #expect(gone.ticket.unassignedReason.contains("Triage"))
        var get = GetTicketRequest()
        get.number = created.number
        let away = get
        try await expectRefused(.ticketNotFound) { _ = try await client.tickets.get(away) }
      }
      try await server.with(token: desk.tokens["cyd"]) { client in
        var take = TakeTicketRequest()
        take.number = created.number
        take.expectedVersion = 3
        #expect(try await client.tickets.take(take).ticket.assignee == "cyd")
        var history = GetTicketHistoryRequest()
        history.number = created.number
        let events = try await client.tickets.history(history).events
        #expect(
          events.map(\.kind) == [
            "ticket.created", "ticket.reassigned_internally", "ticket.reassigned_externally", "ticket.taken",
          ])
        #expect(events.map(\.actor) == ["admin", "ada", "ada", "cyd"])
        var why = WhyTicketRequest()
        why.number = created.number
        let reasons = try await client.tickets.why(why)
        #expect(reasons.decision.queue == "Delta")
        #expect(reasons.movedByPerson)
        #expect(reasons.traces.map(\.rule) == ["storage"])
      }
    }
  }

  @Test func theSameKeyHasOneEffectAndOneAnswer() async throws {
    try await TestServer.run { server in
      let desk = try await HelpDesk.open("desk", on: server)
      try await server.with(token: desk.admin) { client in
        var options = CallOptions()
        options.idempotencyKey = Array("just a name".utf8)
        let first = try await client.tickets.create(HelpDesk.ticket("gpu"), options: options)
        server.clock.advance(byMilliseconds: 23 * 3_600_000)
        let again = try await client.tickets.create(HelpDesk.ticket("gpu"), options: options)
        #expect(first == again)
        let same = options
        try await expectRefused(.keyReused) {
          _ = try await client.tickets.create(HelpDesk.ticket("other"), options: same)
        }
        let list = try await client.tickets.list(ListTicketsRequest())
        #expect(list.tickets.count == 1)
      }
    }
  }

  @Test func aDryRunChangesNothing() async throws {
    try await TestServer.run { server in
      let desk = try await HelpDesk.open("desk", on: server)
      try await server.with(token: desk.admin) { client in
        var options = CallOptions()
        options.dryRun = true
        let would = try await client.tickets.create(HelpDesk.ticket("disk", category: "Storage"), options: options)
        #expect(would.decision.rule == "storage")
        #expect(would.decision.because == "Delta owns the disks")
        var organization = CreateOrganizationRequest()
        organization.name = "Ghost"
        organization.kind = .partner
        _ = try await client.organizations.create(organization, options: options)
        #expect(try await client.tickets.list(ListTicketsRequest()).tickets.isEmpty)
        try await expectRefused(.organizationNotFound) {
          var get = GetOrganizationRequest()
          get.name = "Ghost"
          _ = try await client.organizations.get(get)
        }
        // The number that the dry run told is not used up, and what it saw is not remembered.
        let real = try await client.tickets.create(HelpDesk.ticket("disk"))
        #expect(real.number == would.number)
      }
    }
  }

  @Test func aSecretIsToldOnce() async throws {
    try await TestServer.run { server in
      let desk = try await HelpDesk.open("desk", on: server)
      try await server.with(token: desk.admin) { client in
        var request = CreateTokenRequest()
        request.name = "console"
        request.role = .tenantAdmin
        var options = CallOptions()
        options.idempotencyKey = Array(repeating: 7, count: 16)
        let first = try await client.tokens.create(request, options: options)
        #expect(first.secret.hasPrefix("sbx1."))
        #expect(try await client.tokens.create(request, options: options).secret.isEmpty)
      }
    }
  }

  @Test func listsGoPageByPage() async throws {
    try await TestServer.run { server in
      let desk = try await HelpDesk.open("desk", on: server)
      try await server.with(token: desk.admin) { client in
        var numbers: [UInt64] = []
        for index in 0..<25 { numbers.append(try await client.tickets.create(HelpDesk.ticket("t\(index)")).number) }
        var request = ListTicketsRequest()
        request.pageSize = 10
        var seen: [UInt64] = []
        repeat {
          let page = try await client.tickets.list(request)
          #expect(page.tickets.count <= 10)
          seen += page.tickets.map(\.number)
          request.page = page.nextPage
        } while !request.page.isEmpty && seen.count < 100
        #expect(seen == numbers.reversed())
        // A page of one list is none of another.
        var first = ListTicketsRequest()
        first.pageSize = 10
        let page = try await client.tickets.list(first).nextPage
        var other = ListTicketsRequest()
        other.page = page
        other.queue = "Delta"
        let misplaced = other
        try await expectRefused(.cursorInvalid) { _ = try await client.tickets.list(misplaced) }
      }
    }
  }
}
