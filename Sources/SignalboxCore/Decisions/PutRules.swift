/// Checks a rule set and keeps it; puts it in force unless it is only to be staged.
package struct PutRules: Sendable {
  package var text: String
  /// SHA-256 of the text.
  package var hash: [UInt8]
  /// Hash of the set thought to be in force; empty: whichever is.
  package var expectedHash: [UInt8]
  /// Kept, to be activated later or never; what is in force stays.
  package var staged: Bool
  package var reason: String

  package init(text: String, hash: [UInt8], expectedHash: [UInt8], staged: Bool = false, reason: String = "") {
    self.text = text
    self.hash = hash
    self.expectedHash = expectedHash
    self.staged = staged
    self.reason = reason
  }

  /// Nil where `decide` will refuse it without a look at the rules.
  package func tested(in configuration: TenantConfiguration, for access: EffectiveAccess) -> TestedRules? {
    guard access.rights.contains(.editRules), text.utf8.count <= Limits.ruleTextBytes else { return nil }
    return TestedRules(text, hash: hash, in: configuration)
  }

  /// - Parameters:
  ///   - kept: The set of the same text, if there is one: it was kept when and by whom it was.
  ///   - tested: What was found out ahead of the transaction.
  package func decide(
    in situation: Situation, given kept: RuleSetRecord?, _ tested: TestedRules?
  ) throws(Rejection) -> RuleSetOutcome {
    try situation.requireRuleEditing(of: expectedHash)
    var fields = FieldCheck()
    fields.text("text", text, atMostBytes: Limits.ruleTextBytes)
    fields.line("reason", reason, atMost: Limits.reasonLength, required: false)
    try fields.finish()
    guard let rules = try tested?.rules(of: hash, in: situation.configuration) else { return .outdated }
    guard staged else {
      let record = situation.keeping(rules.record, kept)
      return .changed(situation.activating(record, reason: reason), inForce: rules)
    }
    if let kept { return .unchanged(kept) }
    let record = situation.keeping(rules.record, nil)
    let plan = Plan(
      changes: [.keepRules(record)],
      event: Event(
        .rulesStaged, subject: record.name, reason: reason,
        changes: [Event.FieldChange("staged", from: nil, to: record.title)]))
    return .changed(Decided(record, plan), inForce: nil)
  }
}

/// Puts a rule set in force that is kept: one that was staged, or an older one again.
package struct ActivateRules: Sendable {
  /// Hash of the set thought to be in force; empty: whichever is.
  package var expectedHash: [UInt8]
  package var reason: String

  package init(expectedHash: [UInt8], reason: String) {
    self.expectedHash = expectedHash
    self.reason = reason
  }

  /// Nil where `decide` will refuse it without a look at the rules.
  ///
  /// - Parameter kept: The sets that the caller may mean.
  package func tested(
    _ kept: [RuleSetRecord], in configuration: TenantConfiguration, for access: EffectiveAccess
  ) -> TestedRules? {
    guard access.rights.contains(.editRules), kept.count == 1, let record = kept.first,
      record.hash != configuration.rules?.record.hash
    else { return nil }
    return TestedRules(record.text, hash: record.hash, in: configuration)
  }

  /// - Parameters:
  ///   - kept: The sets that the caller may mean: none, the one, or the first two of several.
  ///   - tested: What was found out of it ahead of the transaction.
  package func decide(
    in situation: Situation, given kept: [RuleSetRecord], _ tested: TestedRules?
  ) throws(Rejection) -> RuleSetOutcome {
    try situation.requireRuleEditing(of: expectedHash)
    var fields = FieldCheck()
    fields.line("reason", reason, atMost: Limits.reasonLength, required: false)
    try fields.finish()
    let record = try RuleSetRecord.one(of: kept)
    guard record.hash != situation.configuration.rules?.record.hash else {
      throw Rejection(.alreadyThere, "`\(record.title)` is in force already")
    }
    // Queues and categories may have changed since it was kept.
    guard let rules = try tested?.rules(of: record.hash, in: situation.configuration) else { return .outdated }
    return .changed(situation.activating(record, reason: reason), inForce: rules)
  }
}

extension RuleSetRecord {
  /// - Parameter kept: The sets that are meant by a hash or its beginning: none, the one, or the first two of several.
  package static func one(of kept: [RuleSetRecord]) throws(Rejection) -> RuleSetRecord {
    guard let record = kept.first else {
      throw Rejection(.rulesNotFound, "no such rule set here; `signalbox rules list` shows those that are kept")
    }
    guard kept.count == 1 else {
      throw Rejection(
        .invalidField, "several rule sets have a hash that begins so; give more of it",
        violations: [.init(field: "hash", description: "is not unique")])
    }
    return record
  }
}

extension Situation {
  fileprivate func requireRuleEditing(of expectedHash: [UInt8]) throws(Rejection) {
    try requireRuleEditing("putting rules")
    guard expectedHash.isEmpty || expectedHash == configuration.rules?.record.hash else {
      throw Rejection(.versionMismatch, "another rule set was put since you read it; read it again and decide again")
    }
  }

  /// The record as it is kept already, or as it will be now.
  fileprivate func keeping(_ record: RuleSetRecord, _ kept: RuleSetRecord?) -> RuleSetRecord {
    if let kept { return kept }
    var record = record
    (record.keptAt, record.keptBy) = (now, principal.actor)
    return record
  }

  fileprivate func activating(_ kept: RuleSetRecord, reason: String) -> Decided<RuleSetRecord> {
    var record = kept
    record.activation = .init(at: now, by: principal.actor, reason: reason)
    let change = Event.FieldChange("rules", from: configuration.rules?.record.title, to: record.title)
    let event = Event(.rulesActivated, subject: record.name, reason: reason, changes: [change])
    return Decided(record, Plan(changes: [.keepRules(record), .activateRules(record)], event: event))
  }
}

