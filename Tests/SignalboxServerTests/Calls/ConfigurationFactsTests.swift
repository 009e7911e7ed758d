import SignalboxCore
import SignalboxStore
import Testing

@testable import SignalboxServer

/// How much is read, on the writer's thread, of what a document removes.
struct ConfigurationFactsTests {
  /// Answers with one more ticket than may change hands wherever it is asked for some, the same ones again and again.
  private final class Crowd: Snapshot {
    private(set) var reads: [String: Int] = [:]

    func all<Output>(_ query: Query<Output>) throws -> [Output] {
      reads["\(query.name)", default: 0] += 1
      guard Output.self == Ticket.self else { return [] }
      return (0...Limits.ticketsPerRedirect).compactMap { number in
        Ticket(
          number: TicketNumber(Int64(number)), version: 1, subject: "", body: "", requester: "", channel: "",
          category: "", resource: "", tags: [], status: .new, priority: .normal, queue: QueueID(1), assignee: nil,
          unassignedReason: "", referrers: [], createdAt: Timestamp(milliseconds: 0),
          updatedAt: Timestamp(milliseconds: 0)) as? Output
      }
    }

    func first<Output>(_ query: Query<Output>) throws -> Output? { nil }
  }

  @Test func ticketsAreReadUntilThereAreTooMany() throws {
    let people = (1...9).map {
      Person(id: PersonID($0), handle: "p\($0)", displayName: "", email: "", organization: nil)
    }
    let queues = (11...19).map { id in
      Queue(
        id: QueueID(Int64(id)), name: "q\(id)", kind: .internal, organization: OrganizationID(1), description: "",
        agents: [], watchers: [], defaultAssignee: nil, keywords: [], state: .active)
    }
    let configuration = TenantConfiguration(
      tenant: Tenant(
        id: TenantID(1), name: "t", displayName: "", settings: .init(), createdAt: Timestamp(milliseconds: 0)),
      version: Revision(1), people: people, queues: queues)
    var document = TenantDocument()
    (document.people, document.queues) = ([], [])
    let crowd = Crowd()
    let facts = try crowd.facts(for: ApplyConfiguration(document: document, rulesHash: []), in: configuration)
    #expect(facts.ticketsInQueues.count == 1 && facts.ticketsOfPeople.isEmpty)
    #expect(crowd.reads == ["tickets.active": 1, "tokens.of_people": 1])
  }
}
