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

  /// An absence says more than a presence that was forgotten.
  private static func presence(of agent: Agent) -> String {
    agent.absent ? "absent" : agent.person.presence.word
  }
}
