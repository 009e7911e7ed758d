internal import FoundationEssentials
internal import SignalboxCore

/// What `peers/rules/generate.py` wrote: `tickets.json` and `rules_SIZE.json`.
enum RuleData {
  struct Ticket {
    let id: Int
    let facts: RoutingFacts
    let expected: String
  }

  /// Where tickets go that no rule takes.
  private static let otherwise = "Unrouted"

  private struct TicketRow: Decodable {
    let id: Int
    let subject: String
    let body: String
    let organization: String
    let requestor: String
    let expected: [String: String?]
  }

  private struct RuleRow: Decodable {
    let id: String
    let order: Int
    let keyword: String
    let organization: String
    let queue: String
  }

  static func tickets(in directory: String, size: Int) throws -> [Ticket] {
    let rows = try decode([TicketRow].self, directory + "/tickets.json")
    return try rows.map { row in
      guard let expected = row.expected["\(size)"] else {
        throw RuleBenchError("ticket \(row.id) does not say what is expected of \(size) rules")
      }
      let facts = RoutingFacts(
        subject: row.subject, body: row.body, channel: "email", requester: row.requestor,
        requesterOrganization: row.organization)
      return Ticket(id: row.id, facts: facts, expected: expected ?? otherwise)
    }
  }

  /// A rule file with the same rules, in their order, and the queues that it names.
  static func source(in directory: String, size: Int) throws -> (text: String, queues: QueueDirectory) {
    let rows = try decode([RuleRow].self, directory + "/rules_\(size).json").sorted { $0.order < $1.order }
    var text = "ruleset \"bench\" version 1\n\nphase route first {\n"
    for row in rows {
      text += "  rule \(row.id) {\n"
      text += "    when organization == \"\(row.organization)\" and text any word of [\"\(row.keyword)\"]\n"
      text += "    then queue \"\(row.queue)\"\n  }\n"
    }
    text += "  otherwise { queue \"\(otherwise)\" }\n}\n"
    return (text, QueueDirectory(active: [otherwise] + Set(rows.map(\.queue)).sorted()))
  }

  private static func decode<Value: Decodable>(_ type: Value.Type, _ path: String) throws -> Value {
    try JSONDecoder().decode(type, from: Data(contentsOf: URL(filePath: path)))
  }
}
