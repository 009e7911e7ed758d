/// Why a ticket went where it went: stored with the event of the ticket, read by `why`.
package struct DecisionRecord: Equatable, Sendable {
  /// What decided. Lines are those of the rule file that `hash` names.
  package enum Element: Equatable, Sendable {
    case rule(name: String, line: Int)
    case keywords(line: Int)
    case otherwise(line: Int)
    /// Every element that fitted named a queue that takes no tickets; `skipped` has them.
    case nothing
    /// Nothing was to move it: `route` did not run, or no rule of it fitted a ticket that has a place.
    case stays
  }

  /// A value, word or phrase of the rule file, or a keyword, that was found in the ticket.
  package struct Match: Equatable, Sendable {
    package var pattern: String
    package var field: Field
    /// Counts from 0; nil for a comparison of the whole field and for a part that begins between words.
    package var word: Int?
    /// In UTF-8 bytes from the start of the field as it was given; nil for a comparison of the whole field,
    /// and for a part of a word in a text that is not ASCII.
    package var offset: Int?
    /// What a keyword counted here for its queue, where keywords decided.
    package var points: Int?
  }

  package struct Score: Equatable, Sendable {
    package var queue: String
    package var score: Int
  }

  /// How the keywords of the queues stood, whether or not they decided.
  package struct Scores: Equatable, Sendable {
    package var best: Score
    package var runnerUp: Score?
    /// How far ahead the best had to be.
    package var margin: Int
  }

  /// An element that fitted, but whose queue takes no tickets itself.
  package struct Skipped: Equatable, Sendable {
    package enum State: UInt8, Equatable, Sendable {
      case retired = 1
      /// No queue has this name any more.
      case unknown = 2
      /// Retired, and the ticket goes where it leads: to the record's `queue`.
      case redirected = 3

      /// Behind "is".
      package var word: String {
        switch self {
        case .retired: "retired"
        case .unknown: "unknown"
        case .redirected: "retired and leads elsewhere"
        }
      }
    }

    package var queue: String
    package var line: Int
    package var state: State
  }

  /// A rule that fired, in whichever phase.
  package struct Fired: Equatable, Sendable {
    package var phase: Phase.Kind
    package var rule: String
    package var line: Int
    /// As the rule file writes them.
    package var actions: [String]
  }

  /// What made rules run on a ticket that there was already.
  package struct Cause: Equatable, Sendable {
    /// The revision of the change by which it began.
    package var chain: Revision
    /// 1 for what follows from that change, 2 for what follows from a change that rules made then, and so on.
    package var depth: Int

    package init(chain: Revision, depth: Int) {
      self.chain = chain
      self.depth = depth
    }
  }

  package var ruleSet: String
  package var version: Int
  package var hash: [UInt8]
  package var phase: Phase.Kind = .route
  /// Where the ticket goes; nil if `element` is `.nothing`.
  package var queue: String?
  package var element: Element = .nothing
  package var because: String?
  /// What made the deciding element fit; at most `RuleLimits.recordedItems`.
  package var matches: [Match] = []
  package var scores: Scores?
  /// At most `RuleLimits.recordedItems`.
  package var skipped: [Skipped] = []
  /// In the order in which they took effect; at most `RuleLimits.recordedItems`.
  package var fired: [Fired] = []
  /// What rules wanted and did not come to be, one sentence each; at most `RuleLimits.recordedItems`.
  package var notes: [String] = []
  /// Comparisons made, and bytes read / 64.
  package var cost = 0
  /// The cost went over `RuleLimits.budget`: rules counted for nothing, `otherwise` of `route` decided.
  package var isOverBudget = false
  /// Nil on creation.
  package var cause: Cause?

  init(ruleSet: String, version: Int, hash: [UInt8]) {
    self.ruleSet = ruleSet
    self.version = version
    self.hash = hash
  }

  /// One sentence for a person, without a final period.
  package var reason: String {
    switch element {
    case .rule(let name, let line): "rule `\(name)` on line \(line)" + (because.map { ": \($0)" } ?? "")
    case .keywords(let line): "keywords of queues on line \(line)"
    case .otherwise(let line) where isOverBudget:
      "the rules before `otherwise` on line \(line) ask for more comparisons than one ticket may cost"
    case .otherwise(let line): "nothing before `otherwise` on line \(line) fitted"
    case .stays: "no rule moves it"
    case .nothing:
      "no active queue is left: "
        + skipped.map { "`\($0.queue)` on line \($0.line) is \($0.state.word)" }.joined(separator: ", ")
    }
  }
}
