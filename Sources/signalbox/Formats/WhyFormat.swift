import SignalboxClient

enum WhyFormat {
  /// `withTraces` adds what each rule made of the ticket, with the first condition that failed.
  static func one(_ why: WhyTicketResponse, withTraces: Bool) -> Shown {
    .one(why, id: "\(why.number)") { style in
      var text = heading(why, style)
      text += DecisionFormat.sheet(why.decision).rendered(style)
      text += moved(why)
      for decision in why.later {
        text += "\n" + style.bold("rules ran again") + "\n" + DecisionFormat.later(decision).rendered(style)
      }
      if withTraces { text += "\n" + traces(why.traces, style) }
      return text
    }
  }

  private static func heading(_ why: WhyTicketResponse, _ style: TextStyle) -> String {
    style.bold("ticket \(why.number) is in \(SafeText.line(why.queue))") + "\n"
  }

  private static func moved(_ why: WhyTicketResponse) -> String {
    guard why.movedByPerson else { return "no person has moved it since\n" }
    return "a person has moved it since, see `signalbox ticket history \(why.number)`\n"
  }

  private static func traces(_ traces: [RuleTrace], _ style: TextStyle) -> String {
    var table = Table("LINE", "PHASE", "RULE", "FIRED", "FIRST CONDITION THAT FAILED")
    for trace in traces {
      table.add("\(trace.line)", trace.phase, trace.rule, trace.fired ? "yes" : "no", trace.failed)
    }
    return table.rendered(style)
  }
}
