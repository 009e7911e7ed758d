/// Why somebody may or may not do something.
package struct AccessQuestion {
  package enum Target {
    case tenant
    case queue(Queue)
    case ticket(Ticket)
  }

  package struct Answer: Equatable {
    package var allowed: Bool
    /// Everything that gives the right, one sentence each.
    package var because: [String]
    /// Where nothing does: what would.
    package var missing: [String]
    /// Everything that may be done there.
    package var rights: [Right]
  }

  private enum Asker {
    case principal(Principal)
    case person(PersonID)
  }

  private let asker: Asker
  private let right: Right
  private let target: Target

  /// About a credential: what its token and its person hold.
  package init(about principal: Principal, right: Right, target: Target) {
    asker = .principal(principal)
    self.right = right
    self.target = target
  }

  /// About a person, whatever the token.
  package init(about person: PersonID, right: Right, target: Target) {
    asker = .person(person)
    self.right = right
    self.target = target
  }

  package func answer(in configuration: TenantConfiguration) -> Answer {
    let access: EffectiveAccess
    var tokenRole: Role?
    switch asker {
    case .principal(let principal):
      access = EffectiveAccess(of: principal, in: configuration)
      tokenRole = principal.role
    case .person(let person):
      access = EffectiveAccess(of: person, in: configuration)
    }
    let queue: Queue?
    var because: [String] = []
    switch target {
    case .tenant: queue = nil
    case .queue(let named): queue = named
    case .ticket(let ticket):
      queue = configuration.queues[ticket.queue]
      if right == .browse, access.isRequester(of: ticket) { because.append("opened the ticket") }
      if right == .browse, access.isReferrer(of: ticket) {
        because.append("the person's organization referred the ticket")
      }
    }
    because += access.sources(of: right, on: queue, tokenRole: tokenRole).map { configuration.text($0) }
    let rights = queue.map(access.rights(on:)) ?? access.rights
    let place = queue.map { "queue `\($0.name)`, its organization or the tenant" } ?? "the tenant"
    let roles = Role.granted.filter { $0.rights.contains(right) }.map { "`\($0.rawValue)`" }
    return Answer(
      allowed: !because.isEmpty, because: because,
      missing: because.isEmpty ? ["a grant of \(roles.joined(separator: " or ")) on \(place)"] : [],
      rights: rights.list)
  }
}

extension TenantConfiguration {
  /// One sentence for people.
  fileprivate func text(_ source: EffectiveAccess.Source) -> String {
    switch source {
    case .token(let role): "the token is of role `\(role.rawValue)`"
    case .agent(let queue): "queue `\(queues[queue]?.name ?? "")` names the person among its agents"
    case .grant(let grant):
      "grant \(grant.id.value): role `\(grant.role.rawValue)` on \(text(grant.scope)), to \(text(grant.grantee))"
    }
  }
}
