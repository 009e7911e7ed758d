/// One step of the schema. Steps are only ever added: a database in the field has run the old ones.
package struct Migration: Sendable {
  /// 1, 2, 3, … without gaps, in the order in which they are applied.
  package let version: Int64
  package let name: StaticString
  /// Each one statement, run in this order in one transaction.
  package let statements: [SQL]

  package init(version: Int64, name: StaticString, statements: [SQL]) {
    self.version = version
    self.name = name
    self.statements = statements
  }
}
