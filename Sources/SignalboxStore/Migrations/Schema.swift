/// Every step from an empty database to today's schema. Steps are appended, never changed.
package enum Schema {
  package static let migrations: [Migration] = [
    .foundation, .access, .registrations, .credentials, .audit, .ruleVersions, .ticketWork, .watchers, .configuration,
    .availability, .limits, .shadowRules, .ticketRules, .timeZones, .activeTickets,
    .adminTokens, .activeQueues,
  ]
}
