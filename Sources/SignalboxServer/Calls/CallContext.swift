import SignalboxCore
import SignalboxProtocol
import SignalboxStore
import SignalboxTLS

/// What a call knows beside its request.
struct CallContext: Sendable {
  let server: ServerContext
  /// Nil only for methods that anyone may call.
  let identity: Identity?
  let method: Method
  /// Where the call comes from, as the audit has it.
  let source: String
  let now: Timestamp

  var principal: Principal? { identity?.principal }

  func requireIdentity() throws(Refusal) -> Identity {
    guard let identity else { throw Refusal(.unauthenticated, "the call needs a token") }
    return identity
  }

  /// From where a watch of the caller's tenant goes on after a change.
  func cursor(at revision: Revision) -> String {
    principal.map { server.cursors.cursor(at: revision, of: $0.tenant) } ?? ""
  }
}

/// A call answered from memory, on the event loop.
protocol ImmediateCall {
  associatedtype Types: MethodTypes
  static func answer(_ request: Types.Request, _ context: CallContext) throws -> Types.Response
}

/// A call that reads one snapshot, on a reader's thread.
protocol ReadCall {
  associatedtype Types: MethodTypes
  /// Whether it may take so long that others should go before it. Of such calls a tenant has a few at a time only, see
  /// ``ServerLimits/unhurriedCallsPerTenant``, so that any caller may make them.
  static var isUnhurried: Bool { get }
  static func read(_ request: Types.Request, _ scope: ReadScope) throws -> Types.Response
}

/// A call that changes something: load, decide, commit, in one transaction on the writer's thread.
protocol WriteCall {
  associatedtype Types: MethodTypes
  /// What goes to the writer: the request, or what was made of it before.
  associatedtype Command: Sendable

  /// Runs on the event loop, before the transaction, where it holds up its own connections and not the one writer.
  static func prepare(_ request: Types.Request, _ context: CallContext) -> Command

  /// May run more than once, so it has no effect but on the transaction and the scope.
  static func write(_ command: Command, _ scope: inout WriteScope) throws -> Types.Response

  /// What a repeated call with the same key is answered, if not the same: without what may be told once only.
  static func remembered(_ response: Types.Response) -> Types.Response?

  /// The end of the answer of a call after which a watch may go on: the cursor for it. Added on the event loop, after
  /// the commit, so that the writer does no work for it.
  static func ending(_ cursor: () -> String) -> Types.Response?
}

/// A call that changes something and needs something dear for it, that depends on the configuration alone: it is worked
/// out on the unhurried reader, and the transaction only sees whether it still holds.
protocol StudiedWriteCall: WriteCall {
  /// Adds it to the command. Refuses nothing itself: a call that was made before is answered as it was then.
  static func study(_ command: inout Command, _ scope: ReadScope) throws
}

/// Thrown by a ``StudiedWriteCall``'s `write` where what was worked out does not hold any more: it is worked out anew.
struct OutdatedStudy: Error {}

extension ReadCall {
  static var isUnhurried: Bool { false }
}

extension WriteCall {
  static func remembered(_ response: Types.Response) -> Types.Response? { nil }

  static func ending(_ cursor: () -> String) -> Types.Response? { nil }
}

extension WriteCall where Command == Types.Request {
  static func prepare(_ request: Types.Request, _ context: CallContext) -> Command { request }
}

/// A read's view of its tenant.
struct ReadScope {
  let context: CallContext
  let principal: Principal
  let configuration: TenantConfiguration
  let revisions: TenantQueries.Revisions
  let snapshot: any Snapshot

  init(_ context: CallContext, in snapshot: any Snapshot) throws {
    self.context = context
    self.snapshot = snapshot
    principal = try context.requireIdentity().principal
    (revisions, configuration) = try context.load(principal.tenant, in: snapshot)
    try context.require(EffectiveAccess(of: principal, in: configuration))
  }

  var access: EffectiveAccess { EffectiveAccess(of: principal, in: configuration) }
  var tenant: TenantID { principal.tenant }
}

/// A write's view of its tenant, and its way to change it.
struct WriteScope {
  let context: CallContext
  let principal: Principal
  let transaction: any Transaction
  let situation: Situation
  private let revisions: TenantQueries.Revisions
  /// That of the call's last change; as long as it has made none, that of the tenant's.
  private(set) var revision: Revision
  /// The configuration after the change, for whoever holds one; kept only if the change is.
  private(set) var nextConfiguration: TenantConfiguration?
  /// Comes before what the call returns; a message may be sent in parts, one after the other.
  var answerBegins: [UInt8] = []
  /// To be done once the change is committed, before the caller hears of it.
  private(set) var effects: [@Sendable () -> Void] = []

  init(_ context: CallContext, in transaction: any Transaction) throws {
    self.context = context
    self.transaction = transaction
    principal = try context.requireIdentity().principal
    let configuration: TenantConfiguration
    (revisions, configuration) = try context.load(principal.tenant, in: transaction)
    situation = Situation(
      principal: principal, configuration: configuration, now: context.now,
      revision: Revision(revisions.revision.value + 1), quotas: context.server.limits.quotas, usage: revisions.usage)
    revision = revisions.revision
    try context.require(situation.access)
  }

  var tenant: TenantID { principal.tenant }

  /// Writes the plan and those that follow from it, each a change with a revision and an event of its own. At most once
  /// in a call.
  ///
  /// - Parameter rules: Those that the plan puts in force, where they are compiled already.
  mutating func commit<Outcome>(
    _ decided: Decided<Outcome>, followedBy others: [Plan] = [], compiled rules: ActiveRules? = nil
  ) throws -> Outcome {
    var version = revisions.configuration
    var audit = AuditLink(source: context.source, previous: revisions.auditHash) { Digest.sha256($0) }
    var changes: [Change] = []
    for (offset, plan) in ([decided.plan] + others).enumerated() {
      revision = Revision(situation.revision.value + Int64(offset))
      audit.previous = try transaction.commit(
        plan.settled(in: situation), as: revision, of: tenant, by: plan.actor ?? principal.actor, at: situation.now,
        configuration: version, audit: audit)
      guard plan.changesConfiguration else { continue }
      version = revision
      changes += plan.changes
    }
    // All at once: it is the rules that are dear, and only the last configuration is seen by anybody.
    if !changes.isEmpty {
      nextConfiguration = situation.configuration.applying(changes, at: version, compiled: rules)
    }
    return decided.outcome
  }

  mutating func afterCommit(_ effect: @escaping @Sendable () -> Void) {
    effects.append(effect)
  }
}

extension CallContext {
  /// Methods for tenant admins are for all who administer the tenant, by their token or by a grant.
  fileprivate func require(_ access: @autoclosure () -> EffectiveAccess) throws(Rejection) {
    guard method.caller != .tenantAdmin || access().administers else {
      throw Rejection(
        .notPermitted, "\(method.path) needs the right `administer_tenant`; ask a tenant admin to do it")
    }
  }

  /// One read of the revisions tells whether the configuration in memory is still the one.
  fileprivate func load(
    _ tenant: TenantID, in snapshot: any Snapshot
  ) throws -> (TenantQueries.Revisions, TenantConfiguration) {
    guard let revisions = try snapshot.first(TenantQueries.revisions(of: tenant)),
      let configuration = try server.configurations.configuration(
        of: tenant, version: revisions.configuration, in: snapshot)
    else { throw Refusal(.tenantNotFound, "no such tenant here") }
    return (revisions, configuration)
  }
}
