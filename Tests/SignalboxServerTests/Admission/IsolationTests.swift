import Foundation
import SignalboxClient
import SignalboxProtocol
import SignalboxTestKit
import Testing

/// A tenant learns nothing of another: what belongs to it answers like what does not exist.
struct IsolationTests {
  @Test func anotherTenantsThingsAreAbsent() async throws {
    try await TestServer.run { server in
      let ours = try await HelpDesk.open("ours", on: server)
      let theirs = try await HelpDesk.open("theirs", on: server)
      // Things only they have.
      let (ticket, cursor, page) = try await server.with(token: theirs.admin) { client in
        var organization = CreateOrganizationRequest()
        organization.name = "Secret"
        organization.kind = .partner
        _ = try await client.organizations.create(organization)
        for index in 0..<60 { _ = try await client.tickets.create(HelpDesk.ticket("gpu \(index)")) }
        let created = try await client.tickets.create(HelpDesk.ticket("gpu"))
        let page = try await client.tickets.list(ListTicketsRequest()).nextPage
        return (created.number, created.cursor, page)
      }
      for token in [ours.admin, ours.tokens["ada"] ?? ""] {
        try await server.with(token: token) { client in
          try await expectSame {
            var get = GetTicketRequest()
            get.number = $0 ? ticket : 999_999
            return try await client.tickets.get(get)
          }
          try await expectSame {
            var why = WhyTicketRequest()
            why.number = $0 ? ticket : 999_999
            return try await client.tickets.why(why)
          }
          try await expectSame {
            var history = GetTicketHistoryRequest()
            history.number = $0 ? ticket : 999_999
            return try await client.tickets.history(history)
          }
          try await expectSame {
            var reassign = ReassignTicketRequest()
            reassign.number = $0 ? ticket : 999_999
            reassign.expectedVersion = 1
            reassign.reason = "mine now"
            reassign.toQueue = "Delta"
            return try await client.tickets.reassign(reassign)
          }
          try await expectSame {
            var get = GetOrganizationRequest()
            get.name = $0 ? "Secret" : "Absent"
            return try await client.organizations.get(get)
          }
          var list = ListTicketsRequest()
          list.page = page
          let misplaced = list
          try await expectRefused(.cursorInvalid) { _ = try await client.tickets.list(misplaced) }
          var watch = WatchTicketsRequest()
          watch.queues = ["Delta"]
          watch.cursor = cursor
          let stray = watch
          try await expectRefused(.cursorInvalid) { for try await _ in client.tickets.watch(stray) {} }
        }
      }
    }
  }

  @Test func roles() async throws {
    try await TestServer.run { server in
      let desk = try await HelpDesk.open("desk", on: server)
      try await server.with(token: nil) { client in
        _ = try await client.system.describe()
        try await expectRefused(.unauthenticated) { _ = try await client.tickets.list(ListTicketsRequest()) }
      }
      try await server.with(token: desk.tokens["ada"]) { client in
        var person = CreatePersonRequest()
        person.handle = "mallory"
        let stranger = person
        try await expectRefused(.notPermitted) { _ = try await client.people.create(stranger) }
        try await expectRefused(.notPermitted) { _ = try await client.tenants.list(ListTenantsRequest()) }
        var list = ListTicketsRequest()
        list.queue = "Triage"
        let foreign = list
        try await expectRefused(.notPermitted) { _ = try await client.tickets.list(foreign) }
      }
      try await server.asRoot { root in
        try await expectRefused(.tenantRequired) { _ = try await root.tickets.list(ListTicketsRequest()) }
      }
      try await server.asRoot(in: "nowhere") { root in
        try await expectRefused(.tenantNotFound) { _ = try await root.tickets.list(ListTicketsRequest()) }
      }
    }
  }

  @Test(arguments: ["sbx1.0.1.wrong", "junk"])
  func aWrongTokenIsCalledThat(token: String) async throws {
    try await TestServer.run { server in
      try await server.with(token: token) { client in
        try await expectRefused(.unauthenticated) { _ = try await client.system.ping([1]) }
      }
    }
  }

  @Test func aRevokedTokenIsOfNoUse() async throws {
    try await TestServer.run { server in
      let desk = try await HelpDesk.open("desk", on: server)
      try await server.with(token: desk.tokens["ada"]) { ada in
        _ = try await ada.tickets.list(ListTicketsRequest())
        try await server.with(token: desk.admin) { admin in
          var revoke = RevokeTokenRequest()
          revoke.name = "ada"
          _ = try await admin.tokens.revoke(revoke)
        }
        try await expectRefused(.unauthenticated) { _ = try await ada.tickets.list(ListTicketsRequest()) }
      }
    }
  }

  /// The call fails alike for what another tenant has and for what nobody has.
  private func expectSame<Answer>(
    sourceLocation: SourceLocation = #_sourceLocation, _ call: (_ theirs: Bool) async throws -> Answer
  ) async throws {
    let foreign = try await refusal(sourceLocation: sourceLocation) { _ = try await call(true) }
    let absent = try await refusal(sourceLocation: sourceLocation) { _ = try await call(false) }
    #expect(foreign?.code == absent?.code, sourceLocation: sourceLocation)
    #expect(foreign?.reason == absent?.reason, sourceLocation: sourceLocation)
    // The name asked for is in the message; nothing else may differ.
    let names = ["999999", "Absent", "Secret"]
    func plain(_ error: ClientError?) -> String {
      var text = error?.message ?? ""
      for name in names { text = text.replacingOccurrences(of: name, with: "X") }
      return text.filter { !$0.isNumber }
    }
    #expect(plain(foreign).filter { $0 != "X" } == plain(absent).filter { $0 != "X" }, sourceLocation: sourceLocation)
  }
}
