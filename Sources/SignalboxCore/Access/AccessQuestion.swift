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
    let because = because(in: configuration)
    return Answer(
      allowed: !because.isEmpty, because: because, missing: because.isEmpty ? missing(in: configuration) : [],
      rights: (queue(in: configuration).map(access(in: configuration).rights(on:)) ?? access(in: configuration).rights)
        .list)
  }

  private func because(in configuration: TenantConfiguration) -> [String] {
    let access = access(in: configuration)
    var because: [String] = []
    if case .ticket(let ticket) = target, right == .browse, access.browses(ticket) {
      if access.isRequester(of: ticket) { because.append("opened the ticket") }
      if access.isReferrer(of: ticket) { because.append("the person's organization referred the ticket") }
    }
    var tokenRole: Role?
    if case .principal(let principal) = asker { tokenRole = principal.role }
    return because
      + access.sources(of: right, on: queue(in: configuration), tokenRole: tokenRole).map { configuration.text($0) }
  }

  /// The token's limits that stand in the way, and a grant where even without them there is none.
  private func missing(in configuration: TenantConfiguration) -> [String] {
    let queue = queue(in: configuration)
    var missing: [String] = []
    if case .principal(var principal) = asker {
      if let verbs = principal.verbs, !verbs.contains(right) {
        missing.append("the token is limited to \(verbs.text); use one that has `\(right.name)`")
      }
      if let scope = principal.queueScope, queue.map({ !scope.contains($0.id) }) ?? true {
        let names = scope.sorted { $0.value < $1.value }.compactMap { configuration.queues[$0]?.name }
        missing.append("the token is limited to queues \(Rejection.listed(names.map { "`\($0)`" })); use another one")
      }
      principal.verbs = nil
      principal.queueScope = nil
      let unlimited = AccessQuestion(about: principal, right: right, target: target)
      if !missing.isEmpty, !unlimited.because(in: configuration).isEmpty { return missing }
    }
    let place = queue.map { "queue `\($0.name)`, its organization or the tenant" } ?? "the tenant"
    let roles = Role.granted.filter { $0.rights.contains(right) }.map { "`\($0.rawValue)`" }
    return missing + ["a grant of \(roles.joined(separator: " or ")) on \(place)"]
  }

  private func access(in configuration: TenantConfiguration) -> EffectiveAccess {
    switch asker {
    case .principal(let principal): EffectiveAccess(of: principal, in: configuration)
    case .person(let person): EffectiveAccess(of: person, in: configuration)
    }
  }

  private func queue(in configuration: TenantConfiguration) -> Queue? {
    switch target {
    case .tenant: nil
    case .queue(let named): named
    case .ticket(let ticket): configuration.queues[ticket.queue]
    }
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
