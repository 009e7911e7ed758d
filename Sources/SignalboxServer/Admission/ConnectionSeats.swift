import SignalboxCore
import SignalboxProtocol
import SignalboxWire

/// What one connection has taken of what its tenant and its tokens may have at the same time.
struct ConnectionSeats {
  private let server: ServerContext
  private var connection: Occupancy.Seat?
  /// Of watches and replays that run, and of those that are being checked: they count as much.
  private var streams: [StreamID: Occupancy.Seat] = [:]

  init(_ server: ServerContext) {
    self.server = server
  }

  /// One of the connections of the tenant that HELLO named; a system admin's belongs to none.
  mutating func connect(_ tenant: TenantID?) throws(Refusal) {
    guard let tenant, tenant != .system, connection == nil else { return }
    try take(.connection(tenant), .connections, of: tenant, who: "the tenant")
    connection = .connection(tenant)
  }

  /// Throws where the connection or the token follows as many as it may.
  mutating func watch(on stream: StreamID, for identity: Identity) throws(Refusal) {
    guard streams.count < server.limits.maximumWatchesPerConnection else {
      throw Refusal(
        .tooManyWatches, "this connection follows as many watches as it may; end one, or open another connection",
        limit: "watches_per_connection")
    }
    try take(.watch(identity.name), .watches, of: identity.principal.tenant, who: "the token")
    streams[stream] = .watch(identity.name)
  }

  /// Throws where the tenant runs as many replays as it may.
  mutating func replay(on stream: StreamID, of tenant: TenantID) throws(Refusal) {
    let limit = server.limits.replaysPerTenant
    guard server.occupancy.take(.replay(tenant), atMost: limit) else {
      throw Refusal(
        .overloaded, "\(limit) replays of the tenant are running; try again when one of them has ended",
        limit: "replays", retryAfterMilliseconds: server.limits.retryWhenUnhurriedMilliseconds)
    }
    streams[stream] = .replay(tenant)
  }

  /// Of a stream that may have none.
  mutating func end(on stream: StreamID) {
    if let seat = streams.removeValue(forKey: stream) { server.occupancy.leave(seat) }
  }

  mutating func disconnect() {
    if let connection { server.occupancy.leave(connection) }
    connection = nil
  }

  private func take(_ seat: Occupancy.Seat, _ quota: Quota, of tenant: TenantID, who: String) throws(Refusal) {
    let limit = server.limits.quotas.limit(quota, own: server.tenants.quotas(of: tenant))
    guard !server.occupancy.take(seat, atMost: limit) else { return }
    throw Refusal(
      .quotaExceeded,
      "\(who) has \(limit) \(quota.things), and its quota \(quota.rawValue) is \(limit); end one first",
      limit: quota.rawValue, retryAfterMilliseconds: server.limits.retryWhenOccupiedMilliseconds)
  }
}
