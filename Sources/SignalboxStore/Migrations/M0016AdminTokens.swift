/// The good tokens of a role, found without a look at all that a tenant has ever made.
extension Migration {
  static let adminTokens = Migration(
    version: 16, name: "admin_tokens",
    statements: [
      SQL("CREATE INDEX tokens_by_role ON tokens (tenant, role, person) WHERE revoked = 0")
    ])
}
