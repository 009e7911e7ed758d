/// `assign "handle"`, `assign` by a strategy, `default assignee` or `leave unassigned`.
///
/// Rules say how; who it becomes is found out in the transaction that assigns, from the agents as they are then.
package struct AssignAction: Equatable, Sendable {
  package enum Target: Equatable, Sendable {
    case person(Literal)
    case strategy(Strategy)
    /// The queue's, or who stands in.
    case defaultAssignee
    case nobody
  }

  /// `(round robin|least loaded|most capacity) of (agents | group "NAME") [with skills […] [relaxed after D]]
  /// [at most N per D] [by offer for D]`
  package struct Strategy: Equatable, Sendable {
    package enum Method: String, CaseIterable, Sendable {
      case roundRobin = "round robin"
      case leastLoaded = "least loaded"
      case mostCapacity = "most capacity"
    }

    /// At most so many assignments to one person in each span of time.
    package struct Cap: Equatable, Sendable {
      package var count: Int
      package var window: RuleDuration
    }

    package var method: Method
    /// Nil for the agents of the ticket's queue.
    package var group: Literal?
    package var skills: [Literal] = []
    /// Since the ticket was created; then skills are asked for no more.
    package var relaxedAfter: RuleDuration?
    package var cap: Cap?
    /// How long an offer stands before the next is asked; nil if the ticket is given without asking.
    package var offer: RuleDuration?
  }

  static var reference: RuleReference.Entry {
    .init(
      "assign \"handle\", default assignee, leave unassigned, assign STRATEGY of agents, assign STRATEGY of group \"NAME\"",
      "who gets the ticket; STRATEGY is `round robin`, `least loaded` or `most capacity`",
      "assign least loaded of agents with skills [\"gpu\"] relaxed after 4h at most 5 per 1d by offer for 15m", .assign)
  }

  package var target: Target
  package var place: Place

  /// The words of an assignment, from the first on.
  static func parse(_ parser: inout Parser) throws(ParseFailure) -> AssignAction {
    let place = Place(parser.token.span)
    if parser.accept(word: "assign") {
      if parser.token.kind == .string {
        return AssignAction(target: .person(try parser.expectString("a handle", "after `assign`")), place: place)
      }
      // `expect { assign default assignee }` reads well and says the same.
      guard parser.token.isWord("default") || parser.token.isWord("leave") else {
        return AssignAction(target: .strategy(try Strategy.parse(&parser)), place: place)
      }
    }
    if parser.accept(word: "default") {
      try parser.expect(word: "assignee", "after `default`")
      return AssignAction(target: .defaultAssignee, place: place)
    }
    try parser.expect(word: "leave", "in an assignment")
    try parser.expect(word: "unassigned", "after `leave`")
    return AssignAction(target: .nobody, place: place)
  }

  func check(_ checker: inout Checker) {
    switch target {
    case .person(let handle): checker.checkKnown(handle, "person", among: checker.context.people)
    case .strategy(let strategy): strategy.check(&checker, place)
    case .defaultAssignee, .nobody: break
    }
  }

  package var text: String {
    switch target {
    case .person(let handle): "assign \(RuleText.quoted(handle.value))"
    case .strategy(let strategy): "assign \(strategy.text)"
    case .defaultAssignee: "default assignee"
    case .nobody: "leave unassigned"
    }
  }
}
