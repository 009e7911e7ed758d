import ArgumentParser
import SignalboxClient

struct TicketAssign: ServerCommand {
  static let configuration = CommandConfiguration(
    commandName: "assign", abstract: "Have an assignee found for a ticket that nobody has.",
    discussion: """
      Asked are people who may own the ticket, are available, and have the capacity for it. Where nobody can have it now, \
      the ticket waits, and the server goes on looking.
      """)

  @Argument(help: "Number of the ticket.") var number: UInt64
  @Option(help: "Who comes first.") var order: Choice<AssignmentOrder>
  @Option(help: ArgumentHelp("Among the people of this group, not the queue's agents.", valueName: "name"))
  var group = ""
  @Option(help: ArgumentHelp("Only who has this skill; may be repeated.", valueName: "skill")) var skill: [String] = []
  @Option(help: ArgumentHelp("So long after the ticket was created, skills do not matter.", valueName: "span"))
  var skillsRelaxedAfter: TimeSpan?
  @Option(
    help: ArgumentHelp("At most so many tickets for one person, in the span of --cap-window.", valueName: "count"))
  var cap: UInt32?
  @Option(help: ArgumentHelp("Such as 1h.", valueName: "span")) var capWindow: TimeSpan?
  @Option(help: ArgumentHelp("Offer it, to one after the other, for so long.", valueName: "span")) var offerFor:
    TimeSpan?
  @OptionGroup(title: "Change") var version: ExpectedVersionOptions
  @OptionGroup(title: "Change") var write: WriteOptions
  @OptionGroup(title: "Output") var shown: OutputOptions
  @OptionGroup(title: "Connection") var connection: ConnectionOptions

  func validate() throws {
    guard (cap == nil) == (capWindow == nil) else { throw ValidationError("give --cap and --cap-window together") }
    // Nothing is what the server takes for nothing said.
    if cap == 0 { throw ValidationError("--cap is at least 1") }
    for (option, span) in [("--cap-window", capWindow), ("--offer-for", offerFor)] where span?.milliseconds == 0 {
      throw ValidationError("\(option) is a time of some length, such as 15m")
    }
    if skillsRelaxedAfter != nil, skill.isEmpty { throw ValidationError("--skills-relaxed-after goes with --skill") }
  }

  func run(in session: Session) async throws {
    var request = AssignTicketRequest()
    request.number = number
    request.order = order.value
    request.group = group
    request.skills = skill
    if let skillsRelaxedAfter { request.skillsRelaxedAfterMs = skillsRelaxedAfter.milliseconds }
    request.cap = cap ?? 0
    request.capWindowMs = capWindow?.milliseconds ?? 0
    request.offerForMs = offerFor?.milliseconds ?? 0
    request.expectedVersion = try await version.resolve(number, session)
    let ticket = try await session.calls.assignTicket(request, try write.options(session)).ticket
    try session.showChange(
      TicketFormat.whereabouts(of: ticket, dryRun: write.dryRun), TicketFormat.one(ticket), shown.output,
      dryRun: write.dryRun)
  }
}
