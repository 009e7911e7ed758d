/// What a principal may do, worked out from the tenant's configuration.
package struct EffectiveAccess {
  private let principal: Principal
  private let configuration: TenantConfiguration

  package init(of principal: Principal, in configuration: TenantConfiguration) {
    self.principal = principal
    self.configuration = configuration
  }

  /// Browse the tickets of a queue: its agents and tenant admins.
  package func browses(_ queue: QueueID) -> Bool {
    covers(queue) && (principal.administersTenant || isAgent(of: queue))
  }

  /// Browse a ticket: those who browse its queue, and who opened it.
  package func browses(_ ticket: Ticket) -> Bool {
    covers(ticket.queue) && (browses(ticket.queue) || isRequester(of: ticket))
  }

  /// Update, take and reassign the tickets of a queue.
  package func updates(_ queue: QueueID) -> Bool {
    covers(queue) && (principal.administersTenant || isAgent(of: queue))
  }

  /// Own tickets of a queue; the right that a new assignee must hold.
  package static func owns(_ person: PersonID, _ queue: Queue) -> Bool {
    queue.agents.contains(person)
  }

  /// See what an organization asked for, and ask in its name.
  package func speaks(for organization: OrganizationID) -> Bool {
    if principal.administersTenant { return true }
    guard let person = principal.person.flatMap({ configuration.people[$0] }) else { return false }
    return person.organization == organization
  }

  /// Whether the token reaches the queue at all; where it does not, no right of its bearer counts.
  private func covers(_ queue: QueueID) -> Bool {
    principal.queueScope?.contains(queue) ?? true
  }

  private func isAgent(of queue: QueueID) -> Bool {
    guard let person = principal.person else { return false }
    return configuration.queuesByAgent[person]?.contains(queue) ?? false
  }

  private func isRequester(of ticket: Ticket) -> Bool {
    guard let person = principal.person.flatMap({ configuration.people[$0] }) else { return false }
    return !person.email.isEmpty && person.email == ticket.requester
  }
}
