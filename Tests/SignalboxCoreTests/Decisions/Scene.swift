import SignalboxCore
import Testing

/// A small tenant that decision tests play in: Delta with two agents, Triage, and a stranger.
struct Scene {
  static let now = Timestamp(milliseconds: 1_700_000_000_000)
  static let delta = Organization(id: OrganizationID(1), name: "Delta", kind: .resourceProvider, displayName: "Delta")
  static let aco = Organization(id: OrganizationID(2), name: "ACO", kind: .awardee, displayName: "ACO")
  static let ada = person(11, "ada", delta)
  static let ben = person(12, "ben", delta)
  static let cyd = person(13, "cyd", aco)
  static let deltaQueue = queue(
    21, "Delta", delta, agents: [ada, ben], assignee: ada, keywords: ["slurm", "gpuA100x4"])
  static let triage = queue(22, "ACCESS-ACO-Triage", aco, agents: [cyd], assignee: nil, keywords: [])
  static let rules = """
    ruleset "access" version 1

    phase route first {
      rule storage {
        when category == "Storage"
        then queue "Delta"
        because "Delta owns the disks"
      }
      keywords of queues
      otherwise { queue "ACCESS-ACO-Triage" }
    }
    """

  var configuration: TenantConfiguration
  var revision = Revision(100)

  /// - Parameter people: more than the three, or others in their place.
  init(
    queues: [Queue] = [deltaQueue, triage], people: [Person] = [], groups: [Group] = [], grants: [Grant] = [],
    rules: String? = Scene.rules, settings: Tenant.Settings = .init()
  ) {
    configuration = TenantConfiguration(
      tenant: Tenant(
        id: TenantID(5), name: "access", displayName: "ACCESS", settings: settings, createdAt: Self.now),
      version: Revision(99), organizations: [Self.delta, Self.aco], people: [Self.ada, Self.ben, Self.cyd] + people,
      queues: queues, groups: groups, grants: grants,
      rules: rules.map {
        RuleSetRecord(
          name: "access", version: 1, hash: [1], text: $0, keptAt: Self.now, keptBy: Actor(name: "admin"),
          activation: .init(at: Self.now, by: Actor(name: "admin")))
      })
  }

  func situation(_ principal: Principal) -> Situation {
    Situation(principal: principal, configuration: configuration, now: Self.now, revision: revision, quotas: .standard)
  }

  static let admin = Principal(
    tenant: TenantID(5), role: .tenantAdmin, person: nil, handle: nil, tokenTenant: TenantID(5), token: TokenID(31),
    tokenName: "desk-admin")

  static func agent(_ person: Person) -> Principal {
    Principal(
      tenant: TenantID(5), role: .agent, person: person.id, handle: person.handle, tokenTenant: TenantID(5),
      token: TokenID(40 + person.id.value), tokenName: person.handle)
  }

  static func ticket(
    in queue: Queue = deltaQueue, assignee: Person? = nil, version: Int64 = 3, requester: String = "u@lab.example.edu"
  ) -> Ticket {
    Ticket(
      number: TicketNumber(50), version: version, subject: "cannot log in", body: "", requester: requester,
      channel: "web", category: "", resource: "", tags: [], status: .new, priority: .normal, queue: queue.id,
      assignee: assignee?.id, unassignedReason: "", createdAt: now, updatedAt: now)
  }

  /// A bare address that somebody has answered for.
  static func watcher(_ address: String, events: WatcherEvents = .usual) -> Watcher {
    Watcher(
      .address(address), events: events, addedBy: Actor(name: "ada"), addedAt: now, confirmedBy: Actor(name: "admin"),
      confirmedAt: now)
  }

  private static func person(_ id: Int64, _ handle: String, _ organization: Organization) -> Person {
    Person(
      id: PersonID(id), handle: handle, displayName: handle, email: "\(handle)@example.org",
      organization: organization.id)
  }

  private static func queue(
    _ id: Int64, _ name: String, _ organization: Organization, agents: [Person], assignee: Person?, keywords: [String]
  ) -> Queue {
    Queue(
      id: QueueID(id), name: name, kind: .resourceProvider, organization: organization.id, description: "",
      agents: agents.map(\.id), watchers: [watcher("watch@example.org")], defaultAssignee: assignee?.id,
      keywords: keywords, state: .active)
  }
}

/// The reason with which something is refused; nil when it is not.
func rejection(_ body: () throws(Rejection) -> Void) -> Rejection? {
  do {
    try body()
    return nil
  } catch {
    return error
  }
}
