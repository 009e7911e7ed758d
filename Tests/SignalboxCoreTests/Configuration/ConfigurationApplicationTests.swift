import SignalboxCore
import Testing

/// What stands against a document is said once.
struct ConfigurationApplicationTests {
  /// Each queue has few enough tickets, and both together have too many.
  @Test func ticketsThatAreTooManyAreToldOfOnce() throws {
    var (chat, mail) = (Scene.deltaQueue, Scene.deltaQueue)
    (chat.id, chat.name, chat.keywords) = (QueueID(23), "Chat", ["chat"])
    (mail.id, mail.name, mail.keywords) = (QueueID(24), "Mail", ["mail"])
    let before = Scene(queues: [Scene.deltaQueue, Scene.triage, chat, mail]).configuration
    var document = TenantDocument()
    document.queues = TenantDocument(of: before).queues?.filter { !["Chat", "Mail"].contains($0.name) }
    func tickets(in queue: Queue, from first: Int64, count: Int) -> [Ticket] {
      (0..<count).map { place in
        var ticket = Scene.ticket(in: queue)
        ticket.number = TicketNumber(first + Int64(place))
        return ticket
      }
    }
    let most = Limits.ticketsPerRedirect
    for (more, isRefused) in [(0, false), (1, true)] {
      let facts = ApplyConfiguration.Facts(
        ticketsInQueues: [
          chat.id: tickets(in: chat, from: 1_000, count: most / 2),
          mail.id: tickets(in: mail, from: 5_000, count: most - most / 2 + more),
        ])
      let outcome = try ApplyConfiguration(
        document: document, rulesHash: [7],
        redirects: [.init(queue: "Chat", target: "Delta"), .init(queue: "Mail", target: "Delta")]
      ).outcome(
        in: Situation(
          principal: Scene.admin, configuration: before, now: Scene.now,
          revision: Revision(before.version.value + 1), quotas: .standard), given: facts)
      #expect(outcome.problems.isEmpty)
      #expect(outcome.ticketsMoved == most + more)
      #expect(outcome.blocked.count == (isRefused ? 1 : 0), "\(outcome.blocked)")
      #expect(outcome.blocked.allSatisfy { $0.hasPrefix("more than \(most) open tickets") })
    }
  }
}
