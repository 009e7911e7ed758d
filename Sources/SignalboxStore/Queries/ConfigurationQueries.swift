package import SignalboxCore

/// All that decisions look at of a tenant, read in one snapshot.
package enum ConfigurationQueries {
  /// Nil when there is no such tenant.
  package static func configuration(
    of tenant: TenantID, version: Revision, in snapshot: any Snapshot
  ) throws -> TenantConfiguration? {
    guard let found = try TenantQueries.tenant(tenant, in: snapshot) else { return nil }
    return TenantConfiguration(
      tenant: found, version: version, organizations: try snapshot.all(PeopleQueries.organizations(of: tenant)),
      people: try snapshot.all(PeopleQueries.people(of: tenant)),
      queues: try QueueQueries.queues(of: tenant, in: snapshot),
      groups: try AccessQueries.groups(of: tenant, in: snapshot),
      grants: try snapshot.all(AccessQueries.grants(of: tenant)),
      rules: try snapshot.first(RuleQueries.active(of: tenant)),
      ticketTypes: try TicketTypeQueries.types(of: tenant, in: snapshot),
      shadow: try snapshot.first(ShadowQueries.shadow(of: tenant)))
  }
}
