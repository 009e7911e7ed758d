import Foundation
import SignalboxClient
import SignalboxTestKit
import Testing

@testable import signalbox

/// The example tenants in `deploy/tenants`, as `signalbox apply` reads them and a server takes them.
struct TenantFilesTests {
  private static let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().appending(path: "deploy/tenants").path

  private static let names = ["access", "cocalc", "customer-support", "partnerships", "support-ops"]

  @Test func everyTenantHasAFile() throws {
    let files = try FileManager.default.contentsOfDirectory(atPath: Self.folder).filter { $0.hasSuffix(".yaml") }
    #expect(files.sorted() == Self.names.map { $0 + ".yaml" })
  }

  @Test func eachMakesAnEmptyTenantAndThenChangesNothing() async throws {
    try await TestServer.run { server in
      for name in Self.names {
        let document = try TenantDocumentFile("\(Self.folder)/\(name).yaml", .process).document
        var tenant = CreateTenantRequest()
        tenant.name = name
        let wanted = tenant
        try await server.asRoot { root in _ = try await root.tenants.create(wanted) }
        try await server.asRoot(in: name) { root in
          var look = PlanConfigurationRequest()
          look.document = document
          let planned = try await root.configurations.plan(look)
          #expect(planned.problems.isEmpty, "\(name): \(planned.problems)")
          #expect(planned.blocked.isEmpty && !planned.differences.isEmpty)
          var request = ApplyConfigurationRequest()
          request.document = document
          #expect(try await root.configurations.apply(request).plan == planned)
          #expect(try await root.configurations.plan(look).differences.isEmpty)
          #expect(try await root.configurations.apply(request).version == 0)

          // What is exported, printed and read again is no difference either.
          let exported = try await root.configurations.export().document
          let printed = TenantDocumentReader(try TenantDocumentText.of(exported))
          #expect(printed.faults.isEmpty && printed.document == exported, "\(name): \(printed.faults)")
          look.document = printed.document
          #expect(try await root.configurations.plan(look).differences.isEmpty)

          var ticket = CreateTicketRequest()
          (ticket.subject, ticket.requester) = ("hello", "somebody@lab.example.edu")
          #expect(try await !root.tickets.create(ticket).queue.isEmpty)
        }
      }
    }
  }
}
