internal import FoundationEssentials
internal import SignalboxCore

/// Tickets as `signalbox ticket get --output json` prints them, a file each, and rule files with the keywords of the
/// tenant's queues: what a replay evaluates, without the store.
struct StoredTickets {
  private struct Fields: Decodable {
    let subject: String
    let body: String
    let requester: String
    let channel: String
    let resource: String?
  }

  let tickets: [RuleData.Ticket]
  let rules: [CompiledRuleSet]
  let queues: QueueDirectory

  /// - Parameters:
  ///   - files: one rule set each; all are evaluated for each ticket.
  ///   - queues: `NAME:keyword,keyword` each.
  init(in directory: String, rules files: [String], queues: [String]) throws {
    tickets = try FileManager.default.contentsOfDirectory(atPath: directory).sorted().enumerated().map { index, name in
      let file = URL(filePath: directory + "/" + name)
      let fields = try JSONDecoder().decode(Fields.self, from: Data(contentsOf: file))
      let facts = RoutingFacts(
        subject: fields.subject, body: fields.body, resource: fields.resource, channel: fields.channel,
        requester: fields.requester)
      return RuleData.Ticket(id: index, facts: facts, expected: "")
    }
    guard !tickets.isEmpty else { throw RuleBenchError("there is no ticket in \(directory)") }
    let keywords = queues.map { queue in
      let parts = queue.split(separator: ":", maxSplits: 1).map(String.init)
      return QueueKeywords(
        queue: parts.first ?? "", keywords: parts.dropFirst().first?.split(separator: ",").map(String.init) ?? [])
    }
    let directory = QueueDirectory(active: keywords.map(\.queue))
    self.queues = directory
    rules = try files.map { file in
      let text = String(decoding: try Data(contentsOf: URL(filePath: file)), as: UTF8.self)
      return try RuleSetSource.compile(text, for: RuleSetContext(queues: directory), keywords: keywords, hash: [])
    }
  }
}
