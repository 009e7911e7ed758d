/// The syntax tree of a rule file. Trees are values: `Printer` turns one into its canonical text, and
/// `RuleSetSource.parse` turns that text into the same tree again.
package struct RuleSet: Sendable {
  package enum Item: Sendable {
    case list(ListDeclaration)
    case phase(Phase)
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

/// A name or a quoted value, with its place.
package struct Literal: Sendable {
  package var value: String
  package var span: SourceSpan

  package init(_ value: String, _ span: SourceSpan) {
    self.value = value
    self.span = span
  }
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
