import SignalboxCore
import SignalboxStore
import SignalboxTLS

/// What one look of a timer at one tenant decides on, and what is committed on it: the plans of a round are revisions one
/// after the other, each linked to the last in the audit.
struct TimerRound {
  /// Where events of timers come from, in the audit.
  static let source = "timer"

  private(set) var situation: Situation
  /// The version of the configuration, which nothing here changes.
  private let configuration: Revision
  private var audit: AuditLink

  /// Nil where the tenant, or its configuration, is gone.
  ///
  /// - Parameter actor: in history, the name of a token that speaks for nobody; no person and no token can have it.
  init?(
    of tenant: TenantID, by actor: String, at now: Timestamp, _ context: ServerContext, in snapshot: any Snapshot
  ) throws {
    guard let revisions = try snapshot.first(TenantQueries.revisions(of: tenant)),
      let configuration = try context.configurations.configuration(
        of: tenant, version: revisions.configuration, in: snapshot)
    else { return nil }
    situation = Situation(
      principal: Principal(
        tenant: tenant, role: .systemAdmin, person: nil, handle: nil, tokenTenant: .system, token: TokenID(0),
        tokenName: actor),
      configuration: configuration, now: now, revision: Revision(revisions.revision.value + 1),
      quotas: context.limits.quotas, usage: revisions.usage)
    self.configuration = revisions.configuration
    audit = AuditLink(source: Self.source, previous: revisions.auditHash) { Digest.sha256($0) }
  }

  mutating func commit(_ plan: Plan, in transaction: any Transaction) throws {
    audit.previous = try transaction.commit(
      plan, as: situation.revision, of: situation.principal.tenant, by: plan.actor ?? situation.principal.actor,
      at: situation.now, configuration: configuration, audit: audit)
    situation.revision = Revision(situation.revision.value + 1)
  }
}
