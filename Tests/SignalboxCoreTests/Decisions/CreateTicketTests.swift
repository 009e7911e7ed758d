import SignalboxCore
import Testing

struct CreateTicketTests {
  private func command(
    subject: String = "jobs pending", body: String = "", requester: String = "u@lab.example.edu", channel: String = "",
    category: String = "", tags: [String] = [], priority: Ticket.Priority? = .normal
  ) -> CreateTicket {
    CreateTicket(
      subject: subject, body: body, requester: requester, channel: channel, category: category, resource: "",
      tags: tags, priority: priority)
  }

  @Test(
    arguments: [
      ("jobs pending", "my slurm job", "", "Delta", "ada"), ("quota", "disk full", "Storage", "Delta", "ada"),
      ("hello", "no idea", "", "ACCESS-ACO-Triage", nil),
    ] as [(String, String, String, String, String?)])
  func goesWhereTheRulesSay(subject: String, body: String, category: String, queue: String, assignee: String?) throws {
    let scene = Scene()
    let decided = try command(subject: subject, body: body, category: category)
      .decide(in: scene.situation(Scene.admin))
    let ticket = decided.outcome.ticket
    #expect(scene.configuration.queues[ticket.queue]?.name == queue)
    #expect(ticket.assignee.flatMap { scene.configuration.people[$0]?.handle } == assignee)
    #expect(ticket.number.value == 100)
    #expect(ticket.version == 1)
    #expect(decided.outcome.decision.queue == queue)
    #expect(decided.plan.event.decision == decided.outcome.decision)
    #expect(decided.plan.event.changes.first == Event.FieldChange("queue", from: nil, to: queue))
    #expect(ticket.unassignedReason.isEmpty == (assignee != nil))
  }

  @Test func tellsAssigneeAndWatchers() throws {
    let plan = try command(body: "slurm").decide(in: Scene().situation(Scene.admin)).plan
    #expect(
      plan.outbox == [
        OutboxRecipient(role: .assignee, address: "ada@example.org"),
        OutboxRecipient(role: .watcher, address: "watch@example.org"),
      ])
  }

  @Test(
    arguments: [
      ("subject", ""), ("subject", "a\nb"), ("subject", String(repeating: "x", count: 501)),
      ("body", String(repeating: "x", count: Limits.bodyBytes + 1)), ("body", "a\0b"), ("requester", "nobody"),
      ("requester", "a@b.c\r\nBcc: x@y.z"), ("channel", "pigeon"), ("category", "Nonsense"),
    ])
  func saysWhichFieldIsWrong(field: String, value: String) {
    let command =
      switch field {
      case "subject": command(subject: value)
      case "body": command(body: value)
      case "requester": command(requester: value)
      case "channel": command(channel: value)
      default: command(category: value)
      }
    let scene = Scene(settings: .init(categories: ["Storage"]))
    let refused = rejection { () throws(Rejection) in _ = try command.decide(in: scene.situation(Scene.admin)) }
    #expect(refused?.reason == .invalidField)
    #expect(refused?.violations.first?.field == field)
  }

  @Test func atTheLimitIsAllowed() throws {
    _ = try command(subject: String(repeating: "x", count: 500), body: String(repeating: "x", count: Limits.bodyBytes))
      .decide(in: Scene().situation(Scene.admin))
  }

  @Test func withoutRulesThereIsNowhereToGo() {
    let scene = Scene(rules: nil)
    let refused = rejection { () throws(Rejection) in _ = try command().decide(in: scene.situation(Scene.admin)) }
    #expect(refused?.reason == .noRules)
  }

  @Test func aRetiredTargetIsPassedOver() throws {
    var retired = Scene.deltaQueue
    retired.state = .retired
    let scene = Scene(queues: [retired, Scene.triage])
    let decided = try command(category: "Storage").decide(in: scene.situation(Scene.admin))
    #expect(decided.outcome.ticket.queue == Scene.triage.id)
    #expect(decided.outcome.decision.skipped.map(\.queue) == ["Delta"])
  }

  @Test func ifAllTargetsAreRetiredItSaysSo() {
    var queues = [Scene.deltaQueue, Scene.triage]
    for place in queues.indices { queues[place].state = .retired }
    let scene = Scene(queues: queues)
    let refused = rejection { () throws(Rejection) in _ = try command().decide(in: scene.situation(Scene.admin)) }
    #expect(refused?.reason == .noRoute)
  }

  /// Made ahead, with another number in mind, it is the same decision.
  @Test(arguments: ["Storage", "", "Nonsense"])
  func aDraftDecidesTheSame(category: String) {
    let scene = Scene(settings: .init(categories: ["Storage"]))
    let command = command(body: "slurm", category: category)
    let draft = command.draft(for: Scene.admin, in: scene.configuration, at: Scene.now)
    let direct = Result { () throws(Rejection) in try command.decide(in: scene.situation(Scene.admin)).plan }
    let drafted = Result { () throws(Rejection) in try draft.decide(in: scene.situation(Scene.admin)).plan }
    #expect(direct == drafted)
    #expect((draft.outcome == nil) == (category == "Nonsense"))
  }

  /// Rules that were put since the draft decide, even if the configuration has the version that the draft saw: a commit
  /// that failed may have had it before.
  @Test func aDraftYieldsToAnotherConfiguration() throws {
    let scene = Scene()
    let command = command(category: "Storage")
    let draft = command.draft(for: Scene.admin, in: scene.configuration, at: Scene.now)
    let other = Scene(
      rules: """
        ruleset "access" version 2

        phase route first {
          otherwise { queue "ACCESS-ACO-Triage" }
        }
        """)
    #expect(scene.configuration.version == other.configuration.version)
    #expect(!draft.holds(in: other.configuration))
    let decided = try draft.decide(in: other.situation(Scene.admin))
    #expect(decided.outcome.ticket.queue == Scene.triage.id)
  }
}
