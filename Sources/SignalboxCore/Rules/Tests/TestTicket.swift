/// The ticket of a `test`: what is given, and else a new one without texts, at noon of Monday, 2024-01-01, UTC.
enum TestTicket {
  /// What can be given.
  static let fields: [Field] = Field.allCases.filter { $0 != .text && $0 != .requesterDomain }

  private static let firstDay = 19_723

  static func facts(_ test: TestBlock) -> RoutingFacts {
    var facts = RoutingFacts(subject: "", body: "", channel: "web")
    var day = firstDay
    var minutes = 12 * 60
    for given in test.given {
      guard let value = given.values.first?.value ?? (given.field == .tag ? "" : nil) else { continue }
      switch given.field {
      case .subject: facts.subject = value
      case .body: facts.body = value
      case .category: facts.category = value
      case .resource: facts.resource = value
      case .channel: facts.channel = value
      case .requester: facts.requester = value
      case .organization: facts.requesterOrganization = value
      case .tag: facts.tags = given.values.map(\.value)
      case .priority: facts.priority = value.lowercased()
      case .type: facts.type = value
      case .status: facts.status = value.lowercased()
      case .queue: facts.queue = value
      case .previousQueue: facts.previousQueue = value
      case .assignee: facts.assignee = value
      case .queueOrganization: facts.queueOrganization = value
      case .handoffs: facts.handoffs = Int(value) ?? 0
      case .comments: facts.comments = Int(value) ?? 0
      case .event: facts.event = RuleEvent(rawValue: value.lowercased()) ?? .created
      case .comment: facts.comment = value
      case .custom: facts.fields.append(.init(name: given.name?.value ?? "", value: value))
      case .time: minutes = LocalTime.minutes(value) ?? minutes
      case .date: day = LocalTime.day(value) ?? day
      case .weekday:
        // A date that is given as well says the same, as the checker made sure.
        if !test.given.contains(where: { $0.field == .date }) {
          day = firstDay + (LocalTime.weekdays.firstIndex(of: value.lowercased()) ?? 0)
        }
      case .age, .idle, .timeInQueue, .dueIn, .text, .requesterDomain: break
      }
    }
    let now = (Int64(day) * 1_440 + Int64(minutes)) * 60_000
    facts.now = Timestamp(milliseconds: now)
    func instant(_ field: Field, _ sign: Int64) -> Timestamp? {
      guard let value = test.given.last(where: { $0.field == field })?.values.first else { return nil }
      return RuleDuration(value.value).map { Timestamp(milliseconds: now + sign * $0.milliseconds) }
    }
    facts.createdAt = instant(.age, -1) ?? facts.now
    facts.updatedAt = instant(.idle, -1) ?? facts.createdAt
    facts.queuedAt = instant(.timeInQueue, -1) ?? (facts.queue == nil ? nil : facts.createdAt)
    facts.dueAt = instant(.dueIn, 1)
    return facts
  }
}
