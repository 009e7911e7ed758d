/// Something of which a tenant, or a token, may have so many. Named the same in refusals, in Describe and in settings.
package enum Quota: String, CaseIterable, Sendable {
  /// Those that were removed do not count, though they are kept; the same of people.
  case organizations = "organizations_per_tenant"
  case people = "people_per_tenant"
  /// Retired ones count: they are kept.
  case queues = "queues_per_tenant"
  case groups = "groups_per_tenant"
  case grants = "grants_per_tenant"
  /// Those that were not revoked; expired ones count until they are.
  case tokens = "tokens_per_tenant"
  /// Registrations that were not decided, drafts too.
  case openRegistrations = "open_registrations_per_tenant"
  /// Closed ones count: they are stored.
  case tickets = "tickets_per_tenant"
  /// At the same time, of the tenant's own tokens and certificates.
  case connections = "connections_per_tenant"
  /// At the same time.
  case watches = "watches_per_token"

  /// What there is too much of, for people.
  package var things: String {
    switch self {
    case .organizations: "organizations"
    case .people: "people"
    case .queues: "queues"
    case .groups: "groups"
    case .grants: "grants"
    case .tokens: "tokens"
    case .openRegistrations: "open registrations"
    case .tickets: "tickets"
    case .connections: "connections"
    case .watches: "watches"
    }
  }

  /// The highest that can be set. What a process reads of a tenant at once has to fit one read of the store.
  package var most: Int {
    switch self {
    case .organizations, .people, .grants, .tokens, .openRegistrations: Limits.rowsReadAtOnce
    case .queues, .groups: 20_000
    case .tickets: 1_000_000_000_000
    case .connections, .watches: 1_000_000
    }
  }

  /// What to do about it, beside asking for more.
  var advice: String {
    switch self {
    case .grants: "grant to groups, or revoke grants that are not needed"
    case .tokens: "revoke those that are not used"
    case .openRegistrations: "withdraw one, or wait until some are decided"
    case .connections, .watches: "end one first"
    case .organizations, .people, .queues, .groups, .tickets: "use those there are"
    }
  }
}

/// How many of each: the server's standard, or what a system admin has set for one tenant.
package struct Quotas: Equatable, Sendable {
  private var values: [Quota: Int] = [:]

  package init() {}

  /// Nil where nothing is said; 0: as many as the server can hold.
  package subscript(quota: Quota) -> Int? {
    get { values[quota] }
    set { values[quota] = newValue }
  }

  /// What is said, in the order of the quotas.
  package var list: [(quota: Quota, value: Int)] {
    Quota.allCases.compactMap { quota in values[quota].map { (quota, $0) } }
  }

  /// How many there may be, where `own` is what is set for the tenant.
  package func limit(_ quota: Quota, own: Quotas) -> Int {
    let value = own[quota] ?? self[quota] ?? 0
    return value == 0 ? quota.most : min(value, quota.most)
  }

  package static let standard: Quotas = {
    var quotas = Quotas()
    for (quota, value) in [
      (.organizations, 10_000), (.people, 50_000), (.queues, 5_000), (.groups, 5_000), (.grants, 90_000),
      (.tokens, 50_000), (.openRegistrations, 1_000), (.tickets, 0), (.connections, 0), (.watches, 1_000),
    ] as [(Quota, Int)] { quotas[quota] = value }
    return quotas
  }()
}

/// What a tenant has that is counted with each change and not looked up.
package struct Usage: Equatable, Sendable {
  package var tickets: Int64
  package var tokens: Int64
  package var openRegistrations: Int64

  package init(tickets: Int64 = 0, tokens: Int64 = 0, openRegistrations: Int64 = 0) {
    self.tickets = tickets
    self.tokens = tokens
    self.openRegistrations = openRegistrations
  }

  /// How a plan changes it.
  package init(of changes: [Change]) {
    self.init()
    for change in changes {
      switch change {
      case .insertTicket: tickets += 1
      case .insertToken: tokens += 1
      case .revokeToken: tokens -= 1
      case .insertRegistration: openRegistrations += 1
      // A decided one is never written again.
      case .updateRegistration(let registration): if registration.state.isDecided { openRegistrations -= 1 }
      default: continue
      }
    }
  }
}

extension Situation {
  /// Throws where the tenant has as many as it may, or keeps as many as can be kept.
  func requireRoom(for quota: Quota) throws(Rejection) {
    let limit = quotas.limit(quota, own: configuration.tenant.quotas)
    guard used(quota) >= limit else { return try requireRoomToKeep(one: quota) }
    throw Rejection(
      .quotaExceeded,
      "the tenant has \(used(quota)) \(quota.things), and its quota \(quota.rawValue) is \(limit); \(quota.advice), "
        + "or ask a system admin for more",
      limit: quota.rawValue)
  }

  /// Throws where a change would leave the tenant with more of something than it may have, and with more than it has.
  func requireRoom(in next: TenantConfiguration) throws(Rejection) {
    for quota in [.organizations, .people, .queues, .groups, .grants] as [Quota] {
      guard let (used, kept) = next.counts(of: quota), let before = configuration.counts(of: quota) else { continue }
      if kept > quota.most, kept > before.kept { throw tooManyKept(quota) }
      let limit = quotas.limit(quota, own: configuration.tenant.quotas)
      guard used > limit, used > before.used else { continue }
      throw Rejection(
        .quotaExceeded,
        "the tenant would have \(used) \(quota.things), and its quota \(quota.rawValue) is \(limit); \(quota.advice), "
          + "or ask a system admin for more",
        limit: quota.rawValue)
    }
  }

  private func used(_ quota: Quota) -> Int {
    switch quota {
    case .organizations, .people, .queues, .groups, .grants: configuration.counts(of: quota)?.used ?? 0
    case .tokens: Int(clamping: usage.tokens)
    case .openRegistrations: Int(clamping: usage.openRegistrations)
    case .tickets: Int(clamping: usage.tickets)
    // Counted where they are, outside of the store.
    case .connections, .watches: 0
    }
  }

  private func requireRoomToKeep(one quota: Quota) throws(Rejection) {
    guard let (_, kept) = configuration.counts(of: quota), kept >= quota.most else { return }
    throw tooManyKept(quota)
  }

  private func tooManyKept(_ quota: Quota) -> Rejection {
    Rejection(
      .quotaExceeded,
      "with those that were removed, which are kept, the tenant has as many \(quota.things) as a server can load, "
        + "\(quota.most); use those there are",
      limit: quota.rawValue)
  }
}

extension TenantConfiguration {
  /// How many there are, and how many with those that were removed and are kept; nil for what is not part of it.
  fileprivate func counts(of quota: Quota) -> (used: Int, kept: Int)? {
    switch quota {
    case .organizations: (organizationsByName.count, organizations.count)
    case .people: (peopleByHandle.count, people.count)
    case .queues: (queues.count, queues.count)
    case .groups: (groups.count, groups.count)
    case .grants: (grants.count, grants.count)
    case .tokens, .openRegistrations, .tickets, .connections, .watches: nil
    }
  }
}
