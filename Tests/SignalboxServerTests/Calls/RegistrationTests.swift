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

  @Test func lintAndPlanCountPastTickets() async throws {
    try await TestServer.run { server in
      let desk = try await HelpDesk.open("desk", on: server)
      try await server.with(token: desk.admin) { admin in
        for subject in ["slurm hangs", "slurm and a100", "gpu lost", "hello", "hello", "hello", "bye", "bye"] {
          _ = try await admin.tickets.create(HelpDesk.ticket(subject))
        }
      }
      var wish = Self.wish("Delta-GPU")
      wish.keywords = ["slurm"]
      wish.watchers = ["ops@example.org"]
      let request = wish
      let id = try await server.with(token: desk.tokens["ada"]) { ada in
        var lint = LintQueueRegistrationRequest()
        lint.request = request
        lint.request.agents = ["ada", "nobody"]
        let unsent = try await ada.queues.lintRegistration(lint)
        #expect(unsent.ticketsLookedAt == 8)
        #expect(
          unsent.findings.map(\.kind) == [
            .unknownPerson, .organizationHasQueue, .keywordTaken, .keywordTooCommon, .addressUnconfirmed,
          ])
        // Counts of tickets that ada cannot browse are among them; who may not ask for the queue gets none.
        let taken = unsent.findings[2]
        #expect((taken.queue, taken.count, taken.outOf) == ("Delta", 2, 3))
        lint.request.organization = "Desk"
        let foreign = lint
        try await expectRefused(.notPermitted) { _ = try await ada.queues.lintRegistration(foreign) }
        try await expectRefused(.invalidField) {
          _ = try await ada.queues.lintRegistration(LintQueueRegistrationRequest())
        }
        let id = try await ada.queues.register(request).id
        lint.registration = id
        let sent = try await ada.queues.lintRegistration(lint)
        #expect(
          sent.findings.map(\.kind) == [
            .organizationHasQueue, .keywordTaken, .keywordTooCommon, .addressUnconfirmed,
          ])
        var plan = PlanQueueRegistrationRequest()
        plan.registration = id
        let curious = plan
        try await expectRefused(.notPermitted) { _ = try await ada.queues.planRegistration(curious) }
        return id
      }
      try await server.with(token: desk.tokens["cyd"]) { stranger in
        var beside = LintQueueRegistrationRequest()
        beside.request = request
        beside.request.organization = "Desk"
        beside.request.name = "Desk-GPU"
        beside.request.agents = ["cyd"]
        beside.request.defaultAssignee = ""
        let wanted = try await stranger.queues.lintRegistration(beside).findings.filter { $0.kind == .wantedToo }
        #expect(wanted.map(\.value) == ["slurm"])
        #expect(wanted.map(\.queue) == [""])
        var lint = LintQueueRegistrationRequest()
        lint.registration = id
        let foreign = lint
        try await expectRefused(.registrationNotFound) { _ = try await stranger.queues.lintRegistration(foreign) }
      }
      try await server.with(token: desk.admin) { admin in
        var request = PlanQueueRegistrationRequest()
        request.registration = id
        let plan = try await admin.queues.planRegistration(request)
        #expect(plan.blocked.isEmpty)
        #expect(plan.queue.name == "Delta-GPU")
        #expect(plan.gains.map(\.who) == ["ada", "ops@example.org"])
        #expect(plan.gains.first?.rights.contains("own") == true)
        #expect(plan.gains.last?.rights == ["watch"])
        #expect(plan.told == ["ada@example.org", "ops@example.org"])
        #expect(plan.findings.count == 4)
        #expect(plan.ticketsLookedAt == 8)
        // Nothing was made of it.
        var get = GetQueueRequest()
        get.name = "Delta-GPU"
        let absent = get
        try await expectRefused(.queueNotFound) { _ = try await admin.queues.get(absent) }
      }
    }
  }

  /// The asker sees the answer come.
  @Test func aRegistrationIsWatched() async throws {
    try await TestServer.run { server in
      let desk = try await HelpDesk.open("desk", on: server)
      try await server.with(token: desk.tokens["ada"]) { ada in
        let id = try await ada.queues.register(Self.wish("Delta-GPU")).id
        let other = try await ada.queues.register(Self.wish("Delta-Other")).id
        var request = WatchTicketsRequest()
        request.registrations = [id]
        request.cursor = "start"
        var kinds: [String] = []
        for try await response in ada.tickets.watch(request) where response.hasEvent {
          #expect(response.event.registration == id)
          kinds.append(response.event.kind)
          guard kinds.count == 1 else { break }
          // The watch is under way; what happens from here on comes live, that of the other registration not.
          try await server.with(token: desk.admin) { admin in
            var changes = RequestRegistrationChangesRequest()
            changes.answer = "why?"
            for number in [other, id] {
              changes.registration = number
              _ = try await admin.queues.requestRegistrationChanges(changes)
            }
          }
        }
        #expect(kinds == ["queue.registered", "registration.changes_requested"])
        let followed = request
        try await server.with(token: desk.tokens["cyd"]) { stranger in
          try await expectRefused(.registrationNotFound) {
            for try await _ in stranger.tickets.watch(followed) {}
          }
        }
      }
    }
  }
}
