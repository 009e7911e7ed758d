/// The kinds of SQL that a query is written in.
package enum Dialect: String, Sendable, CaseIterable {
  case sqlite
  case postgres
}

/// One statement, written for each dialect, side by side.
///
/// Placeholders are `$1`, `$2`, … in both dialects, in any order and as often as needed. The texts
/// are literals: nothing can be spliced into them, and their addresses are the keys under which the
/// drivers keep prepared statements.
package struct SQL: Sendable, ExpressibleByStringLiteral {
  package let sqlite: StaticString
  package let postgres: StaticString

  package init(sqlite: StaticString, postgres: StaticString) {
    self.sqlite = sqlite
    self.postgres = postgres
  }

  /// The same text for both dialects.
  package init(_ text: StaticString) {
    self.init(sqlite: text, postgres: text)
  }

  package init(stringLiteral text: StaticString) {
    self.init(text)
  }

  package subscript(dialect: Dialect) -> StaticString {
    switch dialect {
    case .sqlite: sqlite
    case .postgres: postgres
    }
  }
}
