import SignalboxCore
import SignalboxProtocol
import SignalboxStore

enum ListGrantsCall: ReadCall {
  typealias Types = Methods.ListGrants

  static func read(_ request: ProtoListGrantsRequest, _ scope: ReadScope) throws -> ProtoListGrantsResponse {
    let paging = try Paging(
      scope, size: request.pageSize, page: request.page, scope: "grants/\(request.person)/\(request.queue)")
    let configuration = scope.configuration
    var grants = Array(configuration.grants.values)
    if !request.person.isEmpty {
      guard let person = configuration.person(withHandle: request.person) else {
        throw Rejection.notFound(.personNotFound, "person", request.person)
      }
      let groups = Set(configuration.groupsByMember[person.id] ?? [])
      grants = grants.filter {
        switch $0.grantee {
        case .person(let id): id == person.id
        case .group(let id): groups.contains(id)
        case .token: false
        }
      }
    }
    if !request.queue.isEmpty {
      guard let queue = configuration.queue(named: request.queue) else {
        throw Rejection.notFound(.queueNotFound, "queue", request.queue)
      }
      grants = grants.filter { $0.covers(queue) }
    }
    let after = paging.after ?? 0
    let rest = grants.filter { $0.id.value > after }.sorted { $0.id.value < $1.id.value }
    let (page, next) = paging.cut(rest) { $0.id.value }
    var response = ProtoListGrantsResponse()
    response.grants = try page.map {
      ProtoGrant($0, in: configuration, token: try $0.token(of: scope.tenant, in: scope.snapshot))
    }
    response.nextPage = next
    return response
  }
}

extension Grant {
  /// The token it is given to, if it is.
  func token(of tenant: TenantID, in snapshot: any Snapshot) throws -> AccessToken? {
    guard case .token(let id) = grantee else { return nil }
    return try snapshot.first(TokenQueries.page(of: tenant, after: id.value - 1, limit: 1))
  }
}
