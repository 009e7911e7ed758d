/// Grants as people read them, in history and in explanations.
extension TenantConfiguration {
  func text(_ scope: Grant.Scope) -> String {
    switch scope {
    case .tenant: "the tenant"
    case .organization(let id): "organization `\(organizations[id]?.name ?? "")`"
    case .queue(let id): "queue `\(queues[id]?.name ?? "")`"
    }
  }

  /// - Parameter token: the grantee, where it is one; the configuration does not know tokens.
  func text(_ grantee: Grant.Grantee, token: AccessToken? = nil) -> String {
    switch grantee {
    case .person(let id): "person `\(people[id]?.handle ?? "")`"
    case .group(let id): "group `\(groups[id]?.name ?? "")`"
    case .token: token.map { "token `\($0.name)`" } ?? "the token"
    }
  }
}
