import Foundation
import SignalboxClient
import SignalboxTestKit
import SwiftProtobuf
import Testing

/// A tenant's configuration as a document, over the wire.
struct ConfigurationTests {
  private func plan(_ document: TenantDocument) -> PlanConfigurationRequest {
    var request = PlanConfigurationRequest()
    request.document = document
    return request
  }

  private func apply(_ document: TenantDocument, reason: String = "") -> ApplyConfigurationRequest {
    var request = ApplyConfigurationRequest()
    request.document = document
    request.reason = reason
    return request
  }

  @Test func whatIsExportedIsAppliedToAnotherTenant() async throws {
    try await TestServer.run { server in
      let desk = try await HelpDesk.open("desk", on: server)
      var document = try await server.with(token: desk.admin) { admin in
        var group = CreateGroupRequest()
        group.name = "night"
        group.members = ["ada", "cyd"]
        _ = try await admin.access.createGroup(group)
        var grant = GrantRoleRequest()
        (grant.role, grant.group, grant.organization) = (.queueManager, "night", "Delta")
        _ = try await admin.access.grant(grant)
        let exported = try await admin.configurations.export()
        let plan = try await admin.configurations.plan(plan(exported.document))
        #expect(plan.differences.isEmpty && plan.version == exported.version)
        return exported.document
      }
      var type = TicketType()
      type.name = "domain_approval"
      var field = TicketTypeField()
      (field.name, field.type, field.options) = ("domain_approved", .choice, ["approved", "declined"])
      type.fields = [field]
      type.endsIn = [.solved]
      document.ticketTypes.entries = [type]
      document.tenant = "copy"
      let copied = document
      try await server.asRoot { root in _ = try await root.tenants.create(.with { $0.name = "copy" }) }
      try await server.asRoot(in: "copy") { root in
        let before = try await root.tenants.get(GetTenantRequest()).revision
        var dry = CallOptions()
        dry.dryRun = true
        #expect(try await root.configurations.apply(apply(copied), options: dry).version == before + 1)
        #expect(try await root.tenants.get(GetTenantRequest()).revision == before)

        let applied = try await root.configurations.apply(apply(copied, reason: "copy of desk"))
        #expect(applied.version == before + 1)
        #expect(
          applied.plan.access.contains { $0.person == "ada" && $0.queue == "Delta" && $0.gained.contains(.steal) })
        // A revision for the document and for each new thing.
        let made = 2 + 3 + 1 + 2 + 1 as UInt64
        #expect(try await root.tenants.get(GetTenantRequest()).revision == before + 1 + made)
        #expect(try await root.configurations.export().document == copied)
        let again = try await root.configurations.apply(apply(copied))
        #expect(again.version == 0 && again.plan.differences.isEmpty)
        #expect(try await root.tenants.get(GetTenantRequest()).revision == before + 1 + made)
        #expect(try await root.tickets.create(HelpDesk.ticket("gpu")).assignee == "ada")
        let rows = try await root.audit.export(ExportAuditRequest()).rows
        #expect(rows[0].kind == "configuration.applied" && rows[0].reason == "copy of desk")
        #expect(rows.contains { $0.kind == "queue.created" && $0.subject == "Delta" })
        let versions = try await root.configurations.versions(ListConfigurationVersionsRequest()).versions
        #expect(versions.map(\.reason) == ["copy of desk"])
      }
    }
  }

  @Test func whatIsRemovedInUseIsRefusedForcedAndRolledBack() async throws {
    try await TestServer.run { server in
      let desk = try await HelpDesk.open("desk", on: server)
      try await server.with(token: desk.admin) { admin in
        let ticket = try await admin.tickets.create(HelpDesk.ticket("gpu"))
        let before = try await admin.configurations.export().document
        var document = before
        document.people.entries.removeAll { $0.handle == "ada" }
        document.queues.entries.removeAll { $0.name == "Delta" }
        var request = apply(document)
        let bare = request
        let refused = try await refusal { _ = try await admin.configurations.apply(bare) }
        #expect(refused?.reason == .configurationInUse)
        #expect(refused?.message.contains("#\(ticket.number)") == true)
        var look = plan(document)
        let blocked = try await admin.configurations.plan(look)
        #expect(blocked.blocked.count == 2 && !blocked.differences.isEmpty)

        var redirect = QueueRedirect()
        (redirect.queue, redirect.to) = ("Delta", "Triage")
        request.redirects = [redirect]
        request.force = true
        look.redirects = [redirect]
        look.force = true
        let planned = try await admin.configurations.plan(look)
        #expect(planned.blocked.isEmpty && planned.ticketsMoved == 1 && planned.tokensRevoked == 1)
        request.expectedVersion = planned.version - 1
        let stale = request
        try await expectRefused(.versionMismatch) { _ = try await admin.configurations.apply(stale) }
        request.expectedVersion = planned.version
        let applied = try await admin.configurations.apply(request)
        #expect(applied.plan == planned)
        #expect(try await admin.tickets.get(.with { $0.number = ticket.number }).queue == "Triage")
        #expect(try await admin.people.list(ListPeopleRequest()).people.map(\.handle) == ["ben", "cyd"])
        try await expectRefused(.personNotFound) { _ = try await admin.people.get(.with { $0.handle = "ada" }) }
        #expect(try await admin.tickets.create(HelpDesk.ticket("gpu", category: "Storage")).queue == "Triage")

        // How things were found is a version too.
        let versions = try await admin.configurations.versions(ListConfigurationVersionsRequest()).versions
        #expect(versions.map(\.version).first == applied.version && versions.count == 2)
        #expect(versions[1].appliedBy.isEmpty)
        var back = RollbackConfigurationRequest()
        back.version = versions[1].version
        _ = try await admin.configurations.rollback(back)
        #expect(try await admin.configurations.export().document == before)
        let found = try await admin.configurations.version(.with { $0.version = versions[1].version })
        #expect(found.document == before)
        let newest = try await admin.configurations.versions(.with { $0.pageSize = 1 }).versions
        #expect(newest.first?.reason == "rollback to version \(back.version)")
        try await expectRefused(.configurationVersionNotFound) {
          _ = try await admin.configurations.rollback(.with { $0.version = 7 })
        }
      }
      // The token of who was removed is gone for good.
      try await server.with(token: desk.tokens["ada"]) { ada in
        let refused = try await refusal { _ = try await ada.tenants.get(GetTenantRequest()) }
        #expect(refused?.code == .unauthenticated)
      }
    }
  }

  @Test func onlyAdminsMayAndProblemsAreAnAnswerOfThePlan() async throws {
    try await TestServer.run { server in
      let desk = try await HelpDesk.open("desk", on: server)
      try await server.with(token: desk.tokens["ada"]) { ada in
        try await expectRefused(.notPermitted) { _ = try await ada.configurations.export() }
        try await expectRefused(.notPermitted) { _ = try await ada.configurations.apply(apply(TenantDocument())) }
      }
      try await server.with(token: desk.admin) { admin in
        var document = TenantDocument()
        document.rules = HelpDesk.rules.replacing("queue \"Triage\"", with: "queue \"Traige\"")
        let plan = try await admin.configurations.plan(plan(document))
        #expect(plan.problems.map(\.field) == ["rules"] && plan.problems.first?.line == 10)
        let wrong = apply(document)
        try await expectRefused(.invalidField) { _ = try await admin.configurations.apply(wrong) }
        #expect(try await admin.configurations.plan(self.plan(TenantDocument())).differences.isEmpty)
        try await expectRefused(.invalidField) {
          _ = try await admin.configurations.plan(PlanConfigurationRequest())
        }
      }
    }
  }
}
