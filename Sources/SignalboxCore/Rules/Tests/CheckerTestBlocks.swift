extension Checker {
  /// - Parameter rules: names of the rules, with their lines.
  mutating func check(_ tests: [TestBlock], rules: [String: Int]) {
    if let extra = tests.dropFirst(RuleLimits.tests).first {
      report(extra.name.span, "the file has \(tests.count) tests; the limit is \(RuleLimits.tests)")
    }
    let names = Set(rules.keys)
    var lines: [String: Int] = [:]
    for test in tests.prefix(RuleLimits.tests) {
      checkName(test.name, "test")
      if let line = lines[test.name.value] {
        report(test.name.span, "test `\(test.name.value)` is declared already, on line \(line)")
      }
      lines[test.name.value] = test.name.span.line
      if test.expect.isEmpty {
        report(test.name.span, "test `\(test.name.value)` expects nothing; add what must come out")
      }
      if max(test.given.count, test.expect.count) > RuleLimits.testLines {
        report(test.name.span, "`given` and `expect` have at most \(RuleLimits.testLines) lines each")
      }
      for given in test.given { check(given, of: test) }
      for expectation in test.expect { check(expectation.outcome, names) }
    }
  }

  private mutating func check(_ given: TestBlock.Given, of test: TestBlock) {
    let first = test.given.first { $0.field == given.field && $0.name == given.name }
    if let first, first.span != given.span {
      report(
        given.span, "`\(given.field == .tag ? "tags" : given.field.name)` is given already, on line \(first.span.line)")
    }
    if let name = given.name { checkCustomField(name) }
    for value in given.values {
      // A long text is a fine ticket.
      if given.field == .category { checkCategory(value) } else { checkForm(value, of: given.field) }
    }
    guard given.field == .weekday, let weekday = given.values.first,
      let date = test.given.first(where: { $0.field == .date })?.values.first, let day = LocalTime.day(date.value)
    else { return }
    let actual = LocalTime.weekdays[LocalTime.weekday(ofDay: day)]
    if actual != weekday.value.lowercased() { report(weekday.span, "\(date.value) is a \(actual)") }
  }

  private mutating func check(_ outcome: TestBlock.Expectation.Outcome, _ rules: Set<String>) {
    switch outcome {
    case .queue(let name, _): checkQueueName(name)
    case .category(let value): checkCategory(value)
    case .type(let value): checkForm(value, of: .type)
    case .tags(let tags): for tag in tags { checkLength(tag) }
    case .hasTag(let tag): checkLength(tag)
    case .priority(let priority): checkForm(priority, of: .priority)
    case .assign(let action): action.check(&self)
    case .fires(let rule, _): checkKnown(rule, "rule", among: rules)
    case .notified(let target): check(target)
    }
  }

  mutating func check(_ target: NotifyAction.Target) {
    switch target {
    case .queueWatchers, .assignee, .requester: break
    case .person(let handle): checkKnown(handle, "person", among: context.people)
    case .group(let name): checkKnown(name, "group", among: context.groups)
    }
  }
}
