import SignalboxCore
import SignalboxProtocol

enum ListPeopleCall: ReadCall {
  typealias Types = Methods.ListPeople

  static func read(_ request: ProtoListPeopleRequest, _ scope: ReadScope) throws -> ProtoListPeopleResponse {
    let paging = try Paging(scope, size: request.pageSize, page: request.page, scope: "people")
    let after = paging.after ?? 0
    let rest = scope.configuration.people.values.filter { $0.id.value > after && !$0.isRemoved }
    let (page, next) = paging.cut(rest.sorted { $0.id.value < $1.id.value }) { $0.id.value }
    var response = ProtoListPeopleResponse()
    response.people = page.map { ProtoPerson($0, in: scope.configuration) }
    response.nextPage = next
    return response
  }
}
