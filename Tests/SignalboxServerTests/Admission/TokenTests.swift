import SignalboxClient
import SignalboxCore
import SignalboxServer
import SignalboxStore
import SignalboxTestKit
import SwiftProtobuf
import Synchronization
import Testing

/// Tokens that expire, are rotated, are limited and revoked. The clock is moved by hand; what is cut off is cut off by
/// the server's own rounds, which are 20 ms apart here.
@Suite(.timeLimit(.minutes(1))) struct TokenTests {
  private static let hour: Int64 = 3_600_000

  @Test func anExpiredTokenIsRefusedAndItsConnectionsEnd() async throws {
    try await TestServer.run { server in
      let desk = try await HelpDesk.open("desk", on: server)
      let made = try await server.with(token: desk.admin) { admin in
        try await admin.tokens.create(Self.request("short") { $0.lifetimeMs = 2 * UInt64(Self.hour) })
      }
      #expect(made.token.expiresAtMs == server.clock.now.milliseconds + 2 * Self.hour)
      try await server.with(token: made.secret) { client in
        _ = try await client.tickets.list(ListTicketsRequest())
        let watch = Self.watch(client)
        try await watch.begun()
        server.clock.advance(byMilliseconds: 2 * Self.hour - 1)
        _ = try await client.tickets.list(ListTicketsRequest())
        server.clock.advance(byMilliseconds: 1)
        // Nothing is called: the server cuts it off by itself.
        try await expectRefused(.unauthenticated) { try await watch.ended() }
        try await expectRefused(.unauthenticated) { _ = try await client.tickets.list(ListTicketsRequest()) }
      }
      try await Self.fails(made.secret, on: server)
      try await server.with(token: desk.admin) { admin in
        let token = try await admin.tokens.list(ListTokensRequest()).tokens.first { $0.name == "short" }
        #expect(token?.expiresAtMs == made.token.expiresAtMs)
      }
    }
  }

  @Test func aRotatedTokenHasTwoSecretsForAWhile() async throws {
    try await TestServer.run { server in
      let desk = try await HelpDesk.open("desk", on: server)
      let old = try #require(desk.tokens["ada"])
      let rotated = try await Self.rotate("ada", overlap: 2 * UInt64(Self.hour), desk, server)
      #expect(rotated.token.oldSecretUntilMs == server.clock.now.milliseconds + 2 * Self.hour)
      #expect(rotated.secret != old)
      try await server.with(token: old) { holder in
        let watch = Self.watch(holder)
        try await watch.begun()
        try await server.with(token: rotated.secret) { changed in
          _ = try await holder.tickets.list(ListTicketsRequest())
          _ = try await changed.tickets.list(ListTicketsRequest())
          server.clock.advance(byMilliseconds: 2 * Self.hour)
          try await expectRefused(.unauthenticated) { try await watch.ended() }
          try await expectRefused(.unauthenticated) { _ = try await holder.tickets.list(ListTicketsRequest()) }
          _ = try await changed.tickets.list(ListTicketsRequest())
        }
      }
      try await Self.fails(old, on: server)
      try await Self.works(rotated.secret, on: server)
    }
  }

  @Test func aRotationWithoutOverlapCutsAtOnceAndASecondOneTheFirst() async throws {
    try await TestServer.run { server in
      let desk = try await HelpDesk.open("desk", on: server)
      let first = try #require(desk.tokens["ada"])
      let second = try await Self.rotate("ada", overlap: 0, desk, server).secret
      try await Self.fails(first, on: server)
      let third = try await Self.rotate("ada", overlap: nil, desk, server).secret
      try await Self.works(second, on: server)
      let fourth = try await Self.rotate("ada", overlap: nil, desk, server).secret
      try await Self.fails(second, on: server)
      try await Self.works(third, on: server)
      try await Self.works(fourth, on: server)
    }
  }

  @Test func aRevokedTokenIsCutOffAndOthersAreNot() async throws {
    try await TestServer.run { server in
      let desk = try await HelpDesk.open("desk", on: server)
      try await server.with(token: desk.tokens["ada"]) { ada in
        try await server.with(token: desk.tokens["ben"]) { ben in
          let (cut, kept) = (Self.watch(ada), Self.watch(ben))
          try await cut.begun()
          try await kept.begun()
          try await server.with(token: desk.admin) { admin in
            _ = try await admin.tokens.revoke(.with { $0.name = "ada" })
            // Ada says nothing more, and is told all the same.
            try await expectRefused(.unauthenticated) { try await cut.ended() }
            _ = try await admin.tickets.create(HelpDesk.ticket("gpu"))
          }
          try await kept.sawEvent()
          _ = try await ben.tickets.list(ListTicketsRequest())
        }
      }
    }
  }

  /// Whether other system admins are left is asked only where one goes: the index that counts them is gone.
  @Test func onlyASystemAdminsTokenIsCountedAgainstOthers() async throws {
    let opened = Mutex<(any Database)?>(nil)
    try await TestServer.run(
      wrapping: { database in
        opened.withLock { $0 = database }
        return database
      }
    ) { server in
      let database = try #require(opened.withLock { $0 })
      let desk = try await HelpDesk.open("desk", on: server)
      try await server.asRoot { root in
        _ = try await root.tokens.create(.with { ($0.name, $0.role) = ("second", .systemAdmin) })
      }
      try await database.write { transaction in
        try transaction.run(Query<Void>(acrossTenants: "test.spoil", sql: SQL("DROP INDEX tokens_by_role")))
      }
      try await server.with(token: desk.admin) { admin in
        let revoked = try await admin.tokens.revoke(.with { $0.name = "ada" }).token
        #expect(revoked.name == "ada")
      }
      try await server.asRoot { root in
        let error = try await refusal { _ = try await root.tokens.revoke(.with { $0.name = "second" }) }
        #expect(error?.code == .internal)
      }
    }
  }

  @Test func tooManyWrongTokensCloseTheDoorForAWhile() async throws {
    try await TestServer.run(adjusting: { $0.limits.authentication.failuresPerSource = 2 }) { server in
      let desk = try await HelpDesk.open("desk", on: server)
      try await server.with(token: desk.tokens["ada"]) { ada in
        _ = try await ada.tickets.list(ListTicketsRequest())
        for _ in 0..<2 { try await Self.fails("sbx1.1.1.wrong", on: server) }
        // A new connection is not even asked who it is; the one that is open goes on.
        var impatient = server.configuration(token: desk.tokens["ben"])
        impatient.callTimeout = .milliseconds(300)
        try await server.with(impatient) { ben in
          let error = try await refusal { _ = try await ben.tickets.list(ListTicketsRequest()) }
          #expect(error?.code == .unavailable || error?.code == .deadlineExceeded)
        }
        _ = try await ada.tickets.list(ListTicketsRequest())
        server.clock.advance(byMilliseconds: 60_000)
        try await Self.works(desk.tokens["ben"] ?? "", on: server)
      }
    }
  }

  @Test func theLastUseIsShownAndWritten() async throws {
    let (directory, first, used) = try await TestServer.run { server in
      let desk = try await HelpDesk.open("desk", on: server)
      func lastUse() async throws -> Int64? {
        try await server.with(token: desk.admin) { admin in
          try await admin.tokens.list(ListTokensRequest()).tokens.first { $0.name == "ada" }?.lastUsedAtMs
        }
      }
      #expect(try await lastUse() == 0)
      let first = server.clock.now.milliseconds
      let used = try await server.with(token: desk.tokens["ada"]) { ada in
        _ = try await ada.tickets.list(ListTicketsRequest())
        #expect(try await lastUse() == first)
        server.clock.advance(byMilliseconds: 59_999)
        _ = try await ada.tickets.list(ListTicketsRequest())
        #expect(try await lastUse() == first)
        server.clock.advance(byMilliseconds: 1)
        _ = try await ada.tickets.list(ListTicketsRequest())
        return server.clock.now.milliseconds
      }
      #expect(try await lastUse() == used)
      return (server.directory, first, used)
    }
    #expect(used == first + 60_000)
    // It was not written on the way of the calls; an orderly stop writes it.
    let database = try SQLiteDatabase(at: .file(directory.path + "/data/signalbox.db"), migrations: Schema.migrations)
    let written = try await database.read { try TokenQueries.credentials(in: $0) }
      .first { $0.token.name == "ada" }?.token.lastUsedAt
    #expect(written == Timestamp(milliseconds: used))
    await database.close()
  }

  @Test func aScopeLimitsTicketsAndWatchesToItsQueues() async throws {
    try await TestServer.run { server in
      let desk = try await HelpDesk.open("desk", on: server)
      let (delta, triage) = try await server.with(token: desk.admin) { admin in
        (
          try await admin.tickets.create(HelpDesk.ticket("gpu")),
          try await admin.tickets.create(HelpDesk.ticket("a question"))
        )
      }
      let limited = try await server.with(token: desk.admin) { admin in
        // Ada is an agent of Delta only; Cyd of Triage only.
        try await expectRefused(.invalidField) {
          _ = try await admin.tokens.create(
            Self.request("wide") {
              $0.role = .tenantAdmin
              $0.queues = ["Delta"]
            })
        }
        let made = try await admin.tokens.create(Self.request("narrow") { $0.queues = ["Triage"] })
        #expect(made.token.queues == ["Triage"])
        return made.secret
      }
      try await server.with(token: desk.tokens["ada"]) { ada in
        _ = try await ada.tickets.get(.with { $0.number = delta.number })
      }
      try await server.with(token: limited) { ada in
        for number in [delta.number, triage.number] {
          try await expectRefused(.ticketNotFound) { _ = try await ada.tickets.get(.with { $0.number = number }) }
        }
        #expect(try await ada.tickets.list(ListTicketsRequest()).tickets.isEmpty)
        try await expectRefused(.notPermitted) {
          for try await _ in ada.tickets.watch(.with { $0.queues = ["Delta"] }) {}
        }
        try await expectRefused(.ticketNotFound) {
          _ = try await ada.tickets.reassign(
            .with {
              $0.number = delta.number
              $0.expectedVersion = delta.version
              $0.reason = "away"
              $0.toQueue = "Triage"
            })
        }
      }
    }
  }

  @Test func verbsLimitWhatATokenMay() async throws {
    try await TestServer.run { server in
      let desk = try await HelpDesk.open("desk", on: server)
      let (ticket, secret) = try await server.with(token: desk.admin) { admin in
        try await expectRefused(.invalidField) {
          _ = try await admin.tokens.create(Self.request("wrong") { $0.verbs = ["brwse"] })
        }
        let made = try await admin.tokens.create(Self.request("reader") { $0.verbs = ["browse"] })
        #expect(made.token.verbs == ["browse"])
        return (try await admin.tickets.create(HelpDesk.ticket("gpu")), made.secret)
      }
      let rotated = try await Self.rotate("reader", overlap: nil, desk, server)
      #expect(rotated.token.verbs == ["browse"])
      for token in [secret, rotated.secret] {
        try await server.with(token: token) { ada in
          _ = try await ada.system.ping([1])
          #expect(try await ada.system.describe().caller.verbs == ["browse"])
          #expect(try await ada.tickets.get(.with { $0.number = ticket.number }).subject == "gpu")
          // Ada is its assignee, and may all of this with another token.
          try await expectRefused(.notPermitted) { _ = try await ada.tickets.create(HelpDesk.ticket("gpu")) }
          try await expectRefused(.notPermitted) {
            _ = try await ada.tickets.release(
              .with { ($0.number, $0.expectedVersion, $0.reason) = (ticket.number, ticket.version, "r") })
          }
          let answer = try await ada.access.explain(.with { ($0.right, $0.queue) = (.update, "Delta") })
          #expect(answer.missing == ["the token is limited to `browse`; use one that has `update`"])
        }
      }
    }
  }

  /// A token that is limited makes none that is wider, whatever its role: it makes none, grants nothing, rotates nothing.
  @Test func aLimitedTokenMakesNoWiderOne() async throws {
    try await TestServer.run { server in
      let desk = try await HelpDesk.open("desk", on: server)
      let limited = try await server.with(token: desk.admin) { admin in
        _ = try await admin.access.grant(.with { ($0.role, $0.person, $0.tenant) = (.tenantAdmin, "ada", true) })
        let verbs = try await admin.tokens.create(
          Self.request("rules") { ($0.role, $0.verbs) = (.tenantAdmin, ["browse", "edit_rules"]) })
        let queues = try await admin.tokens.create(Self.request("delta") { $0.queues = ["Delta"] })
        return [verbs.secret, queues.secret]
      }
      for token in limited {
        try await server.with(token: token) { ada in
          try await expectRefused(.notPermitted) { _ = try await ada.tokens.create(Self.request("wider") { _ in }) }
          try await expectRefused(.notPermitted) {
            _ = try await ada.tokens.create(Self.request("same") { $0.verbs = ["browse"] })
          }
          try await expectRefused(.notPermitted) { _ = try await ada.tokens.rotate(.with { $0.name = "admin" }) }
          try await expectRefused(.notPermitted) {
            _ = try await ada.access.grant(.with { ($0.role, $0.person, $0.queue) = (.viewer, "cyd", "Delta") })
          }
        }
      }
      try await server.with(token: limited[0]) { rules in
        _ = try await rules.rules.put(.with { $0.text = HelpDesk.rules.replacing("version 1", with: "version 2") })
      }
      try await server.asRoot(in: "desk") { root in
        try await expectRefused(.notPermitted) {
          _ = try await root.tokens.create(Self.request("root") { ($0.role, $0.verbs) = (.systemAdmin, []) })
        }
      }
      try await server.asRoot { root in
        try await expectRefused(.invalidField) {
          _ = try await root.tokens.create(
            .with { ($0.name, $0.role, $0.verbs) = ("root", .systemAdmin, ["browse"]) })
        }
      }
    }
  }

  // MARK: Support

  private static func request(
    _ name: String, _ change: (inout CreateTokenRequest) -> Void
  ) -> CreateTokenRequest {
    var request = CreateTokenRequest()
    request.name = name
    request.role = .agent
    request.person = "ada"
    change(&request)
    return request
  }

  private static func rotate(
    _ name: String, overlap: UInt64?, _ desk: HelpDesk, _ server: TestServer
  ) async throws -> RotateTokenResponse {
    try await server.with(token: desk.admin) { admin in
      try await admin.tokens.rotate(
        .with {
          $0.name = name
          if let overlap { $0.overlapMs = overlap }
        })
    }
  }

  private static func fails(_ token: String, on server: TestServer) async throws {
    try await server.with(token: token) { client in
      try await expectRefused(.unauthenticated) { _ = try await client.tickets.list(ListTicketsRequest()) }
    }
  }

  private static func works(_ token: String, on server: TestServer) async throws {
    try await server.with(token: token) { _ = try await $0.tickets.list(ListTicketsRequest()) }
  }

  private static func watch(_ client: SignalboxClient) -> WatchProbe { WatchProbe(client, queue: "Delta") }
}
