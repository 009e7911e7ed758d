import SignalboxClient
import SignalboxTestKit
import Testing

/// Roles, absences and references through the protocol, under the credentials of those concerned.
struct AccessTests {
  private func grant(_ role: Role, toPerson handle: String, onQueue queue: String) -> GrantRoleRequest {
    var request = GrantRoleRequest()
    request.role = role
    request.person = handle
    request.queue = queue
    return request
  }

  private func explain(_ right: Right, person: String = "", queue: String) -> ExplainAccessRequest {
    var request = ExplainAccessRequest()
    request.person = person
    request.right = right
    request.queue = queue
    return request
  }

  @Test func aGrantOpensADoorAndItsEndClosesIt() async throws {
    try await TestServer.run { server in
      let desk = try await HelpDesk.open("desk", on: server)
      try await server.with(token: desk.admin) { admin in
        try await server.with(token: desk.tokens["cyd"]) { cyd in
          let ticket = try await admin.tickets.create(HelpDesk.ticket("gpu"))
          var get = GetTicketRequest()
          get.number = ticket.number
          try await expectRefused(.ticketNotFound) { _ = try await cyd.tickets.get(get) }
          #expect(try await !cyd.access.explain(explain(.browse, queue: "Delta")).allowed)

          let grant = try await admin.access.grant(grant(.queueManager, toPerson: "cyd", onQueue: "Delta"))
          #expect(grant.person == "cyd" && grant.queue == "Delta" && grant.grantedBy == "admin")
          #expect(try await cyd.tickets.get(get).subject == "gpu")
          let answer = try await admin.access.explain(explain(.steal, person: "cyd", queue: "Delta"))
          #expect(answer.because == ["grant \(grant.id): role `queue_manager` on queue `Delta`, to person `cyd`"])

          var steal = StealTicketRequest()
          steal.number = ticket.number
          steal.expectedVersion = 1
          steal.reason = "ada is ill"
          let stolen = try await cyd.tickets.steal(steal)
          #expect(stolen.ticket.assignee == "cyd")
          var release = ReleaseTicketRequest()
          release.number = ticket.number
          release.expectedVersion = 2
          release.reason = "she is back"
          #expect(try await cyd.tickets.release(release).ticket.unassignedReason == "released by `cyd`")

          var list = ListGrantsRequest()
          list.queue = "Delta"
          #expect(try await admin.access.grants(list).grants == [grant])
          var revoke = RevokeGrantRequest()
          revoke.grant = grant.id
          _ = try await admin.access.revoke(revoke)
          try await expectRefused(.ticketNotFound) { _ = try await cyd.tickets.get(get) }
          #expect(try await admin.access.grants(list).grants.isEmpty)
        }
      }
    }
  }

  @Test func aWatchEndsWithTheRightToBrowse() async throws {
    try await TestServer.run { server in
      let desk = try await HelpDesk.open("desk", on: server)
      try await server.with(token: desk.admin) { admin in
        try await server.with(token: desk.tokens["cyd"]) { cyd in
          let grant = try await admin.access.grant(grant(.viewer, toPerson: "cyd", onQueue: "Delta"))
          let cursor = try await admin.tickets.create(HelpDesk.ticket("gpu")).cursor
          var request = WatchTicketsRequest()
          request.queues = ["Delta", "Triage"]
          request.cursor = cursor
          let watch = cyd.tickets.watch(request)
          var seen: [String] = []
          try await expectRefused(.notPermitted) {
            _ = try await admin.tickets.create(HelpDesk.ticket("gpu"))
            for try await response in watch where response.hasEvent {
              seen.append(response.event.kind)
              var revoke = RevokeGrantRequest()
              revoke.grant = grant.id
              _ = try await admin.access.revoke(revoke)
              _ = try await admin.tickets.create(HelpDesk.ticket("gpu"))
            }
          }
          #expect(seen == ["ticket.created"])
        }
      }
    }
  }

