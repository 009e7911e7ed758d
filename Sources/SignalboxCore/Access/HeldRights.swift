/// What all grants to one grantee give, by where it holds: asked for, not searched, so that a call costs the same
/// however many grants there are.
package struct HeldRights: Equatable, Sendable {
  private(set) var inTenant: Rights = []
  /// In the tenant, with some organization, or on some queue.
  private(set) var anywhere: Rights = []
  private var byOrganization: [OrganizationID: Rights] = [:]
  private var byQueue: [QueueID: Rights] = [:]

  init(_ grants: [Grant] = []) {
    for grant in grants { add(grant) }
  }

  mutating func add(_ grant: Grant) {
    let rights = grant.role.rights
    anywhere.formUnion(rights)
    switch grant.scope {
    case .tenant: inTenant.formUnion(rights)
    case .organization(let organization): byOrganization[organization, default: []].formUnion(rights)
    case .queue(let queue): byQueue[queue, default: []].formUnion(rights)
    }
  }

  func rights(on queue: Queue) -> Rights {
    inTenant.union(rights(with: queue.organization)).union(byQueue[queue.id] ?? [])
  }

  /// Held with all of an organization's queues, by grants on the organization alone.
  func rights(with organization: OrganizationID) -> Rights { byOrganization[organization] ?? [] }
}
