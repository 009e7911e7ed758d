/// What the approval of a registration would do, for the admin who is to decide.
package struct PlanQueueRegistration: Sendable {
  /// What a person, or a bare address, gains.
  package struct Gain: Equatable, Sendable {
    package var who: String
    /// Names of rights on the queue; `default_assignee` for who gets new tickets, `watch` for who gets e-mail.
    package var rights: [String]
  }

  package struct Outcome: Sendable {
    /// As it would be made.
    package var queue: Queue
    package var gains: [Gain]
    /// Addresses that are told.
    package var told: [String]
    /// Why an approval would be refused at present.
    package var refusal: Rejection?
  }

  package var registration: QueueRegistration

  package init(_ registration: QueueRegistration) {
    self.registration = registration
  }

  /// Decides as the approval would, so that the plan cannot say anything else.
  package func outcome(in situation: Situation) -> Outcome {
    var outcome = Outcome(queue: registration.queue, gains: [], told: [])
    // What would be in the mails is not known yet, and is not shown.
    let facts = RegistrationFacts(
      registration: registration,
      watcherSecrets: registration.queue.watchers.map { _ in WatcherSecret(text: "", hash: []) })
    do {
      let decided = try ApproveQueueRegistration(registration: registration.id, answer: "")
        .decide(in: situation, given: facts)
      outcome.queue = decided.outcome.queue
      outcome.told = decided.plan.outbox.map(\.address)
    } catch {
      outcome.refusal = error
    }
    outcome.gains = Self.gains(of: outcome.queue, in: situation.configuration)
    return outcome
  }

  /// Agents in the order of the queue, then those who only watch.
  private static func gains(of queue: Queue, in configuration: TenantConfiguration) -> [Gain] {
    var gains: [Gain] = []
    for agent in queue.agents {
      var gain = Gain(who: configuration.people[agent]?.handle ?? "", rights: [])
      gain.rights += Role.agent.rights.list.map(\.name)
      if queue.defaultAssignee == agent { gain.rights.append("default_assignee") }
      gains.append(gain)
    }
    for watcher in queue.watchers where watcher.optedOutAt == nil {
      let who = configuration.text(watcher.who)
      if let place = gains.firstIndex(where: { $0.who == who }) {
        gains[place].rights.append("watch")
      } else {
        gains.append(Gain(who: who, rights: ["watch"]))
      }
    }
    return gains
  }
}
