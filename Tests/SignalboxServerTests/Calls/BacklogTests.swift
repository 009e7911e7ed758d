import SignalboxClient
import SignalboxServer
import SignalboxTestKit
import SwiftProtobuf
import Testing

/// Strategies, offers and the tickets that wait for somebody, through the protocol. Where the server's timer is to act, the
/// test follows the queue and waits for the event.
struct BacklogTests {
  private static func run(_ body: @Sendable (TestServer, HelpDesk) async throws -> Void) async throws {
    try await TestServer.run(adjusting: { $0.limits.backlogMilliseconds = 10 }) { server in
      try await body(server, HelpDesk.open("desk", on: server))
    }
  }

  /// A ticket of Delta that nobody has.
  private static func ticket(_ client: SignalboxClient, _ ada: SignalboxClient) async throws -> UInt64 {
    let created = try await client.tickets.create(HelpDesk.ticket("gpu"))
    _ = try await ada.tickets.release(
      .with { ($0.number, $0.expectedVersion, $0.reason) = (created.number, 1, "for the others") })
    return created.number
  }

  private static func assign(_ number: UInt64, version: UInt64 = 2, offerFor: UInt64 = 0) -> AssignTicketRequest {
    .with {
      ($0.number, $0.expectedVersion, $0.order, $0.offerForMs) = (number, version, .leastLoaded, offerFor)
    }
  }

  @Test func theLeastLoadedGetsIt() async throws {
    try await Self.run { server, desk in
      try await server.with(token: desk.admin) { admin in
        try await server.with(token: desk.tokens["ada"]) { ada in
          let number = try await Self.ticket(admin, ada)
          _ = try await admin.tickets.create(HelpDesk.ticket("gpu"))
          // Ada has one, ben none.
          #expect(try await ada.agents.assign(Self.assign(number)).ticket.assignee == "ben")
          try await expectRefused(.alreadyAssigned) { _ = try await ada.agents.assign(Self.assign(number, version: 3)) }
          let history = try await admin.history(of: number)
          #expect(history.last?.kind == "ticket.assigned")
          #expect(history.last?.reason == "least loaded of the agents of queue `Delta`: `ben` has 0 units")
        }
      }
    }
  }

  @Test func whoComesBackGetsWhatWaited() async throws {
    try await Self.run { server, desk in
      try await server.with(token: desk.admin) { admin in
        try await server.with(token: desk.tokens["ada"]) { ada in
          let numbers = [try await Self.ticket(admin, ada), try await Self.ticket(admin, ada)]
          for person in ["ada", "ben"] {
            _ = try await admin.agents.setPresence(.with { ($0.person, $0.presence) = (person, .offline) })
          }
          var cursor = ""
          for number in numbers {
            let waiting = try await admin.agents.assign(Self.assign(number))
            #expect(waiting.ticket.assignee.isEmpty)
            #expect(
              waiting.ticket.unassignedReason
                == "waits: nobody of the agents of queue `Delta` can have it: `ada` is offline, `ben` is offline")
            cursor = waiting.cursor
          }
          // Room for one of the two: the older one.
          _ = try await admin.agents.setCapacity(.with { ($0.person, $0.units) = ("ben", 3) })
          _ = try await admin.agents.setPresence(.with { ($0.person, $0.presence) = ("ben", .available) })
          let first = try await admin.event("ticket.assigned", after: cursor)
          #expect(first?.ticket == numbers[0] && first?.actor == "signalbox:backlog")
          #expect(first?.reason.hasPrefix("it waited for somebody; least loaded of") == true)
          #expect(try await admin.ticket(numbers[0]).assignee == "ben")
          #expect(try await admin.ticket(numbers[1]).assignee.isEmpty)
          // He lets go of it, and gets the next; what he let go of waits for nobody.
          let released = try await server.with(token: desk.tokens["ben"]) { ben in
            try await ben.tickets.release(
              .with { ($0.number, $0.expectedVersion, $0.reason) = (numbers[0], 4, "not mine") })
          }
          let second = try await admin.event("ticket.assigned", after: released.cursor)
          #expect(second?.ticket == numbers[1])
          #expect(try await admin.ticket(numbers[0]).unassignedReason == "released by `ben`")
        }
      }
    }
  }

  @Test func anOfferIsAnsweredOrPasses() async throws {
    try await Self.run { server, desk in
      try await server.with(token: desk.admin) { admin in
        try await server.with(token: desk.tokens["ada"]) { ada in
          try await server.with(token: desk.tokens["ben"]) { ben in
            let number = try await Self.ticket(admin, ada)
            let offered = try await admin.agents.assign(Self.assign(number, offerFor: 60_000)).ticket
            #expect(offered.unassignedReason.hasPrefix("offered to `ada` for 1m: "))
            let offers = try await ada.agents.offers(.init()).offers
            #expect(offers.map(\.ticket.number) == [number])
            #expect(offers.map(\.untilMs) == [ManualClock.start + 60_000])
            #expect(try await ben.agents.offers(.init()).offers.isEmpty)
            try await expectRefused(.notOffered) {
              _ = try await ben.agents.accept(.with { ($0.number, $0.expectedVersion) = (number, 3) })
            }
            // Ada's load has it, though it is not hers yet.
            let agents = try await admin.agents.list(.with { $0.queue = "Delta" }).agents
            #expect(agents.map(\.openTickets) == [0, 0] && agents.map(\.load) == [2, 0])

            let rejected = try await ada.agents.reject(
              .with { ($0.number, $0.expectedVersion, $0.reason) = (number, 3, "at lunch") })
            #expect(rejected.ticket.unassignedReason.hasPrefix("offered to `ben` for 1m: "))
            server.clock.advance(byMilliseconds: 60_000)
            let expired = try await admin.event("ticket.offer_expired", after: rejected.cursor)
            #expect(expired?.changes.map(\.before) == ["ben"])
            #expect(try await ben.agents.offers(.init()).offers.isEmpty)
            let ticket = try await admin.ticket(number)
            #expect(
              ticket.unassignedReason
                == "waits: nobody of the agents of queue `Delta` can have it: `ada` declined it, `ben` declined it")

            // Asked anew, by somebody who may, everybody is asked again.
            _ = try await admin.agents.assign(Self.assign(number, version: ticket.version, offerFor: 60_000))
            let offer = try await ada.agents.offers(.init()).offers + (try await ben.agents.offers(.init()).offers)
            let holder = try await ada.agents.offers(.init()).offers.isEmpty ? ben : ada
            #expect(offer.count == 1)
            let accepted = try await holder.agents.accept(
              .with { ($0.number, $0.expectedVersion) = (number, ticket.version + 1) })
            #expect(accepted.ticket.assignee == (holder === ada ? "ada" : "ben"))
            try await expectRefused(.notOffered) {
              _ = try await holder.agents.reject(
                .with { ($0.number, $0.expectedVersion) = (number, ticket.version + 2) })
            }
          }
        }
      }
    }
  }

  @Test func aProgramIsOfferedNothing() async throws {
    try await Self.run { server, desk in
      try await server.with(token: desk.admin) { admin in
        try await expectRefused(.notPermitted) { _ = try await admin.agents.offers(.init()) }
      }
    }
  }
}
