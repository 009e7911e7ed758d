/// Checks a rule set and puts it in force.
package struct PutRules: Sendable {
  package var text: String
  /// SHA-256 of the text.
  package var hash: [UInt8]
  /// Hash of the set thought to be in force; empty: whichever is.
  package var expectedHash: [UInt8]

  package init(text: String, hash: [UInt8], expectedHash: [UInt8]) {
    self.text = text
    self.hash = hash
    self.expectedHash = expectedHash
  }

  package func decide(in situation: Situation) throws(Rejection) -> Decided<RuleSetRecord> {
    guard situation.access.rights.contains(.editRules) else {
      throw Rejection(.notPermitted, "putting rules needs the right `edit_rules`; ask a tenant admin for it")
    }
    let active = situation.configuration.rules?.record
    guard expectedHash.isEmpty || expectedHash == active?.hash else {
      throw Rejection(.versionMismatch, "another rule set was put since you read it; read it again and decide again")
    }
    var fields = FieldCheck()
    fields.text("text", text, atMostBytes: Limits.ruleTextBytes)
    try fields.finish()
    let ruleSet: RuleSet
    do {
      ruleSet = try CheckRules(text: text).check(in: situation.configuration)
    } catch {
      throw Rejection(diagnostics: error)
    }
    let record = RuleSetRecord(
      name: ruleSet.name.value, version: Int64(ruleSet.version), hash: hash, text: text, activatedAt: situation.now,
      activatedBy: situation.principal.actor)
    let change = Event.FieldChange("rules", from: active.map(Self.title), to: Self.title(record))
    return Decided(
      record,
      Plan(changes: [.activateRules(record)], event: Event(.rulesActivated, subject: record.name, changes: [change])))
  }

  private static func title(_ record: RuleSetRecord) -> String { "\(record.name) version \(record.version)" }
}

/// Says what is wrong with a rule set for a tenant as it is.
package struct CheckRules: Sendable {
  package var text: String

  package init(text: String) {
    self.text = text
  }

  package func check(in configuration: TenantConfiguration) throws(Diagnostics) -> RuleSet {
    let categories = configuration.tenant.settings.categories
    let context = RuleSetContext(
      queues: ActiveRules.directory(of: configuration.queues.values),
      categories: categories.isEmpty ? nil : categories)
    return try RuleSetSource.check(try RuleSetSource.parse(text), against: context).ruleSet
  }
}

extension Rejection {
  init(diagnostics: Diagnostics) {
    let first = diagnostics.items.first?.description ?? ""
    let rest = diagnostics.items.count > 1 ? " (and \(diagnostics.items.count - 1) more)" : ""
    self.init(
      .rulesInvalid, "the rule set has errors: \(first)\(rest)",
      violations: diagnostics.items.map { Violation(field: "text", description: $0.description) })
  }
}
