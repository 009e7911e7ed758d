import SignalboxClient

enum RuleDifferenceFormat {
  /// - Parameter lines: the texts line by line; empty if they are the same.
  static func all(_ response: DiffRulesResponse, lines: String) -> Shown {
    .one(response, id: "") { style in
      guard !lines.isEmpty else { return "" }
      guard !response.differences.isEmpty else {
        return "the rules are the same; comments, layout, name or version are not\n\n" + lines
      }
      var table = Table("CHANGE", "PART", "PHASE", "NAME")
      for difference in response.differences {
        table.add(difference.change, difference.part, difference.phase, difference.name)
      }
      let more = response.more > 0 ? "and \(response.more) more\n" : ""
      return table.rendered(style) + more + "\n" + lines
    }
  }
}
