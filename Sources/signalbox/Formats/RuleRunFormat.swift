import SignalboxClient

/// What came of running rules without effect: tests, replays, the shadow.
enum RuleRunFormat {
  static func tests(_ response: TestRulesResponse) -> Shown {
    .one(response, id: "") { style in
      guard !response.results.isEmpty else { return "no tests\n" }
      var text = ""
      for result in response.results {
        let mark = result.passed ? style.good("✓") : style.bad("✗")
        text += "\(mark) \(SafeText.line(result.name)), line \(result.line)\n"
        for failure in result.failures { text += "    \(SafeText.line(failure))\n" }
      }
      let failed = response.results.count { !$0.passed }
      return text + "\(Count.of(response.results.count, "test")), \(failed == 0 ? "all pass" : "\(failed) failed")\n"
    }
  }

  static func whyNot(_ why: WhyNotRuleResponse) -> Shown {
    .one(why, id: "\(why.ticket)") { style in
      let rule = "rule `\(why.rule)` on line \(why.line) of phase \(why.phase)"
      if why.fires { return style.good(SafeText.line("\(rule) fires for ticket \(why.ticket)")) + "\n" }
      var text = style.bold(SafeText.line("\(rule) does not fire for ticket \(why.ticket)")) + "\n"
      var sheet = FactSheet()
      sheet.add("first condition that fails", why.condition)
      for actual in why.actual { sheet.add(actual.field, actual.absent ? "(absent)" : actual.value) }
      for word in why.matched { sheet.add("but there is", DecisionFormat.place(of: word)) }
      sheet.add("its conditions hold, but", why.instead)
      text += sheet.rendered(style)
      return text
    }
  }

  static func replay(_ result: ReplayResult) -> Shown {
    .one(result, id: "") { style in
      var sheet = FactSheet()
      sheet.add("tickets", "\(result.lookedAt)")
      sheet.add("same queue", share(result.same, of: result.lookedAt))
      sheet.add("another queue", share(result.moved, of: result.lookedAt))
      sheet.add("where they are now, active", share(result.activeAgrees, of: result.lookedAt))
      sheet.add("where they are now, candidate", share(result.candidateAgrees, of: result.lookedAt))
      sheet.add("moved by people", share(result.chosenByPeople, of: result.lookedAt))
      sheet.add("where people moved them, active", share(result.activeAgreesWithPeople, of: result.chosenByPeople))
      sheet.add(
        "where people moved them, candidate", share(result.candidateAgreesWithPeople, of: result.chosenByPeople))
      sheet.add("by otherwise, active", share(result.activeOtherwise, of: result.lookedAt))
      sheet.add("by otherwise, candidate", share(result.candidateOtherwise, of: result.lookedAt))
      guard !result.moves.isEmpty else { return sheet.rendered(style) }
      var text = sheet.rendered(style) + "\n" + moves(result.moves, "ACTIVE", "CANDIDATE").rendered(style)
      if result.otherMoved > 0 { text += "and \(result.otherMoved) in further pairs of queues\n" }
      return text
    }
  }

  static func shadow(_ shadow: ShadowRules) -> Shown {
    .one(shadow, id: HexText.of(shadow.hash)) { style in
      guard !shadow.hash.isEmpty else { return "no rule set runs in the shadow\n" }
      var sheet = FactSheet()
      sheet.add("rules", shadow.name)
      sheet.add("version", "\(shadow.version)")
      sheet.add("hash", HexText.of(shadow.hash))
      sheet.add("in the shadow since", "\(Instant.text(milliseconds: shadow.sinceMs)) by \(shadow.setBy)")
      sheet.add("tickets seen", "\(shadow.seen)")
      sheet.add("another queue", share(shadow.different, of: shadow.seen))
      guard !shadow.moves.isEmpty else { return sheet.rendered(style) }
      return sheet.rendered(style) + "\n" + moves(shadow.moves, "ACTIVE", "SHADOW").rendered(style)
    }
  }

  static func differences(_ differences: [ShadowDifference]) -> Shown {
    .many(differences) {
      "\($0.ticket)"
    } text: { style in
      var table = Table("TICKET", "ACTIVE", "SHADOW", "AT")
      for difference in differences {
        table.add(
          "\(difference.ticket)", difference.liveQueue, difference.shadowQueue,
          Instant.text(milliseconds: difference.atMs)
        )
      }
      return table.rendered(style)
    }
  }

  private static func moves(_ moves: [QueueMove], _ from: String, _ to: String) -> Table {
    var table = Table(from, to, "TICKETS", "SUCH AS")
    for move in moves {
      table.add(move.from, move.to, "\(move.count)", move.samples.map { "\($0)" }.joined(separator: ", "))
    }
    return table
  }

  /// `61 (76.2 %)`; the number alone where it is no part of the total.
  private static func share(_ count: UInt64, of total: UInt64) -> String {
    guard total > 0, count <= total else { return "\(count)" }
    // In two words, because a server may say any number. Half a tenth is added, so that parts of a whole come to a
    // hundred.
    let product = count.multipliedFullWidth(by: 1_000)
    let (low, carries) = product.low.addingReportingOverflow(total / 2)
    // A thousand and a half of the total at most, so the quotient fits one word.
    let tenths = total.dividingFullWidth((high: product.high + (carries ? 1 : 0), low: low)).quotient
    return "\(count) (\(tenths / 10).\(tenths % 10) %)"
  }
}
