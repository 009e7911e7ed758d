import SignalboxClient

enum QueueFormat {
  static func one(_ queue: Queue) -> Shown {
    .one(queue, id: queue.name) { style in sheet(queue, withState: true).rendered(style) }
  }

  static func many(_ queues: [Queue]) -> Shown {
    .many(queues, id: \.name) { style in
      var table = Table("NAME", "KIND", "ORGANIZATION", "STATE", "AGENTS", "DEFAULT ASSIGNEE")
      for queue in queues {
        table.add(
          queue.name, queue.kind.word, queue.organization, queue.state.word, "\(queue.agents.count)",
          queue.defaultAssignee)
      }
      return table.rendered(style)
    }
  }

  static func registration(_ registration: QueueRegistration) -> Shown {
    .one(registration, id: "\(registration.id)") { style in
      var sheet = FactSheet()
      sheet.add("registration", "\(registration.id)")
      sheet.add("state", registration.state.word)
      sheet.add("asked by", registration.askedBy)
      sheet.add("asked at", Instant.text(milliseconds: registration.askedAtMs))
      sheet.add("decided by", registration.decidedBy)
      sheet.add("decided at", Instant.text(milliseconds: registration.decidedAtMs))
      sheet.add("answer", registration.answer)
      if registration.additional { sheet.add("additional", "beside the queues that the organization has") }
      return sheet.rendered(style) + "\n" + self.sheet(registration.queue, withState: false).rendered(style)
    }
  }

  static func registrations(_ registrations: [QueueRegistration]) -> Shown {
    .many(registrations, id: { "\($0.id)" }) { style in
      var table = Table("ID", "STATE", "QUEUE", "ORGANIZATION", "ASKED BY", "ASKED AT", "ANSWER")
      for registration in registrations {
        table.add(
          "\(registration.id)", registration.state.word, registration.queue.name, registration.queue.organization,
          registration.askedBy, Instant.text(milliseconds: registration.askedAtMs), registration.answer)
      }
      return table.rendered(style)
    }
  }

  static func sheet(_ queue: Queue, withState: Bool) -> FactSheet {
    var sheet = FactSheet()
    sheet.add("queue", queue.name)
    sheet.add("kind", queue.kind.word)
    sheet.add("organization", queue.organization)
    if withState { sheet.add("state", queue.state.word) }
    sheet.add("leads to", queue.redirect)
    sheet.add("description", queue.description_p)
    sheet.add("agents", queue.agents)
    sheet.add("default assignee", queue.defaultAssignee.isEmpty ? "nobody" : queue.defaultAssignee)
    sheet.add("watchers", queue.watchers)
    sheet.add("keywords", queue.keywords)
    return sheet
  }
}
