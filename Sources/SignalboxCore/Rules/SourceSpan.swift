/// A piece of one line of a rule file. Line and column count from 1; column and length count Unicode
/// scalars, so that a caret under the text stands right in a terminal for all but wide characters.
package struct SourceSpan: Equatable, Sendable {
  package let line: Int
  package let column: Int
  package let length: Int

  package init(line: Int, column: Int, length: Int) {
    self.line = line
    self.column = column
    self.length = length
  }

  package static let start = SourceSpan(line: 1, column: 1, length: 1)
}
