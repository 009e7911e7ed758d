import SignalboxClient
import SignalboxProtocol
import SignalboxTestKit
import Testing

/// A registration between its asker and the tenant's admin, over the wire.
struct RegistrationTests {
  static func wish(_ name: String, draft: Bool = false) -> RegisterQueueRequest {
    var request = RegisterQueueRequest()
    request.name = name
    request.kind = .resourceProvider
    request.organization = "Delta"
    request.agents = ["ada"]
    request.keywords = ["a100"]
    request.draft = draft
    request.additional = true
    return request
  }

  @Test func backAndForth() async throws {
    try await TestServer.run { server in
      let desk = try await HelpDesk.open("desk", on: server)
      let id = try await server.with(token: desk.tokens["ada"]) { ada in
        try await ada.queues.register(Self.wish("Delta-GPU", draft: true)).id
      }
      try await server.with(token: desk.admin) { admin in
        // Not before the admins, unless they ask for drafts.
        var list = ListQueueRegistrationsRequest()
        #expect(try await admin.queues.registrations(list).registrations.allSatisfy { $0.id != id })
        list.state = .draft
        #expect(try await admin.queues.registrations(list).registrations.map(\.id) == [id])
        var approve = ApproveQueueRegistrationRequest()
        approve.registration = id
        let early = approve
        try await expectRefused(.registrationState) { _ = try await admin.queues.approve(early) }
      }
      try await server.with(token: desk.tokens["cyd"]) { stranger in
        var comment = CommentQueueRegistrationRequest()
        comment.registration = id
        comment.comment = "mine"
        let foreign = comment
        try await expectRefused(.registrationNotFound) { _ = try await stranger.queues.commentRegistration(foreign) }
        var history = GetRegistrationHistoryRequest()
        history.registration = id
        let hidden = history
        try await expectRefused(.registrationNotFound) { _ = try await stranger.queues.registrationHistory(hidden) }
      }
      try await server.with(token: desk.tokens["ben"]) { member in
        var update = UpdateQueueRegistrationRequest()
        update.registration = id
        update.defaultAssignee = "ada"
        update.keywords.values = ["a100", "h100"]
        let amended = try await member.queues.updateRegistration(update)
        #expect(amended.queue.defaultAssignee == "ada")
        #expect(amended.queue.keywords == ["a100", "h100"])
        #expect(amended.queue.agents == ["ada"])
        var submit = SubmitQueueRegistrationRequest()
        submit.registration = id
        #expect(try await member.queues.submitRegistration(submit).state == .submitted)
      }
      try await server.with(token: desk.admin) { admin in
        var update = UpdateQueueRegistrationRequest()
        update.registration = id
        update.name = "Delta-Accelerators"
        _ = try await admin.queues.updateRegistration(update)
        var approve = ApproveQueueRegistrationRequest()
        approve.registration = id
        let approved = try await admin.queues.approve(approve)
        #expect(approved.queue.name == "Delta-Accelerators")
        #expect(approved.queue.keywords == ["a100", "h100"])

        var request = GetRegistrationHistoryRequest()
        request.registration = id
        request.pageSize = 3
        var events: [Event] = []
        repeat {
          let page = try await admin.queues.registrationHistory(request)
          events += page.events
          request.page = page.nextPage
        } while !request.page.isEmpty && events.count < 20
        #expect(
          events.map(\.kind) == [
            "registration.drafted", "registration.amended", "registration.submitted", "registration.amended",
            "queue.approved",
          ])
        #expect(events.map(\.actor) == ["ada", "ben", "ben", "admin", "admin"])
        #expect(events.allSatisfy { $0.registration == id })
        #expect(events[3].changes.map(\.before) == ["Delta-GPU"])
      }
    }
  }

  @Test func theQueueThereIsIsOffered() async throws {
    try await TestServer.run { server in
      let desk = try await HelpDesk.open("desk", on: server)
      try await server.with(token: desk.tokens["ada"]) { ada in
        var request = Self.wish("Delta-2")
        request.additional = false
        let second = request
        let refused = try await refusal { _ = try await ada.queues.register(second) }
        #expect(refused?.reason == .organizationHasQueue)
        #expect(refused?.message.contains("`Delta`") == true)
      }
    }
  }

  @Test func namesOfResourceProvidersHaveTheTenantsForm() async throws {
    try await TestServer.run { server in
      let desk = try await HelpDesk.open("desk", on: server)
      try await server.with(token: desk.admin) { admin in
        var request = UpdateTenantSettingsRequest()
        request.settings.resourceProviderQueuePattern = "<Name>-<Purpose>"
        let tenant = try await admin.tenants.updateSettings(request)
        #expect(tenant.settings.resourceProviderQueuePattern == "<Name>-<Purpose>")
        let refused = try await refusal { _ = try await admin.queues.register(Self.wish("Delta_GPU")) }
        #expect(refused?.reason == .invalidField)
        #expect(refused?.message.contains("such as `Name-Purpose`") == true)
        _ = try await admin.queues.register(Self.wish("Delta-GPU"))
      }
    }
  }
}
