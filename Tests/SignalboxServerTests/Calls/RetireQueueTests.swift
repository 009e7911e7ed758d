import SignalboxClient
import SignalboxProtocol
import SignalboxTestKit
import Testing

/// A queue that is retired with tickets in it, over the wire.
struct RetireQueueTests {
  @Test func ticketsMoveOneByOneAndRulesLeadOn() async throws {
    try await TestServer.run { server in
      let desk = try await HelpDesk.open("desk", on: server)
      try await server.with(token: desk.admin) { admin in
        var tickets: [UInt64] = []
        for _ in 0..<3 { tickets.append(try await admin.tickets.create(HelpDesk.ticket("gpu")).number) }
        let before = try await admin.tenants.get(GetTenantRequest()).revision
        var retire = RetireQueueRequest()
        retire.name = "Delta"
        let bare = retire
        let refused = try await refusal { _ = try await admin.queues.retire(bare) }
        #expect(refused?.reason == .queueInUse)
        #expect(refused?.message.contains("#\(tickets[2])") == true)
        retire.redirectTo = "Triage"

        var dry = CallOptions()
        dry.dryRun = true
        #expect(try await admin.queues.retire(retire, options: dry).redirect == "Triage")
        #expect(try await admin.tenants.get(GetTenantRequest()).revision == before)

        var watch = WatchTicketsRequest()
        watch.queues = ["Triage"]
        watch.cursor = try await admin.tickets.create(HelpDesk.ticket("hello")).cursor
        var once = CallOptions()
        once.idempotencyKey = Array("retire".utf8)
        let retired = try await admin.queues.retire(retire, options: once)
        #expect(retired.state == .retired)
        #expect(try await admin.queues.retire(retire, options: once) == retired)

        // The retirement and each move have a revision of their own, without gaps.
        #expect(try await admin.tenants.get(GetTenantRequest()).revision == before + 1 + 4)
        var moved: [Event] = []
        for try await response in client(admin, watch) where response.hasEvent {
          moved.append(response.event)
          if moved.count == 3 { break }
        }
        #expect(moved.map(\.ticket) == tickets)
        #expect(moved.map(\.revision) == [before + 3, before + 4, before + 5])
        #expect(moved.allSatisfy { $0.kind == "ticket.reassigned_externally" && $0.reason.contains("`Delta`") })

        let next = try await admin.tickets.create(HelpDesk.ticket("disk", category: "Storage"))
        #expect(next.queue == "Triage")
        #expect(next.decision.rule == "storage")
        #expect(next.decision.notes == ["`Delta` on line 4 is retired and leads to `Triage`"])
        var get = GetQueueRequest()
        get.name = "Delta"
        #expect(try await admin.queues.get(get).redirect == "Triage")
      }
    }
  }

  private func client(_ client: SignalboxClient, _ request: WatchTicketsRequest) -> TicketWatch {
    client.tickets.watch(request)
  }
}
