extension AssignAction.Strategy {
  /// After `assign`.
  static func parse(_ parser: inout Parser) throws(ParseFailure) -> AssignAction.Strategy {
    var strategy = AssignAction.Strategy(method: try parseMethod(&parser))
    let head = strategy.method.rawValue
    try parser.expect(word: "of", "after `\(head)`")
    if parser.accept(word: "group") {
      strategy.group = try parser.expectString("the name of a group", "after `group`")
    } else {
      guard parser.accept(word: "agents") else {
        throw parser.unexpected("`agents` or `group \"…\"`", "after `\(head) of`", words: ["agents", "group"])
      }
    }
    if parser.accept(word: "with") {
      try parser.expect(word: "skills", "after `with`")
      strategy.skills = try parser.parseStrings("a skill", "after `with skills`")
      if parser.accept(word: "relaxed") {
        try parser.expect(word: "after", "after `relaxed`")
        strategy.relaxedAfter = try parser.expectDuration("a duration such as `4h`", "after `relaxed after`")
      }
    }
    if parser.accept(word: "at") {
      try parser.expect(word: "most", "after `at`")
      let count = try parser.expectInteger("the number of tickets", "after `at most`", limit: RuleLimits.atMost)
      try parser.expect(word: "per", "after `at most \(count)`")
      strategy.cap = Cap(
        count: count, window: try parser.expectDuration("a duration such as `1d`", "after `at most \(count) per`"))
    }
    if parser.accept(word: "by") {
      try parser.expect(word: "offer", "after `by`")
      try parser.expect(word: "for", "after `by offer`")
      strategy.offer = try parser.expectDuration("a duration such as `15m`", "after `by offer for`")
    }
    return strategy
  }

  private static func parseMethod(_ parser: inout Parser) throws(ParseFailure) -> Method {
    for method in Method.allCases {
      let words = method.rawValue.split(separator: " ").map(String.init)
      guard parser.accept(word: words[0]) else { continue }
      try parser.expect(word: words[1], "after `\(words[0])`")
      return method
    }
    throw parser.unexpected(
      "a handle in quotes, \(Parser.either(Method.allCases.map(\.rawValue)))", "after `assign`",
      words: Method.allCases.map { String($0.rawValue.prefix { $0 != " " }) })
  }

  func check(_ checker: inout Checker, _ place: Place) {
    if let group { checker.checkKnown(group, "group", among: checker.context.groups) }
    if skills.count > RuleLimits.skills {
      checker.report(place.span, "an assignment asks for at most \(RuleLimits.skills) skills")
    }
    var seen: Set<String> = []
    for skill in skills {
      checker.checkName(skill, "skill")
      if !seen.insert(skill.value).inserted { checker.report(skill.span, "skill `\(skill.value)` stands twice") }
    }
    if let cap {
      if cap.count == 0 { checker.report(place.span, "`at most 0` assigns nothing; write `leave unassigned`") }
      checker.checkPositive(cap.window, place)
    }
    for duration in [relaxedAfter, offer].compactMap(\.self) { checker.checkPositive(duration, place) }
  }

  var text: String {
    var text = "\(method.rawValue) of " + (group.map { "group \(RuleText.quoted($0.value))" } ?? "agents")
    if !skills.isEmpty { text += " with skills \(RuleText.list(skills))" }
    if let relaxedAfter { text += " relaxed after \(relaxedAfter.text)" }
    if let cap { text += " at most \(cap.count) per \(cap.window.text)" }
    if let offer { text += " by offer for \(offer.text)" }
    return text
  }
}
