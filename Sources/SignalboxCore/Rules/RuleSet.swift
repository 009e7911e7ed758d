/// The syntax tree of a rule file. Trees are values: `Printer` turns one into its canonical text, and
/// `RuleSetSource.parse` turns that text into the same tree again.
package struct RuleSet: Sendable {
  package enum Item: Sendable {
    case list(ListDeclaration)
    case phase(Phase)
    case on(OnClause)
    case test(TestBlock)
  }

  /// A comment belongs to the item that follows it; those after the last item are trailing.
  package var comments: [String] = []
  package var name: Literal
  package var version: Int
  package var versionSpan: SourceSpan
  /// In file order.
  package var items: [Item] = []
  package var trailingComments: [String] = []

  package var phases: [Phase] {
    items.compactMap { if case .phase(let phase) = $0 { phase } else { nil } }
  }

  package var lists: [ListDeclaration] {
    items.compactMap { if case .list(let list) = $0 { list } else { nil } }
  }
}

extension RuleSet {
  package var clauses: [OnClause] {
    items.compactMap { if case .on(let clause) = $0 { clause } else { nil } }
  }

  package var tests: [TestBlock] {
    items.compactMap { if case .test(let test) = $0 { test } else { nil } }
  }
}

/// A name or a quoted value, with its place. Equal if it says the same, wherever it stands.
package struct Literal: Equatable, Sendable {
  package var value: String
  package var span: SourceSpan

  package init(_ value: String, _ span: SourceSpan) {
    self.value = value
    self.span = span
  }

  package static func == (left: Literal, right: Literal) -> Bool { left.value == right.value }
}

/// `list "name" [ … ]`
package struct ListDeclaration: Sendable {
  package struct Element: Sendable {
    package var comments: [String]
    package var literal: Literal
  }

  package var comments: [String] = []
  package var name: Literal
  package var elements: [Element]
  package var trailingComments: [String] = []
}

/// The values of `in`, `any word of` and `all words of`.
package enum ValueList: Sendable {
  case inline([Literal], SourceSpan)
  case list(Literal)
}
