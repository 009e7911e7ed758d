import Foundation
import SignalboxClient
import SignalboxCore
import SignalboxServer
import SignalboxTLS
import SignalboxTestKit
import SwiftProtobuf
import Testing

/// Clients that show a certificate instead of a token, over real handshakes.
@Suite(.timeLimit(.minutes(1))) struct CertificateIdentityTests {
  /// A server that asks for certificates, and the directory with the authority that it believes about them.
  private func run(_ body: @Sendable (TestServer, TemporaryDirectory) async throws -> Void) async throws {
    let clients = try TemporaryDirectory()
    let authority = try DevelopmentCertificate.make(directory: clients.path, now: Int64(Date().timeIntervalSince1970))
    try await TestServer.run(adjusting: { $0.clientTrustRootsPath = authority.trustRootsPath }) { server in
      try await body(server, clients)
    }
  }

  private func configuration(
    _ names: [DevelopmentCertificate.SubjectName], in clients: TemporaryDirectory, for server: TestServer,
    token: String? = nil
  ) throws -> ClientConfiguration {
    let file = "client-\(UUID().uuidString)"
    let files = try DevelopmentCertificate.makeClient(
      directory: clients.path, file: file, names: names, now: Int64(Date().timeIntervalSince1970))
    var configuration = server.configuration(token: token)
    configuration.certificateChainPath = files.certificateChainPath
    configuration.privateKeyPath = files.privateKeyPath
    return configuration
  }

  private func map(_ name: String, _ desk: HelpDesk, _ server: TestServer, to certificate: CertificateName) async throws
    -> CreateTokenResponse
  {
    try await server.with(token: desk.admin) { admin in
      try await admin.tokens.create(
        .with {
          $0.name = name
          $0.role = .agent
          $0.person = "ada"
          switch certificate.kind {
          case .uri: $0.certificateUri = certificate.name
          case .dns: $0.certificateDns = certificate.name
          case .email: $0.certificateEmail = certificate.name
          }
        })
    }
  }

  @Test(
    arguments: [
      (.uri("spiffe://desk/ada"), CertificateName(.uri, "spiffe://desk/ada")),
      (.dns("Ada.Desk.example"), CertificateName(.dns, "ada.desk.EXAMPLE")),
      (.email("ada@desk.example"), CertificateName(.email, "ada@desk.example")),
    ] as [(DevelopmentCertificate.SubjectName, CertificateName)])
  func aMappedCertificateIsItsPrincipal(_ shown: DevelopmentCertificate.SubjectName, _ mapped: CertificateName)
    async throws
  {
    try await run { server, clients in
      let desk = try await HelpDesk.open("desk", on: server)
      let made = try await map("ada-laptop", desk, server, to: mapped)
      #expect(made.secret.isEmpty)
      try await server.with(configuration([shown], in: clients, for: server)) { client in
        let caller = try await client.system.describe().caller
        #expect(caller.tenant == "desk" && caller.person == "ada" && caller.tokenName == "ada-laptop")
        _ = try await client.tickets.create(HelpDesk.ticket("gpu"))
      }
      try await server.with(token: desk.admin) { admin in
        var export = ExportAuditRequest()
        export.pageSize = 200
        let rows = try await admin.audit.export(export).rows
        #expect(rows.last?.source == "127.0.0.1 certificate \(mapped.text)")
        #expect(rows.last?.actor == "ada")
      }
      // A token in HELLO is who speaks, whatever the certificate says.
      let both = try configuration([shown], in: clients, for: server, token: desk.tokens["cyd"])
      try await server.with(both) { client in
        let caller = try await client.system.describe().caller
        #expect(caller.person == "cyd")
      }
    }
  }

  @Test func anotherCertificateNamesNobody() async throws {
    try await run { server, clients in
      let desk = try await HelpDesk.open("desk", on: server)
      _ = try await map("ada-laptop", desk, server, to: CertificateName(.uri, "spiffe://desk/ada"))
      let strangers: [[DevelopmentCertificate.SubjectName]] = [
        [.uri("spiffe://desk/adam")], [.dns("spiffe://desk/ada")],
        // Its first name counts, so that nobody is two.
        [.uri("spiffe://desk/eve"), .uri("spiffe://desk/ada")],
      ]
      for names in strangers {
        try await server.with(configuration(names, in: clients, for: server)) { client in
          #expect(try await client.system.describe().caller.tenant.isEmpty)
          try await expectRefused(.unauthenticated) { _ = try await client.tickets.list(ListTicketsRequest()) }
        }
      }
      try await server.with(token: nil) { client in
        try await expectRefused(.unauthenticated) { _ = try await client.tickets.list(ListTicketsRequest()) }
      }
    }
  }

  @Test func aNameIsTakenOverAllTenantsUntilItIsRevoked() async throws {
    try await run { server, clients in
      let ours = try await HelpDesk.open("ours", on: server)
      let theirs = try await HelpDesk.open("theirs", on: server)
      let name = CertificateName(.uri, "spiffe://desk/ada")
      _ = try await map("ada-laptop", ours, server, to: name)
      try await expectRefused(.alreadyExists) { _ = try await map("ada-laptop", theirs, server, to: name) }
      try await server.with(configuration([.uri(name.name)], in: clients, for: server)) { client in
        let watch = WatchProbe(client, queue: "Delta")
        try await watch.begun()
        try await server.with(token: ours.admin) { admin in
          try await expectRefused(.noSecret) { _ = try await admin.tokens.rotate(.with { $0.name = "ada-laptop" }) }
          _ = try await admin.tokens.revoke(.with { $0.name = "ada-laptop" })
        }
        // Cut off like one with a secret.
        try await expectRefused(.unauthenticated) { try await watch.ended() }
        try await expectRefused(.unauthenticated) { _ = try await client.tickets.list(ListTicketsRequest()) }
      }
      _ = try await map("ada-laptop", theirs, server, to: name)
      try await server.with(configuration([.uri(name.name)], in: clients, for: server)) { client in
        let caller = try await client.system.describe().caller
        #expect(caller.tenant == "theirs")
      }
    }
  }
}
