import SignalboxCore

/// Rule files without a fault, and the same with one fault of a kind.
struct PlantedRules {
  enum Fault: String, CaseIterable {
    case unsatisfiable, shadowed, unreachable, conflicting, cycle
    case unknownQueue, unknownField, unknownPerson, retiredQueue
  }

  static let queues = QueueDirectory(
    active: (0..<12).map { "Desk-\($0)" } + ["Triage"], retired: ["Attic"], organizations: ["Desk-0": "NCSA"])
  static let context = RuleSetContext(
    queues: queues, people: ["ada", "bob"], groups: ["ops"], types: ["incident", "request"],
    fields: ["cores", "site", "severity"])

  private var random: RuleRandom
  private var classify: [String] = []
  private var route: [String] = []
  private var notify: [String] = []
  private var clauses: [String] = []
  private var next = 0

  init(seed: UInt64) {
    random = RuleRandom(seed: seed)
    for _ in 0..<Int.random(in: 4...14, using: &random) {
      rule(\.route, cleanCondition(), #"queue "\#(desk())""#)
    }
    for _ in 0..<Int.random(in: 0...5, using: &random) {
      rule(\.classify, cleanCondition(), #"add tag "\#(word())""#)
    }
    for _ in 0..<Int.random(in: 0...3, using: &random) {
      rule(\.notify, cleanCondition(), "notify queue watchers")
    }
    if random.chance(30) { clauses.append("on comment run classify, notify") }
    route.shuffle(using: &random)
  }

  var text: String {
    """
    ruleset "planted" version 1
    \(clauses.joined(separator: "\n"))
    phase classify all {
    \(classify.joined(separator: "\n"))
    }
    phase route first {
    \(route.joined(separator: "\n"))
    otherwise { queue "Triage" }
    }
    phase notify all {
    \(notify.joined(separator: "\n"))
    }
    """
  }

  // MARK: What is clean

  /// One that no other file element has.
  private mutating func word() -> String {
    next += 1
    return "w\(next)x"
  }

  private mutating func desk() -> String { "Desk-\(Int.random(in: 0..<12, using: &random))" }

  private mutating func rule(_ phase: WritableKeyPath<Self, [String]>, _ condition: String, _ action: String) {
    next += 1
    self[keyPath: phase].append("  rule r\(next) { when \(condition) then \(action) }")
  }

  /// Has a word of its own that must be there, so that no other condition takes all that it fits.
  private mutating func cleanCondition() -> String {
    let own = word()
    let key = random.pick([
      #"resource == "\#(own)""#, #"resource in ["\#(own)", "\#(word())"]"#, #"category == "\#(own)""#,
      #"text any word of ["\#(own)", "\#(word())"]"#, #"subject all words of ["\#(own)", "\#(word())"]"#,
      #"body contains "\#(own)-""#, #"tag == "\#(own)""#, #"requester-domain == "\#(own).org""#,
      #"organization starts with "\#(own)""#, #"text near/6 ["\#(own)", "\#(word())"]"#,
      #"field "site" == "\#(own)""#, #"queue-organization ends with "\#(own)""#,
    ])
    let extra = random.pick([
      "", "", " and priority >= high", " and channel != form", " and not weekday in [saturday, sunday]",
      #" and (time < "08:00" or time >= "18:00")"#, " and handoffs < 3", #" and not text any word of ["\#(word())"]"#,
      #" and tag != "\#(word())""#, #" and (field "cores" > 128 or field "cores" <= 4)"#, " and age < 2d and idle > 4h",
      #" and date >= "2024-02-01" and date < "2024-03-01""#, #" and (priority == low or subject starts with "re:")"#,
      " and type is absent",
    ])
    return key + extra
  }

  // MARK: What is not

  mutating func plant(_ fault: Fault) {
    switch fault {
    case .unsatisfiable: insert(contradiction(), #"queue "\#(desk())""#)
    case .shadowed: shadow()
    case .unreachable: cover()
    case .conflicting: clash()
    case .cycle: circle()
    case .unknownQueue: insert(cleanCondition(), #"queue "Dsk-1""#)
    case .unknownField: insert(#"field "coers" > 4"#, #"queue "\#(desk())""#)
    case .unknownPerson: rule(\.notify, cleanCondition(), #"notify person "adda""#)
    case .retiredQueue: insert(cleanCondition(), #"queue "Attic""#)
    }
  }

  /// Somewhere, behind what is said to come before.
  private mutating func insert(_ condition: String, _ action: String, name: String = "planted", after place: Int = -1) {
    let at = Int.random(in: (place + 1)...max(place + 1, route.count), using: &random)
    route.insert("  rule \(name) { when \(condition) then \(action) }", at: min(at, route.count))
  }

  private mutating func contradiction() -> String {
    let own = word()
    return random.pick([
      "priority == low and priority >= high", #"resource == "\#(own)" and resource != "\#(own)""#,
      "handoffs > 5 and handoffs < 3", "handoffs > 5 and handoffs < 6", #"tag is absent and tag == "\#(own)""#,
      #"text contains "\#(own)" and not text contains "\#(own)""#,
      #"subject any word of ["\#(own)"] and not text any word of ["\#(own)", "b"]"#, "age > 4h and age < 2h",
      #"weekday == monday and date == "2024-01-02""#,
      #"requester-domain == "\#(own).org" and requester in ["x@b.org", "y@c.org"]"#,
      #"category starts with "A\#(own)" and category starts with "B\#(own)""#,
      #"field "cores" > 5 and field "cores" <= 5"#, #"organization is absent and organization != "\#(own)""#,
      "status in [new, open] and not status in [open, new, pending]", "age < 1h and idle > 2h",
      #"time < "08:00" and time > "17:00""#, "not (priority <= normal or priority > normal)",
      #"(channel == email or channel == web) and channel == api"#, #"comment contains "\#(own)" and comment is absent"#,
      #"text all words of ["\#(own) lost", "mail"] and not text any word of ["\#(own)"]"#,
      #"subject == "\#(own)" and not text any word of ["\#(own)"]"#,
    ])
  }

  private mutating func shadow() {
    let (own, other) = (word(), word())
    let (first, second) = random.pick([
      (#"resource == "\#(own)""#, #"resource == "\#(own)" and priority == high"#),
      (#"resource in ["\#(own)", "\#(other)"]"#, #"resource == "\#(other)""#),
      (#"text any word of ["\#(own)", "\#(other)"]"#, #"subject any word of ["\#(other)"]"#),
      (#"text any word of ["\#(own)"]"#, #"text any word of ["\#(own) \#(other)"]"#),
      (#"category starts with "\#(own)""#, #"category == "\#(own): all""#),
      (#"subject contains "\#(own)""#, #"subject starts with "\#(own) is""#),
      ("handoffs > 3", "handoffs >= 7"), (#"tag in ["\#(own)", "\#(other)"]"#, #"tag == "\#(own)" and tag == "more""#),
      (#"not channel in [form, api]"#, #"channel == email and text any word of ["\#(own)"]"#),
      ("priority >= high", "priority == urgent"), ("age > 2h", #"age > 4h and resource == "\#(own)""#),
      ("weekday in [saturday, sunday]", #"date == "2024-01-06""#),
      (#"requester-domain ends with "\#(own).edu""#, #"requester == "x@a.\#(own).edu""#),
      (#"text any word of ["\#(own)"] or channel == phone"#, #"body all words of ["\#(own)", "\#(other)"]"#),
      (#"field "cores" > 64"#, #"field "cores" >= 128"#),
      (#"text contains "\#(own)""#, #"body near/4 ["\#(own)", "x"]"#),
    ])
    insert(first, #"queue "\#(desk())""#, name: "taker")
    insert(second, #"queue "\#(desk())""#, after: place(of: "taker"))
  }

  private mutating func cover() {
    let (own, other) = (word(), word())
    let (one, two, last) = random.pick([
      ("priority in [low, normal]", "priority >= high", #"resource == "\#(own)""#),
      (
        #"text any word of ["\#(own)"]"#, #"text any word of ["\#(other)"]"#,
        #"text any word of ["\#(own)", "\#(other)"]"#
      ),
      ("handoffs < 5", "handoffs >= 5", #"channel == email and text any word of ["\#(own)"]"#),
      (#"category == "\#(own)""#, #"category == "\#(other)""#, #"category in ["\#(own)", "\#(other)"]"#),
      ("weekday in [saturday, sunday]", "not weekday in [saturday, sunday]", #"tag == "\#(own)""#),
      (#"resource is absent"#, #"resource != "\#(own)""#, #"not resource == "\#(own)" and channel == chat"#),
      (#"tag == "\#(own)""#, #"tag != "\#(own)""#, #"subject contains "\#(own)""#),
      (#"time < "12:00""#, #"time >= "11:00""#, #"organization == "\#(own)""#),
    ])
    insert(one, #"queue "\#(desk())""#, name: "taker")
    insert(two, #"queue "\#(desk())""#, name: "second-taker", after: place(of: "taker"))
    insert(last, #"queue "\#(desk())""#, after: place(of: "second-taker"))
  }

  private func place(of rule: String) -> Int { route.firstIndex { $0.contains("rule \(rule) ") } ?? -1 }

  private mutating func clash() {
    let (left, right) = (#"text any word of ["\#(word())", "\#(word())"] and priority <= urgent"#, cleanCondition())
    let action = random.pick(["set type", "set resource", #"set field "severity" to"#])
    let values = action == "set type" ? ["incident", "request"] : [word(), word()]
    classify.append("  rule one { when \(left) then \(action) \"\(values[0])\" }")
    classify.append("  rule planted { when \(right) then \(action) \"\(values[1])\" }")
  }

  private mutating func circle() {
    let own = word()
    switch Int.random(in: 0..<3, using: &random) {
    case 0:
      clauses.append("on update run route")
      route.insert(#"  rule planted { when queue == "Desk-1" then queue "Desk-2" }"#, at: 0)
      route.insert(#"  rule back { when queue == "Desk-2" and status != pending then queue "Desk-1" }"#, at: 1)
    case 1:
      classify.append(#"  rule planted { when type == "incident" then set type "request" }"#)
      classify.append(#"  rule back { when type == "request" and channel != api then set type "incident" }"#)
    default:
      for (from, to) in [("a", "b"), ("b", "c"), ("c", "a")] {
        let name = from == "a" ? "planted" : "step-" + from
        let condition = #"field "site" == "\#(own)\#(from)""#
        classify.append(#"  rule \#(name) { when \#(condition) then set field "site" to "\#(own)\#(to)" }"#)
      }
    }
  }
}