  /// The office, not the token's kind, makes an admin; and only the office.
  @Test func aPersonMayBeMadeAdmin() async throws {
    try await TestServer.run { server in
      let desk = try await HelpDesk.open("desk", on: server)
      try await server.with(token: desk.admin) { admin in
        try await server.with(token: desk.tokens["ada"]) { ada in
          var person = CreatePersonRequest()
          person.handle = "dee"
          try await expectRefused(.notPermitted) { _ = try await ada.people.create(person) }
          try await expectRefused(.notPermitted) {
            _ = try await ada.access.explain(explain(.browse, person: "ben", queue: "Delta"))
          }
          var group = CreateGroupRequest()
          group.name = "office"
          group.members = ["ada"]
          _ = try await admin.access.createGroup(group)
          var office = GrantRoleRequest()
          office.role = .tenantAdmin
          office.group = "office"
          office.tenant = true
          _ = try await admin.access.grant(office)
          #expect(try await ada.people.create(person).handle == "dee")
          var rules = PutRulesRequest()
          rules.text = HelpDesk.rules.replacing("version 1", with: "version 2")
          _ = try await ada.rules.put(rules)

          var leave = UpdateGroupMembersRequest()
          leave.name = "office"
          leave.remove = ["ada"]
          #expect(try await admin.access.updateMembers(leave).members.isEmpty)
          try await expectRefused(.notPermitted) { _ = try await ada.rules.put(rules) }
        }
      }
    }
  }

  @Test func anAbsenceSendsTicketsToTheSubstitute() async throws {
    try await TestServer.run { server in
      let desk = try await HelpDesk.open("desk", on: server)
      try await server.with(token: desk.tokens["ada"]) { ada in
        var absence = SetAbsenceRequest()
        absence.person = "ada"
        absence.absence.fromMs = ManualClock.start
        absence.absence.untilMs = ManualClock.start + 60_000
        absence.absence.substitute = "ben"
        let away = try await ada.people.setAbsence(absence)
        #expect(away.absence.substitute == "ben")
        let during = try await ada.tickets.create(HelpDesk.ticket("gpu"))
        #expect(during.assignee == "ben")
        server.clock.advance(byMilliseconds: 60_000)
        let after = try await ada.tickets.create(HelpDesk.ticket("gpu"))
        #expect(after.assignee == "ada")
        var get = GetPersonRequest()
        get.handle = "ada"
        let person = try await ada.people.get(get)
        #expect(person.absence == absence.absence)
      }
    }
  }

  @Test func aReferredTicketStaysReadable() async throws {
    try await TestServer.run { server in
      let desk = try await HelpDesk.open("desk", on: server)
      try await server.with(token: desk.tokens["ada"]) { ada in
        for refers in [true, false] {
          let ticket = try await ada.tickets.create(HelpDesk.ticket("gpu"))
          var move = ReassignTicketRequest()
          move.number = ticket.number
          move.expectedVersion = 1
          move.reason = "not ours"
          move.toQueue = "Triage"
          move.refer = refers
          let moved = try await ada.tickets.reassign(move).ticket
          #expect(moved.referrers == (refers ? ["Delta"] : []))
          var get = GetTicketRequest()
          get.number = ticket.number
          if refers {
            #expect(try await ada.tickets.get(get).queue == "Triage")
          } else {
            try await expectRefused(.ticketNotFound) { _ = try await ada.tickets.get(get) }
          }
          // To read is not to change.
          move.expectedVersion = 2
          move.toQueue = "Delta"
          try await expectRefused(refers ? .notPermitted : .ticketNotFound) { _ = try await ada.tickets.reassign(move) }
        }
      }
    }
  }

  @Test func programsHoldWhatTheyAreGranted() async throws {
    try await TestServer.run { server in
      let desk = try await HelpDesk.open("desk", on: server)
      try await server.with(token: desk.admin) { admin in
        let secret = try await HelpDesk.token("form", role: .clientApplication, person: "", client: admin)
        try await server.with(token: secret) { form in
          let ticket = try await form.tickets.create(HelpDesk.ticket("gpu"))
          var take = TakeTicketRequest()
          take.number = try await form.tickets.create(HelpDesk.ticket("hello")).number
          take.expectedVersion = 1
          try await expectRefused(.notPermitted) { _ = try await form.tickets.take(take) }
          var move = ReassignTicketRequest()
          move.number = ticket.number
          move.expectedVersion = 1
          move.reason = "the form says so"
          move.toQueue = "Triage"
          #expect(try await form.tickets.reassign(move).ticket.queue == "Triage")
        }
        let viewer = try await HelpDesk.token("screen", role: .viewer, person: "", client: admin)
        try await server.with(token: viewer) { screen in
          var list = ListTicketsRequest()
          list.queue = "Triage"
          #expect(try await screen.tickets.list(list).tickets.count == 2)
          try await expectRefused(.notPermitted) { _ = try await screen.tickets.create(HelpDesk.ticket("gpu")) }
          var grant = GrantRoleRequest()
          grant.role = .clientApplication
          grant.token = "screen"
          grant.queue = "Triage"
          _ = try await admin.access.grant(grant)
          _ = try await screen.tickets.create(HelpDesk.ticket("gpu"))
        }
      }
    }
  }
}
