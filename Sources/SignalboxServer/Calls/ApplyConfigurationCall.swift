import SignalboxCore
import SignalboxProtocol
import SignalboxStore
import SignalboxTLS
import SwiftProtobuf

/// A document to be applied, with what was found out about it.
struct StudiedDocument: Sendable {
  var command: ApplyConfiguration?
  var study: ApplyConfiguration.Study?
}

enum ApplyConfigurationCall: StudiedWriteCall {
  typealias Types = Methods.ApplyConfiguration

  static func prepare(_ request: ProtoApplyConfigurationRequest, _ context: CallContext) -> StudiedDocument {
    guard request.hasDocument else { return StudiedDocument() }
    return StudiedDocument(
      command: ApplyConfiguration(
        request.document, force: request.force, redirects: request.redirects,
        expectedVersion: request.expectedVersion, reason: request.reason))
  }

  static func study(_ document: inout StudiedDocument, _ scope: ReadScope) {
    document.study = document.command.map { ApplyConfiguration.Study($0, in: scope.situation) }
  }

  static func write(
    _ document: StudiedDocument, _ scope: inout WriteScope
  ) throws -> ProtoApplyConfigurationResponse {
    guard document.command != nil else { throw Rejection(.invalidField, "`document` is required") }
    return try scope.apply(document)
  }
}

extension ApplyConfiguration {
  /// - Parameter expectedVersion: 0: whichever it is.
  init(
    _ document: ProtoTenantDocument, force: Bool, redirects: [ProtoQueueRedirect], expectedVersion: UInt64,
    reason: String
  ) {
    self.init(
      document: TenantDocument(document), rulesHash: Digest.sha256(Array(document.rules.utf8)),
      expectedVersion: expectedVersion == 0 ? nil : Revision(Int64(clamping: expectedVersion)), reason: reason,
      force: force, redirects: redirects.map { .init(queue: $0.queue, target: $0.to) })
  }
}

extension WriteScope {
  mutating func apply(_ document: StudiedDocument) throws -> ProtoApplyConfigurationResponse {
    guard let command = document.command, let study = document.study, study.holds(in: situation.configuration) else {
      throw OutdatedStudy()
    }
    var facts = try transaction.facts(for: command, in: situation.configuration)
    facts.watcherSecrets = (0..<command.addressCount).map { _ in .make() }
    let outcome = try command.decide(in: situation, given: facts, study)
    var response = ProtoApplyConfigurationResponse()
    response.plan = ProtoConfigurationPlan(outcome)
    guard let plans = outcome.plans else { return response }
    response.version = UInt64(clamping: situation.revision.value)
    try commit(Decided((), plans.first), followedBy: plans.others, compiled: outcome.rules)
    let (tokens, tenant) = (context.server.tokens, tenant)
    afterCommit { for token in outcome.tokensRevoked { tokens.remove(token, of: tenant) } }
    return response
  }
}

extension Snapshot {
  /// What the decision may look at, in this snapshot.
  func facts(
    for command: ApplyConfiguration, in configuration: TenantConfiguration
  ) throws -> ApplyConfiguration.Facts {
    let tenant = configuration.tenant.id
    let removals = command.removals(in: configuration)
    var facts = ApplyConfiguration.Facts(
      newest: try first(ConfigurationVersionQueries.newest(of: tenant)),
      keptRules: try first(RuleQueries.ruleSets(beginning: command.rulesHash, of: tenant)),
      encode: { document in (try? ProtoTenantDocument(document).serializedBytes()) ?? [] })
    // Those of a queue may be those of a person. Beyond the limit it is refused, however many more there are.
    var found: Set<TicketNumber> = []
    let limit = Limits.ticketsPerRedirect + 1
    for queue in removals.queues where found.count < limit {
      let tickets = try all(TicketQueries.active(in: queue, of: tenant, limit: limit))
      facts.ticketsInQueues[queue] = tickets
      found.formUnion(tickets.map(\.number))
    }
    for person in removals.people where found.count < limit {
      let tickets = try all(TicketQueries.active(of: person, tenant: tenant, limit: limit))
      facts.ticketsOfPeople[person] = tickets
      found.formUnion(tickets.map(\.number))
    }
    for (person, queues) in removals.agencies.sorted(by: { $0.key.value < $1.key.value }) {
      for queue in queues.sorted(by: { $0.value < $1.value }) where found.count < limit {
        let tickets = try all(TicketQueries.active(of: person, in: queue, tenant: tenant, limit: limit))
        facts.ticketsOfAgents[person, default: []] += tickets
        found.formUnion(tickets.map(\.number))
      }
    }
    if !removals.people.isEmpty {
      facts.tokens = try TokenQueries.tokens(speakingFor: Set(removals.people), of: tenant, in: self)
    }
    return facts
  }

  /// A kept version with its document.
  func configurationVersion(
    _ version: UInt64, of tenant: TenantID
  ) throws -> (version: ConfigurationVersion, document: ProtoTenantDocument) {
    let number = Revision(Int64(clamping: version))
    guard let found = try first(ConfigurationVersionQueries.version(number, of: tenant)) else {
      throw Rejection.notFound(.configurationVersionNotFound, "configuration version", String(version))
    }
    return (found, try ProtoTenantDocument(serializedBytes: found.document))
  }
}
