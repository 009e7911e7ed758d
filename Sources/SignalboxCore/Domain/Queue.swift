/// Where tickets wait for the people who handle them.
package struct Queue: Equatable, Sendable {
  package enum Kind: String, CaseIterable, Sendable {
    case resourceProvider = "resource_provider"
    case awardee
    case `internal`
  }

  package enum State: String, CaseIterable, Sendable {
    case active
    /// Takes no more tickets; those in it stay readable. Left again only when a document that is applied names the queue.
    case retired
  }

  package var id: QueueID
  package var name: String
  package var kind: Kind
  package var organization: OrganizationID
  package var description: String
  /// They browse, update and own the queue's tickets.
  package var agents: [PersonID]
  /// In the order in which they were added, those that opted out among them.
  package var watchers: [Watcher]
  /// Gets new tickets; one of the agents.
  package var defaultAssignee: PersonID?
  /// Words and phrases which tell that a ticket belongs here.
  package var keywords: [String]
  package var state: State
  /// Of a retired queue: where what still names it leads. That queue may be retired since, and lead on.
  package var redirect: QueueID?

  package init(
    id: QueueID, name: String, kind: Kind, organization: OrganizationID, description: String, agents: [PersonID],
    watchers: [Watcher], defaultAssignee: PersonID?, keywords: [String], state: State,
    redirect: QueueID? = nil
  ) {
    self.id = id
    self.name = name
    self.kind = kind
    self.organization = organization
    self.description = description
    self.agents = agents
    self.watchers = watchers
    self.defaultAssignee = defaultAssignee
    self.keywords = keywords
    self.state = state
    self.redirect = redirect
  }
}
