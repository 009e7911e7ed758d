/// `phase route first { … }`
package struct Phase: Sendable {
  /// In the order in which they run; `escalate` alone, when time has passed.
  package enum Kind: String, CaseIterable, Sendable {
    case classify, route, assign, notify, escalate

    var mode: Mode {
      switch self {
      case .classify, .notify: .all
      case .route, .assign: .first
      case .escalate: .timers
      }
    }
  }

  package enum Mode: String, CaseIterable, Sendable {
    /// The first match in file order wins.
    case first
    /// Each that matches contributes.
    case all
    /// As `all`, at the times that the conditions name.
    case timers
  }

  package enum Element: Sendable {
    case rule(Rule)
    case keywords(KeywordsElement)
    case otherwise(OtherwiseElement)
  }

  package var comments: [String] = []
  package var kind: Kind
  package var kindSpan: SourceSpan
  package var mode: Mode
  package var modeSpan: SourceSpan
  package var elements: [Element] = []
  package var trailingComments: [String] = []
}

/// `keywords of queues`, with `margin N` if it is not the default.
package struct KeywordsElement: Sendable {
  package var comments: [String] = []
  package var margin: Int = KeywordScoring.defaultMargin
  package var span: SourceSpan
}

/// `otherwise { … }`
package struct OtherwiseElement: Sendable {
  package var comments: [String] = []
  package var actions: [Action]
  package var span: SourceSpan
}

/// `rule NAME { when … then … because … }`
package struct Rule: Sendable {
  package var comments: [String] = []
  package var name: Literal
  package var whenComments: [String] = []
  /// Without one the rule always fires.
  package var condition: Condition?
  package var thenComments: [String] = []
  package var actions: [Action]
  package var becauseComments: [String] = []
  package var because: Literal?
  package var trailingComments: [String] = []
  /// From `rule` to the closing brace; 0 for a tree that was not read from a file.
  package var byteCount = 0
}
