/// Tokens that are limited to verbs.
extension Migration {
  static let limits = Migration(
    version: 6, name: "limits",
    statements: [
      // Names of rights with blanks between; empty: not limited.
      SQL("ALTER TABLE tokens ADD COLUMN verbs TEXT NOT NULL DEFAULT ''")
    ])
}
