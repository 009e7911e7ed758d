// Made by scripts/generate from Protocol/. Do not edit.

extension Rejection {
  /// Why a decision said no. One line of errors.tsv each.
  package enum Reason: String, CaseIterable, Sendable {
    /// no such tenant, or none the caller may know of
    case tenantNotFound = "TENANT_NOT_FOUND"
    /// no organization of that name in the tenant
    case organizationNotFound = "ORGANIZATION_NOT_FOUND"
    /// no person of that handle in the tenant
    case personNotFound = "PERSON_NOT_FOUND"
    /// no token of that name in the tenant
    case tokenNotFound = "TOKEN_NOT_FOUND"
    /// no group of that name in the tenant
    case groupNotFound = "GROUP_NOT_FOUND"
    /// no such grant in the tenant, or it was revoked before
    case grantNotFound = "GRANT_NOT_FOUND"
    /// no queue of that name in the tenant; another tenant's queue answers the same
    case queueNotFound = "QUEUE_NOT_FOUND"
    /// no such queue registration, or none the caller may see
    case registrationNotFound = "REGISTRATION_NOT_FOUND"
    /// no such ticket, or none the caller may browse
    case ticketNotFound = "TICKET_NOT_FOUND"
    /// the tenant has no such rule set
    case rulesNotFound = "RULES_NOT_FOUND"
    /// the name is taken; choose another, or read the one that has it
    case alreadyExists = "ALREADY_EXISTS"
    /// a field of the request is missing, too long or not of its form; the violations name each
    case invalidField = "INVALID_FIELD"
    /// the caller is known and may see the thing, but not do this with it
    case notPermitted = "NOT_PERMITTED"
    /// the thing was changed since it was read; read it again and decide again
    case versionMismatch = "VERSION_MISMATCH"
    /// the ticket has an assignee already; reassign it instead of taking it
    case alreadyAssigned = "ALREADY_ASSIGNED"
    /// nobody has the ticket; take it instead of stealing it
    case notAssigned = "NOT_ASSIGNED"
    /// the ticket is in that queue, or with that person, already
    case alreadyThere = "ALREADY_THERE"
    /// the new assignee does not hold the right to own tickets of the queue
    case notAnAgent = "NOT_AN_AGENT"
    /// the queue takes no more tickets; choose an active one
    case queueRetired = "QUEUE_RETIRED"
    /// the active rule set routes to the queue or open tickets are in it; the message lists them
    case queueInUse = "QUEUE_IN_USE"
    /// the registration was approved, declined or withdrawn before
    case registrationDecided = "REGISTRATION_DECIDED"
    /// the registration is not in a state that allows this; the message says whose turn it is
    case registrationState = "REGISTRATION_STATE"
    /// the organization has an active queue of that kind, which the message names; use it, or set `additional`
    case organizationHasQueue = "ORGANIZATION_HAS_QUEUE"
    /// the tenant has no active rule set, so a ticket has nowhere to go; put one with `rules put`
    case noRules = "NO_RULES"
    /// every queue the rules would choose is retired; put a rule set that names an active one
    case noRoute = "NO_ROUTE"
    /// the rule set has errors; the violations give line, column and what was expected
    case rulesInvalid = "RULES_INVALID"
    /// the token was revoked before
    case tokenRevoked = "TOKEN_REVOKED"
    /// there are as many of these in one place as there can be; the message says what to do instead
    case limitReached = "LIMIT_REACHED"
    /// the token has expired; make another one
    case tokenExpired = "TOKEN_EXPIRED"
    /// the token stands for a client certificate and has no secret
    case noSecret = "NO_SECRET"
    /// the queue has no such watcher
    case watcherNotFound = "WATCHER_NOT_FOUND"
    /// the watcher opted out and only the watcher can opt in again, by its own token or the one of its mail
    case watcherOptedOut = "WATCHER_OPTED_OUT"
    /// the watcher is not in a state that allows this; the message says which it is in
    case watcherState = "WATCHER_STATE"
    /// no watcher of the tenant waits for the token: it is unknown, was used, was replaced or has expired
    case watcherTokenNotFound = "WATCHER_TOKEN_NOT_FOUND"
    /// what the document removes is in use; the message lists it and says how to go on
    case configurationInUse = "CONFIGURATION_IN_USE"
    /// the tenant has no such version of its configuration, or it is no longer kept
    case configurationVersionNotFound = "CONFIGURATION_VERSION_NOT_FOUND"
    /// the ticket is not offered to the caller, or the time of the offer has passed; take it if the right is there
    case notOffered = "NOT_OFFERED"
    /// the tenant, or the token, has as many of these as it may; the status says which quota and, where waiting helps, when to come again
    case quotaExceeded = "QUOTA_EXCEEDED"
    /// no rule of that name in the rule set
    case ruleNotFound = "RULE_NOT_FOUND"
    /// tests in the rule set fail; each violation names one and says what came out
    case rulesTestsFailed = "RULES_TESTS_FAILED"
    /// the ticket is solved or closed, so there is nothing to be done about it; give it another status first
    case ticketDone = "TICKET_DONE"
  }
}
