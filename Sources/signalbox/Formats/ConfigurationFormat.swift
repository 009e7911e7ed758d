import SignalboxClient

enum ConfigurationFormat {
  static func plan(_ plan: ConfigurationPlan) -> Shown {
    .one(plan, id: "\(plan.version)") { text(plan, $0) }
  }

  static func applied(_ response: ApplyConfigurationResponse) -> Shown {
    .one(response, id: response.version == 0 ? "" : "\(response.version)") { text(response.plan, $0) }
  }

  static func versions(_ versions: [ConfigurationVersion]) -> Shown {
    .many(versions, id: { "\($0.version)" }) { style in
      var table = Table("VERSION", "TIME", "WHO", "REASON")
      for version in versions {
        table.add(
          "\(version.version)", Instant.text(milliseconds: version.appliedAtMs), version.appliedBy, version.reason)
      }
      return table.rendered(style)
    }
  }

  /// A difference a line, then who gains or loses what, then how much it is.
  static func text(_ plan: ConfigurationPlan, _ style: TextStyle) -> String {
    guard !plan.differences.isEmpty else { return style.good("no differences") + "\n" }
    var text = plan.differences.map { self.text($0, style) }.joined()
    if plan.moreDifferences > 0 { text += "… and \(Count.of(plan.moreDifferences, "difference")) more\n" }
    if !plan.access.isEmpty {
      text += "\n" + style.bold("access") + "\n" + plan.access.map { self.text($0, style) }.joined()
      if plan.moreAccess > 0 { text += "… and \(Count.of(plan.moreAccess, "change")) of access more\n" }
    }
    text += "\n" + summary(plan) + "\n"
    if !plan.blocked.isEmpty {
      text += style.bad("would be refused, since what is removed is in use:") + "\n"
      for reason in plan.blocked { text += "  \(SafeText.line(reason))\n" }
    }
    return text
  }

  static func count(_ plan: ConfigurationPlan) -> Int { plan.differences.count + Int(plan.moreDifferences) }

  private static func summary(_ plan: ConfigurationPlan) -> String {
    var parts = [Count.of(count(plan), "difference")]
    if plan.ticketsMoved > 0 { parts.append("\(Count.of(plan.ticketsMoved, "open ticket")) to move") }
    if plan.ticketsUnassigned > 0 {
      parts.append("\(Count.of(plan.ticketsUnassigned, "open ticket")) to become unassigned")
    }
    if plan.tokensRevoked > 0 { parts.append("\(Count.of(plan.tokensRevoked, "token")) to be revoked") }
    return parts.joined(separator: ", ")
  }

  private static func text(_ difference: ConfigurationDifference, _ style: TextStyle) -> String {
    let noun = difference.noun.replacing("_", with: " ")
    let title = SafeText.line(difference.name.isEmpty ? noun : "\(noun) \(difference.name)")
    switch difference.action {
    case .created:
      let fields = difference.changes.map {
        "\($0.field) \(($0.added + [$0.after]).filter { !$0.isEmpty }.joined(separator: ", "))"
      }
      return style.good("+ \(title)")
        + (fields.isEmpty ? "" : style.dim("  " + SafeText.line(fields.joined(separator: "; ")))) + "\n"
    case .removed:
      return style.bad("- \(title)") + "\n"
    case .changed, .unspecified, .UNRECOGNIZED:
      return style.bold("~ \(title)") + "\n" + difference.changes.map { self.text($0, style) }.joined()
    }
  }

  private static func text(_ change: ConfigurationFieldChange, _ style: TextStyle) -> String {
    guard change.added.isEmpty, change.removed.isEmpty else {
      return change.removed.map { "    \(change.field): \(style.bad("- " + SafeText.line($0)))\n" }.joined()
        + change.added.map { "    \(change.field): \(style.good("+ " + SafeText.line($0)))\n" }.joined()
    }
    let (before, after) = (SafeText.line(change.before), SafeText.line(change.after))
    return "    \(change.field): \(before.isEmpty ? "none" : before) → \(after.isEmpty ? "none" : after)\n"
  }

  private static func text(_ change: AccessChange, _ style: TextStyle) -> String {
    let place =
      switch change.place {
      case .queue(let name): "queue \(name)"
      case .tenant, nil: "the tenant"
      }
    func line(_ sign: String, _ verb: String, _ rights: [Right], _ paint: (String) -> String) -> String {
      guard !rights.isEmpty else { return "" }
      let words = rights.map(\.word).joined(separator: ", ")
      return paint("\(sign) \(SafeText.line("\(change.person) \(verb) \(words) on \(place)"))") + "\n"
    }
    return line("+", "gains", change.gained, style.good) + line("-", "loses", change.lost, style.bad)
  }
}
