import SignalboxClient

enum WatcherFormat {
  static func one(_ watcher: Watcher) -> Shown {
    .one(watcher, id: watcher.who) { style in
      var sheet = FactSheet()
      sheet.add("who", watcher.who)
      sheet.add("queue", watcher.queue)
      sheet.add("events", watcher.events.map(\.word))
      sheet.add("state", watcher.state.word)
      sheet.add("added by", watcher.addedBy)
      sheet.add("added at", Instant.text(milliseconds: watcher.addedAtMs))
      sheet.add("confirmed by", confirmer(watcher))
      sheet.add("confirmed at", Instant.text(milliseconds: watcher.confirmedAtMs))
      sheet.add("opted out at", Instant.text(milliseconds: watcher.optedOutAtMs))
      return sheet.rendered(style)
    }
  }

  static func many(_ watchers: [Watcher]) -> Shown {
    .many(watchers, id: \.who) { style in
      var table = Table("WHO", "EVENTS", "STATE", "SINCE", "CONFIRMED BY")
      for watcher in watchers {
        table.add(
          watcher.who, watcher.events.map(\.word).joined(separator: ", "), watcher.state.word,
          Instant.text(milliseconds: since(watcher)), confirmer(watcher))
      }
      return table.rendered(style)
    }
  }

  /// What became of one, behind a sentence.
  static func news(_ watcher: Watcher) -> String {
    switch watcher.state {
    case .active: "told of \(watcher.events.map(\.word).joined(separator: ", "))"
    case .pending: "told nothing until the address is confirmed"
    case .optedOut: "told nothing, opted out"
    case .unspecified, .UNRECOGNIZED: watcher.state.word
    }
  }

  /// Since when it is in its state.
  private static func since(_ watcher: Watcher) -> Int64 {
    if watcher.optedOutAtMs != 0 { return watcher.optedOutAtMs }
    return watcher.confirmedAtMs != 0 ? watcher.confirmedAtMs : watcher.addedAtMs
  }

  private static func confirmer(_ watcher: Watcher) -> String {
    watcher.confirmedAtMs != 0 && watcher.confirmedBy.isEmpty ? "itself" : watcher.confirmedBy
  }
}
