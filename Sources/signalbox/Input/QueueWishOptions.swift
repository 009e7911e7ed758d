import ArgumentParser
import SignalboxClient

/// The flags that say what a queue is to be.
struct QueueWishOptions: ParsableArguments, Sendable {
  @Option(help: "Whose queue it is.") var kind: Choice<QueueKind>?
  @Option(help: ArgumentHelp("What belongs there.", valueName: "text")) var description: String?
  @Option(
    name: .customLong("agent"),
    help: ArgumentHelp("Person who handles its tickets; repeat for more.", valueName: "handle"))
  var agents: [String] = []
  @Option(
    name: .customLong("watcher"),
    help: ArgumentHelp(
      "Person or bare address that gets e-mail, `who:arrivals+status` for no more than that; repeat for more.",
      valueName: "handle|address"))
  var watchers: [String] = []
  @Option(help: ArgumentHelp("Agent who gets its tickets by default.", valueName: "handle"))
  var defaultAssignee: String?
  @Option(
    name: .customLong("keyword"),
    help: ArgumentHelp("Word or phrase that tells that a ticket belongs there; repeat for more.", valueName: "text"))
  var keywords: [String] = []
  @Flag(help: "Ask although the organization has a queue of the kind.") var additional = false

  var areNamed: Bool {
    kind != nil || description != nil || defaultAssignee != nil || !(agents + watchers + keywords).isEmpty || additional
  }
}
