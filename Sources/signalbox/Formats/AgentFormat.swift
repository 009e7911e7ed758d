import SignalboxClient

enum AgentFormat {
  static func many(_ agents: [Agent]) -> Shown {
    .many(agents, id: \.person.handle) { style in
      var table = Table("HANDLE", "PRESENCE", "OPEN", "LOAD", "CAPACITY", "SKILLS")
      for agent in agents {
        table.add(
          agent.person.handle, presence(of: agent), "\(agent.openTickets)", "\(agent.load)",
          agent.person.hasCapacity ? "\(agent.person.capacity)" : "", agent.person.skills.joined(separator: ", "))
      }
      return table.rendered(style)
    }
  }

  static func offers(_ offers: [Offer]) -> Shown {
    .many(offers, id: { "\($0.ticket.number)" }) { style in
      var table = Table("NUMBER", "PRIORITY", "QUEUE", "UNTIL", "SUBJECT")
      for offer in offers {
        table.add(
          "\(offer.ticket.number)", offer.ticket.priority.word, offer.ticket.queue,
          Instant.text(milliseconds: offer.untilMs), offer.ticket.subject)
      }
      return table.rendered(style)
    }
  }

  /// An absence says more than a presence that was forgotten.
  private static func presence(of agent: Agent) -> String {
    agent.absent ? "absent" : agent.person.presence.word
  }
}
