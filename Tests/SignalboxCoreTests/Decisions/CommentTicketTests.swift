import SignalboxCore
import Testing

/// Comments and notes.
struct CommentTicketTests {
  private func comment(
    _ body: String = "hello", on ticket: Ticket? = Scene.ticket(assignee: Scene.ada), as principal: Principal,
    in scene: Scene = Scene()
  ) throws(Rejection) -> Decided<TicketComment.Outcome> {
    try CommentTicket(number: TicketNumber(50), body: body)
      .decide(in: scene.situation(principal), given: TicketFacts(ticket: ticket))
  }

  private func note(
    _ body: String = "hello", on ticket: Ticket? = Scene.ticket(assignee: Scene.ada), as principal: Principal,
    in scene: Scene = Scene()
  ) throws(Rejection) -> Decided<TicketComment.Outcome> {
    try NoteTicket(number: TicketNumber(50), body: body)
      .decide(in: scene.situation(principal), given: TicketFacts(ticket: ticket))
  }

  @Test func bothLeaveARowAndAnEventWithoutTheText() throws {
    for isInternal in [false, true] {
      let decided = try isInternal ? note(as: Scene.agent(Scene.ben)) : comment(as: Scene.agent(Scene.ben))
      let expected = TicketComment(
        number: CommentNumber(100), ticket: TicketNumber(50), author: Actor(name: "ben"), at: Scene.now,
        isInternal: isInternal, body: "hello")
      var ticket = Scene.ticket(assignee: Scene.ada)
      ticket.version = 4
      ticket.updatedAt = Scene.now
      ticket.commentCount = isInternal ? 0 : 1
      #expect(decided.outcome.comment == expected)
      #expect(decided.outcome.ticketVersion == 4)
      #expect(decided.plan.changes == [.insertComment(expected), .updateTicket(ticket)])
      #expect(
        decided.plan.event
          == Event(
            isInternal ? .ticketNoted : .ticketCommented, ticket: TicketNumber(50), ticketVersion: 4,
            queueBefore: Scene.deltaQueue.id, queueAfter: Scene.deltaQueue.id))
      #expect(
        decided.plan.outbox == [OutboxRecipient(role: .assignee, address: "ada@example.org")]
          // Notes are for the watchers who ask for them.
          + (isInternal ? [] : [OutboxRecipient(role: .watcher, address: "watch@example.org")]))
    }
  }

  /// Who may what: nil is yes.
  @Test func whoMayWhat() {
    let client = Principal(
      tenant: TenantID(5), role: .clientApplication, person: nil, handle: nil, tokenTenant: TenantID(5),
      token: TokenID(32), tokenName: "app")
    let viewer = Principal(
      tenant: TenantID(5), role: .viewer, person: nil, handle: nil, tokenTenant: TenantID(5), token: TokenID(33),
      tokenName: "board")
    var requested = Scene.ticket(requester: "cyd@example.org")
    var referred = Scene.ticket()
    referred.referrers = [Scene.aco.id]
    let cases: [(Principal, Ticket, comment: Rejection.Reason?, note: Rejection.Reason?)] = [
      (Scene.agent(Scene.ada), Scene.ticket(), nil, nil), (Scene.admin, Scene.ticket(), nil, nil),
      (client, Scene.ticket(), nil, .notPermitted), (viewer, Scene.ticket(), .notPermitted, .notPermitted),
      (Scene.agent(Scene.cyd), Scene.ticket(), .ticketNotFound, .ticketNotFound),
      (Scene.agent(Scene.cyd), requested, nil, .notPermitted),
      (Scene.agent(Scene.cyd), referred, .notPermitted, .notPermitted),
    ]
    for (principal, ticket, mayComment, mayNote) in cases {
      let commented = rejection { () throws(Rejection) in _ = try comment(on: ticket, as: principal) }
      let noted = rejection { () throws(Rejection) in _ = try note(on: ticket, as: principal) }
      #expect(commented?.reason == mayComment, "\(principal.tokenName) comments")
      #expect(noted?.reason == mayNote, "\(principal.tokenName) notes")
      // Who may not write notes does not read them either.
      let access = Scene().situation(principal).access
      #expect(access.readsNotes(of: ticket) == (mayNote == nil))
    }
    // An agent of the queue who opened the ticket is an agent all the same.
    requested.requester = "ada@example.org"
    #expect(Scene().situation(Scene.agent(Scene.ada)).access.readsNotes(of: requested))
    #expect(!Scene().situation(Scene.agent(Scene.cyd)).access.browsesInternally(referred))
    #expect(Scene().situation(viewer).access.browsesInternally(referred))
  }

  /// What a requester may by being who they are takes the verb, too.
  @Test func aLimitedTokenOfTheRequesterTakesTheVerb() throws {
    let requested = Scene.ticket(requester: "cyd@example.org")
    var limited = Scene.agent(Scene.cyd)
    limited.verbs = Rights(.browse)
    let reader = limited
    let refused = rejection { () throws(Rejection) in _ = try comment(on: requested, as: reader) }
    #expect(refused?.reason == .notPermitted && refused?.message.contains("takes the verb `comment`") == true)
    limited.verbs = Rights(.browse, .comment)
    _ = try comment(on: requested, as: limited)
  }

  @Test(arguments: ["", " \n\t", String(repeating: "x", count: Limits.commentBytes + 1), "a\0b"])
  func aTextIsNeeded(_ body: String) {
    for isInternal in [false, true] {
      let refused = rejection { () throws(Rejection) in
        _ = try isInternal ? note(body, as: Scene.admin) : comment(body, as: Scene.admin)
      }
      #expect(refused?.reason == .invalidField)
      #expect(refused?.violations.first?.field == "body")
    }
  }

  @Test func atTheLimitIsAllowed() throws {
    _ = try comment(String(repeating: "x", count: Limits.commentBytes), as: Scene.admin)
  }
}
