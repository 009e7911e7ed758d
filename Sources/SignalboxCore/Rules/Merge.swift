/// What several rules of one phase want, made one: the highest priority, all tags, the shortest time to respond. Of what
/// has a single value the checker saw to it that no two rules want it differently.
struct Merge {
  private var category: String?
  private var type: String?
  private var resource: String?
  private var fields: [RoutingFacts.FieldValue] = []
  private var tags: [String] = []
  private var priorities: [(rule: String, value: String)] = []
  private var responses: [(rule: String, value: RuleDuration)] = []
  private var status: String?
  /// Of an escalation.
  private(set) var queue: Literal?

  mutating func add(_ action: Action, of rule: String) {
    switch action {
    case .queue(let action): queue = queue ?? action.target
    case .set(let action):
      switch action.target {
      case .category: category = category ?? action.value.value
      case .type: type = type ?? action.value.value
      case .resource: resource = resource ?? action.value.value
      case .field(let name):
        if !fields.contains(where: { $0.name == name.value }) {
          fields.append(.init(name: name.value, value: action.value.value))
        }
      }
    case .setStatus(let action): status = status ?? action.status.value.lowercased()
    case .addTag(let action): tags.append(action.tag.value)
    case .raisePriority(let action): priorities.append((rule, action.priority.value.lowercased()))
    case .respondWithin(let action): responses.append((rule, action.duration))
    case .assign, .notify, .atMost: break
    }
  }

  /// One sentence for each value that several rules wanted differently.
  var notes: [String] {
    var notes: [String] = []
    if Set(priorities.map(\.value)).count > 1 {
      let wishes = priorities.map { "`\($0.value)` by rule `\($0.rule)`" }
      notes.append("priority: \(Self.joined(wishes)); the highest counts")
    }
    if Set(responses.map(\.value.milliseconds)).count > 1 {
      let wishes = responses.map { "`\($0.value.text)` by rule `\($0.rule)`" }
      notes.append("respond within: \(Self.joined(wishes)); the shortest counts")
    }
    return notes
  }

  /// Changes the facts, and notes as an effect what is new.
  func apply(to facts: inout RoutingFacts, _ effects: inout Effects) {
    Self.set(category, &facts.category, &effects.category)
    Self.set(type, &facts.type, &effects.type)
    Self.set(resource, &facts.resource, &effects.resource)
    for field in fields where facts.custom(field.name) != field.value {
      facts.fields.removeAll { $0.name == field.name }
      facts.fields.append(field)
      effects.fields.append(field)
    }
    var known = Set(facts.tags.map { FoldedText($0).bytes })
    for tag in tags where known.insert(FoldedText(tag).bytes).inserted {
      facts.tags.append(tag)
      effects.addedTags.append(tag)
    }
    let highest = priorities.map(\.value).max { Self.rank($0) < Self.rank($1) }
    if let highest, Self.rank(highest) > Self.rank(facts.priority) {
      facts.priority = highest
      effects.priority = highest
    }
    if let shortest = responses.map(\.value).min(by: { $0.milliseconds < $1.milliseconds }) {
      effects.respondWithin = shortest
    }
    if let status, status != facts.status {
      facts.status = status
      effects.status = status
    }
  }

  private static func set(_ value: String?, _ fact: inout String?, _ effect: inout String?) {
    guard let value, value != fact else { return }
    fact = value
    effect = value
  }

  private static func rank(_ priority: String) -> Int { Field.priorities.firstIndex(of: priority) ?? -1 }

  /// The first few.
  private static func joined(_ wishes: [String]) -> String {
    wishes.prefix(8).joined(separator: ", ") + (wishes.count > 8 ? " and \(wishes.count - 8) more" : "")
  }
}
