/// A named set of rights. People, groups and tokens hold roles somewhere by grants; a token also has one by itself.
package enum Role: String, CaseIterable, Sendable {
  /// Makes tenants and their first admins; acts in a tenant only by naming it. Tokens only, never granted.
  case systemAdmin = "system_admin"
  case tenantAdmin = "tenant_admin"
  /// Handles tickets. A token of this role speaks for a person and may what the person may; it holds nothing by itself.
  case agent
  case viewer
  case queueManager = "queue_manager"
  case organizationManager = "organization_manager"
  case auditor
  /// A program that opens tickets and moves them, and never owns one.
  case clientApplication = "client_application"

  /// An admin is no assignee: nobody gets tickets because of an office. Who handles them too is granted `agent`.
  package var rights: Rights {
    switch self {
    case .systemAdmin, .tenantAdmin:
      Rights.all.subtracting(Rights(.own, .take, .steal))
    case .agent:
      Rights(.browse, .create, .update, .own, .take, .reassignInternally, .reassignExternally, .comment, .note)
    case .viewer:
      Rights(.browse)
    case .queueManager:
      Role.agent.rights.union(Rights(.steal, .manageQueue, .manageWatchers))
    case .organizationManager:
      Rights(
        .browse, .create, .update, .reassignInternally, .reassignExternally, .comment, .note, .manageQueue,
        .manageWatchers)
    case .auditor:
      Rights(.browse, .audit)
    case .clientApplication:
      Rights(.browse, .create, .update, .reassignInternally, .reassignExternally, .comment)
    }
  }

  /// What a token of the role may in the whole tenant without any grant.
  var ownRights: Rights {
    switch self {
    case .agent, .queueManager, .organizationManager: []
    case .systemAdmin, .tenantAdmin, .viewer, .auditor, .clientApplication: rights
    }
  }

  /// System admins are made by tokens alone.
  package static let granted = allCases.filter { $0 != .systemAdmin }
}