/// Says what is wrong with a rule set for a tenant as it is.
package struct CheckRules: Sendable {
  package var text: String

  package init(text: String) {
    self.text = text
  }

  /// The rules without an error, fit to be compiled.
  package func checked(in configuration: TenantConfiguration) throws(Diagnostics) -> CheckedRuleSet {
    try RuleSetSource.check(try RuleSetSource.parse(text), against: context(of: configuration))
  }

  /// What is hardly meant, in the order of the file; errors are thrown by `checked`. Where two rules that conflict are all
  /// that is wrong, tickets for both of them; none where the file cannot be read or has other errors.
  ///
  /// Words are not counted: that would tell what others wrote.
  ///
  /// - Parameter checked: The rules as `checked` gave them; nil where they have errors.
  package func findings(of checked: CheckedRuleSet?, in configuration: TenantConfiguration) -> [RuleFinding] {
    analysable(checked, in: configuration).map { RuleAnalysis.findings(of: $0.checked, queues: $0.queues) } ?? []
  }

  /// The same, with words that stand in many past tickets.
  ///
  /// - Parameter count: Is given what counts words in past tickets, and calls it for each. Not called if there is nothing
  ///   to count.
  package func findings(
    of checked: CheckedRuleSet?, in configuration: TenantConfiguration,
    counting count: (inout CommonWords) throws -> Void
  ) rethrows -> [RuleFinding] {
    guard let (checked, queues) = analysable(checked, in: configuration) else { return [] }
    // Counted first: the analysis takes its time, and reads have little.
    var words = CommonWords(checked, keywords: ActiveRules.keywords(of: configuration.queues.values))
    if !words.isEmpty { try count(&words) }
    var findings = RuleAnalysis.findings(of: checked, queues: queues)
    let hints = findings.firstIndex { $0.severity == .hint } ?? findings.endIndex
    findings.insert(contentsOf: words.findings(), at: hints)
    return findings
  }

  /// Nil where the rules have errors beside conflicts.
  private func analysable(
    _ checked: CheckedRuleSet?, in configuration: TenantConfiguration
  ) -> (checked: CheckedRuleSet, queues: QueueDirectory)? {
    let context = context(of: configuration)
    if let checked { return (checked, context.queues) }
    guard let ruleSet = try? RuleSetSource.parse(text),
      let checked = try? Checker.check(ruleSet, against: context, keepingConflicts: true)
    else { return nil }
    return (checked, context.queues)
  }

  /// What a tenant has declared nothing of is free: categories, types and custom fields.
  private func context(of configuration: TenantConfiguration) -> RuleSetContext {
    func declared(_ names: some Sequence<String>) -> Set<String>? { { $0.isEmpty ? nil : $0 }(Set(names)) }
    let categories = configuration.tenant.settings.categories
    return RuleSetContext(
      queues: ActiveRules.directory(of: configuration.queues.values),
      categories: categories.isEmpty ? nil : categories, people: Set(configuration.peopleByHandle.keys),
      groups: Set(configuration.groupsByName.keys), types: declared(configuration.ticketTypes.lazy.map(\.name)),
      fields: declared(configuration.ticketTypes.lazy.flatMap(\.fields).map(\.name)))
  }
}

extension TenantConfiguration {
  /// Rules made ready to run as they would if they were put in force now. Nothing of the tenant changes with it.
  ///
  /// - Parameter hash: SHA-256 of the text, or nothing where nobody asks for it.
  package func compile(_ text: String, hash: [UInt8]) throws(Rejection) -> ActiveRules {
    compiled(try checked(text), text: text, hash: hash)
  }

  func failedTests(of checked: CheckedRuleSet, text: String) -> [RuleTests.Result] {
    // Compiling is dear, and without tests for nothing.
    guard !checked.ruleSet.tests.isEmpty else { return [] }
    return compiled(checked, text: text, hash: []).runTests().filter { !$0.hasPassed }
  }

  fileprivate func checked(_ text: String) throws(Rejection) -> CheckedRuleSet {
    do {
      return try CheckRules(text: text).checked(in: self)
    } catch {
      throw Rejection(diagnostics: error)
    }
  }

  fileprivate func compiled(_ checked: CheckedRuleSet, text: String, hash: [UInt8]) -> ActiveRules {
    let record = RuleSetRecord(
      name: checked.ruleSet.name.value, version: Int64(checked.ruleSet.version), hash: hash, text: text,
      keptAt: Timestamp(milliseconds: 0), keptBy: Actor(name: ""))
    return ActiveRules(record, checked, queues: queues.values, organization: { organizations[$0]?.name })
  }
}

extension Rejection {
  init(failedTests failed: [RuleTests.Result]) {
    let places = failed.map { "`\($0.name)` on line \($0.line)" }
    self.init(
      .rulesTestsFailed, "tests in the rule set fail: \(Self.listed(places))",
      violations: failed.prefix(Limits.failedTestsShown).map { test in
        Violation(field: "text", description: "\(test.line):1: test `\(test.name)`: \(Self.listed(test.failures))")
      })
  }

  package init(diagnostics: Diagnostics) {
    let first = diagnostics.items.first?.description ?? ""
    let rest = diagnostics.items.count > 1 ? " (and \(diagnostics.items.count - 1) more)" : ""
    self.init(
      .rulesInvalid, "the rule set has errors: \(first)\(rest)",
      violations: diagnostics.items.map { Violation(field: "text", description: $0.description) })
  }
}
