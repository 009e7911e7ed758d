import NIOCore
import SignalboxClient
import SignalboxCore
import SignalboxTestKit
import SwiftProtobuf
import Testing

@testable import SignalboxServer

@Suite(.timeLimit(.minutes(1))) struct QuotaTests {
  private static func person(_ handle: String) -> CreatePersonRequest { .with { $0.handle = handle } }

  private static func settings(_ quotas: [(String, UInt64)]) -> UpdateTenantSettingsRequest {
    .with { request in
      request.quotas.values = quotas.map { name, value in .with { ($0.name, $0.value) = (name, value) } }
    }
  }

  @Test func aSystemAdminSetsWhatATenantMayHave() async throws {
    let (directory, token) = try await TestServer.run { server in
      let desk = try await HelpDesk.open("desk", on: server)
      let other = try await HelpDesk.open("other", on: server)
      let tenant = try await server.asRoot(in: "desk") { root in
        try await root.tenants.updateSettings(
          Self.settings([("tickets_per_tenant", 2), ("people_per_tenant", 4), ("connections_per_tenant", 1)]))
      }
      #expect(tenant.quotas.map(\.name) == ["people_per_tenant", "tickets_per_tenant", "connections_per_tenant"])
      try await server.with(token: desk.admin) { admin in
        try await expectRefused(.notPermitted) { _ = try await admin.tenants.updateSettings(Self.settings([])) }
        // Who says nothing of quotas changes none, nor settings who says nothing of those.
        let named = try await admin.tenants.updateSettings(.with { $0.settings.categories = ["a", "b"] })
        #expect(named.quotas == tenant.quotas)
        #expect(try await admin.tenants.updateSettings(UpdateTenantSettingsRequest()).settings == named.settings)
        _ = try await admin.people.create(Self.person("dee"))
        let refused = try await refusal { _ = try await admin.people.create(Self.person("eve")) }
        #expect(refused?.reason == .quotaExceeded && refused?.code == .resourceExhausted)
        #expect(refused?.limit == "people_per_tenant" && refused?.retryAfter == nil)
        for _ in 0..<2 { _ = try await admin.tickets.create(HelpDesk.ticket("gpu")) }
        try await expectRefused(.quotaExceeded) { _ = try await admin.tickets.create(HelpDesk.ticket("gpu")) }
        let limits = try await admin.system.describe().limits
        #expect(limits.first { $0.name == "people_per_tenant" }?.value == 4)
        #expect(limits.first { $0.name == "queues_per_tenant" }?.value == 5_000)
      }
      // Another tenant has its own.
      try await server.with(token: other.admin) { admin in
        for handle in ["dee", "eve"] { _ = try await admin.people.create(Self.person(handle)) }
      }
      return (server.directory, desk.admin)
    }
    // What was set, and what was counted, outlives the server.
    try await TestServer.run(in: directory) { server in
      try await server.with(token: token) { admin in
        try await expectRefused(.quotaExceeded) { _ = try await admin.tickets.create(HelpDesk.ticket("gpu")) }
        #expect(try await admin.tenants.get(GetTenantRequest()).quotas.count == 3)
        try await Self.isTurnedAway(token, by: server)
      }
      try await Self.isLetIn(token, by: server)
    }
  }

  @Test func watchesOfATokenAreCountedOverItsConnections() async throws {
    try await TestServer.run(adjusting: { $0.limits.quotas[.watches] = 2 }) { server in
      let desk = try await HelpDesk.open("desk", on: server)
      try await server.with(token: desk.tokens["ada"]) { first in
        let one = WatchProbe(first, queue: "Delta")
        try await one.begun()
        try await server.with(token: desk.tokens["ada"]) { second in
          let two = WatchProbe(second, queue: "Delta")
          try await two.begun()
          let refused = try await refusal {
            for try await _ in second.tickets.watch(.with { $0.queues = ["Delta"] }) {}
          }
          #expect(refused?.reason == .quotaExceeded && refused?.limit == "watches_per_token")
          #expect(refused?.retryAfter == .seconds(5))
          // A watch that is refused for what it names leaves its place.
          try await server.with(token: desk.tokens["ben"]) { ben in
            for _ in 0..<3 {
              try await expectRefused(.queueNotFound) {
                for try await _ in ben.tickets.watch(.with { $0.queues = ["Nowhere"] }) {}
              }
            }
            let ours = WatchProbe(ben, queue: "Delta")
            try await ours.begun()
          }
        }
      }
    }
  }

  @Test func aPlaceThatWasLeftIsTakenAgain() {
    let occupancy = Occupancy()
    let name = TokenName(tenant: TenantID(1), token: TokenID(1))
    for seat in [Occupancy.Seat.connection(TenantID(1)), .watch(name)] {
      #expect(occupancy.take(seat, atMost: 2) && occupancy.take(seat, atMost: 2) && !occupancy.take(seat, atMost: 2))
      occupancy.leave(seat)
      #expect(occupancy.take(seat, atMost: 2) && !occupancy.take(seat, atMost: 2))
      for _ in 0..<2 { occupancy.leave(seat) }
      #expect(occupancy.count(seat) == 0)
    }
  }

  /// Who calls on keeps the rate it has; who has not for a while is forgotten when there are many.
  @Test func ratesOfThoseWhoDoNotCallAreForgotten() {
    let rates = CallRates(most: 100)
    let start = NIODeadline.uptimeNanoseconds(10_000_000_000)
    let busy = rates.rate(of: .tenant(TenantID(1)), callsPerSecond: 10, at: start)
    for _ in 0..<10 { _ = busy.admit(at: start) }
    for token in 0..<99 as Range<Int64> {
      _ = rates.rate(of: .token(tenant: TenantID(1), TokenID(token)), callsPerSecond: 10, at: start)
    }
    #expect(rates.count == 100 && rates.generation == 0)
    let later = start + .milliseconds(500)
    _ = rates.rate(of: .tenant(TenantID(2)), callsPerSecond: 10, at: later)
    #expect(rates.count == 2 && rates.generation == 1)
    #expect(rates.rate(of: .tenant(TenantID(1)), callsPerSecond: 10, at: later) === busy)
  }

  // MARK: Support

  private static func impatient(_ token: String, _ server: TestServer) -> ClientConfiguration {
    var configuration = server.configuration(token: token)
    configuration.callTimeout = .milliseconds(300)
    return configuration
  }

  private static func isTurnedAway(_ token: String, by server: TestServer) async throws {
    try await server.with(impatient(token, server)) { client in
      let error = try await refusal { _ = try await client.tickets.list(ListTicketsRequest()) }
      #expect(error?.code == .unavailable || error?.code == .deadlineExceeded)
    }
  }

  /// The place of a connection that has just gone is free when the server has seen it go.
  private static func isLetIn(_ token: String, by server: TestServer) async throws {
    try await server.with(token: token) { _ = try await $0.tickets.list(ListTicketsRequest()) }
  }
}
