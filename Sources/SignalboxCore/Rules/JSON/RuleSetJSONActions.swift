extension RuleSetJSON {
  private static let defaultAssignee = "default assignee"
  private static let nobody = "leave unassigned"

  static func encode(_ action: Action) -> RuleJSON {
    var out = JSONObject()
    switch action {
    case .queue(let action): out.add("queue", action.target.value)
    case .set(let action):
      switch action.target {
      case .category: out.add("set", "category")
      case .type: out.add("set", "type")
      case .resource: out.add("set", "resource")
      case .field(let name):
        out.add("set", "field")
        out.add("name", name.value)
      }
      out.add("to", action.value.value)
    case .setStatus(let action):
      out.add("set", "status")
      out.add("to", action.status.value)
    case .addTag(let action): out.add("add_tag", action.tag.value)
    case .raisePriority(let action): out.add("raise_priority_to", action.priority.value)
    case .respondWithin(let action): out.add("respond_within", action.duration.text)
    case .assign(let action): encode(action, into: &out)
    case .notify(let action):
      encode(action.target, as: "notify", into: &out)
      out.add("saying", action.saying?.value)
    case .atMost(let action): out.add("at_most_per_ticket", .integer(action.count))
    }
    return out.json
  }

  static func action(_ json: RuleJSON) throws(JSONMismatch) -> Action {
    var fields = try JSONFields(json)
    let action = try action(&fields)
    try fields.end()
    return action
  }

  private static func action(_ fields: inout JSONFields) throws(JSONMismatch) -> Action {
    if fields.has("queue") { return .queue(QueueAction(target: try fields.literal("queue"))) }
    if fields.has("set") { return try set(&fields) }
    if fields.has("add_tag") { return .addTag(AddTagAction(tag: try fields.literal("add_tag"))) }
    if fields.has("raise_priority_to") {
      return .raisePriority(RaisePriorityAction(priority: try fields.literal("raise_priority_to")))
    }
    if fields.has("respond_within") {
      return .respondWithin(RespondWithinAction(duration: try fields.duration("respond_within"), place: Place(.start)))
    }
    if fields.has("assign") { return .assign(try assignment(&fields)) }
    if fields.has("notify") {
      let target = try target("notify", &fields)
      return .notify(NotifyAction(target: target, saying: try fields.optionalLiteral("saying"), place: Place(.start)))
    }
    if fields.has("at_most_per_ticket") {
      let count = try fields.integer("at_most_per_ticket", in: 0...RuleLimits.atMost)
      return .atMost(AtMostAction(count: count, place: Place(.start)))
    }
    throw JSONMismatch(
      message:
        "expected an action: an object with `queue`, `set`, `add_tag`, `raise_priority_to`, `respond_within`, `assign`, `notify` or `at_most_per_ticket`"
    )
  }

  private static func set(_ fields: inout JSONFields) throws(JSONMismatch) -> Action {
    let what = try fields.string("set")
    let value = try fields.literal("to")
    switch what {
    case "category": return .set(SetAction(target: .category, value: value))
    case "type": return .set(SetAction(target: .type, value: value))
    case "resource": return .set(SetAction(target: .resource, value: value))
    case "field": return .set(SetAction(target: .field(try fields.literal("name")), value: value))
    case "status": return .setStatus(SetStatusAction(status: value))
    default:
      throw JSONMismatch(
        path: [".set"], message: "expected \(Parser.either(["category", "type", "resource", "field", "status"]))")
    }
  }

  // MARK: Assignments, which tests have as well

  static func encode(_ action: AssignAction, into out: inout JSONObject) {
    switch action.target {
    case .person(let handle):
      out.add("assign", "person")
      out.add("name", handle.value)
    case .defaultAssignee: out.add("assign", defaultAssignee)
    case .nobody: out.add("assign", nobody)
    case .strategy(let strategy):
      out.add("assign", strategy.method.rawValue)
      out.add("group", strategy.group?.value)
      if !strategy.skills.isEmpty { out.add("skills", .strings(strategy.skills)) }
      out.add("relaxed_after", strategy.relaxedAfter?.text)
      if let cap = strategy.cap {
        out.add("at_most", .integer(cap.count))
        out.add("per", cap.window.text)
      }
      out.add("offer_for", strategy.offer?.text)
    }
  }

  static func assignment(_ fields: inout JSONFields) throws(JSONMismatch) -> AssignAction {
    let how = try fields.string("assign")
    switch how {
    case "person": return AssignAction(target: .person(try fields.literal("name")), place: Place(.start))
    case defaultAssignee: return AssignAction(target: .defaultAssignee, place: Place(.start))
    case nobody: return AssignAction(target: .nobody, place: Place(.start))
    default:
      guard let method = AssignAction.Strategy.Method(rawValue: how) else {
        let all = ["person", defaultAssignee, nobody] + AssignAction.Strategy.Method.allCases.map(\.rawValue)
        throw JSONMismatch(path: [".assign"], message: "expected \(Parser.either(all))")
      }
      var strategy = AssignAction.Strategy(method: method, group: try fields.optionalLiteral("group"))
      if fields.has("skills") { strategy.skills = try fields.literals("skills") }
      strategy.relaxedAfter = try fields.optionalDuration("relaxed_after")
      if fields.has("at_most") {
        strategy.cap = .init(
          count: try fields.integer("at_most", in: 0...RuleLimits.atMost), window: try fields.duration("per"))
      }
      strategy.offer = try fields.optionalDuration("offer_for")
      return AssignAction(target: .strategy(strategy), place: Place(.start))
    }
  }

  // MARK: Whom to notify, as well

  static func encode(_ target: NotifyAction.Target, as key: String, into out: inout JSONObject) {
    switch target {
    case .queueWatchers, .assignee, .requester: out.add(key, target.text)
    case .person(let handle):
      out.add(key, "person")
      out.add("name", handle.value)
    case .group(let name):
      out.add(key, "group")
      out.add("name", name.value)
    }
  }

  static func target(_ key: String, _ fields: inout JSONFields) throws(JSONMismatch) -> NotifyAction.Target {
    switch try fields.string(key) {
    case "queue watchers": return .queueWatchers
    case "assignee": return .assignee
    case "requester": return .requester
    case "person": return .person(try fields.literal("name"))
    case "group": return .group(try fields.literal("name"))
    default:
      throw JSONMismatch(
        path: [".\(key)"],
        message: "expected \(Parser.either(["queue watchers", "assignee", "requester", "person", "group"]))")
    }
  }
}
