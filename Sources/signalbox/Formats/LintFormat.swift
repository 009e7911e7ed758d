import SignalboxClient

enum LintFormat {
  static func one(_ response: LintQueueRegistrationResponse) -> Shown {
    .one(response, id: "") { style in text(response.findings, looked: response.ticketsLookedAt, style) }
  }

  static func plan(_ plan: PlanQueueRegistrationResponse) -> Shown {
    .one(plan, id: "\(plan.registration.id)") { style in
      var text = style.bold("approving registration \(plan.registration.id) would create") + "\n"
      text += QueueFormat.sheet(plan.queue, withState: false).rendered(style)
      text += "\n" + gains(plan.gains, style)
      if !plan.told.isEmpty { text += "\ntold: \(plan.told.map(SafeText.line).joined(separator: ", "))\n" }
      text += "\n" + self.text(plan.findings, looked: plan.ticketsLookedAt, style)
      if !plan.blocked.isEmpty { text += style.bad("would be refused: \(SafeText.line(plan.blocked))") + "\n" }
      return text
    }
  }

  private static func gains(_ gains: [RightsGained], _ style: TextStyle) -> String {
    var table = Table("WHO", "GAINS")
    for gain in gains { table.add(gain.who, gain.rights.joined(separator: ", ")) }
    return table.rendered(style)
  }

  static func text(_ findings: [LintFinding], looked: UInt32, _ style: TextStyle) -> String {
    let lines = findings.map { finding in
      let severity = finding.severity == .error ? style.bad("error") : style.bold("warning")
      return "\(severity): \(SafeText.line(finding.message))\n"
    }
    let end = "\(Count.of(findings.count, "finding")), \(Count.of(looked, "past ticket")) looked at"
    return lines.joined() + (findings.isEmpty ? style.good(end) : end) + "\n"
  }
}
