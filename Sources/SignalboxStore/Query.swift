/// A statement as a value: its name, its tenant, its text, what is bound and how a row is read.
///
/// A query is written once, as a function that returns one, and knows nothing of the database that
/// will run it. The tenant is always `$1`; `binds` begin at `$2`. A statement that leaves `$1` out is
/// refused when it is first run, so that no query can forget whose rows it may touch.
package struct Query<Output>: Sendable {
  /// Shown in errors and measurements; a literal, so it never carries a peer's text.
  package let name: StaticString
  /// `nil` only for the few statements that are made by `init(acrossTenants:…)`.
  package let tenant: Int64?
  package let sql: SQL
  package let binds: [SQLValue]
  /// Turns one row into one output. Throws `StoreError.corrupt` through the accessors of `Row`.
  package let decode: @Sendable (borrowing Row) throws -> Output

  /// A query on the rows of one tenant.
  package init(
    _ name: StaticString, tenant: Int64, sql: SQL, binds: [SQLValue] = [],
    decode: @escaping @Sendable (borrowing Row) throws -> Output
  ) {
    self.name = name
    self.tenant = tenant
    self.sql = sql
    self.binds = binds
    self.decode = decode
  }

  /// A query that belongs to no tenant: migrations, timers and deliveries that serve all of them.
  /// Its `binds` begin at `$1`. Nothing that a peer's call reaches may use it.
  package init(
    acrossTenants name: StaticString, sql: SQL, binds: [SQLValue] = [],
    decode: @escaping @Sendable (borrowing Row) throws -> Output
  ) {
    self.name = name
    self.tenant = nil
    self.sql = sql
    self.binds = binds
    self.decode = decode
  }
}

extension Query where Output == Void {
  /// A statement whose rows, if it has any, nobody reads.
  package init(_ name: StaticString, tenant: Int64, sql: SQL, binds: [SQLValue] = []) {
    self.init(name, tenant: tenant, sql: sql, binds: binds, decode: { _ in })
  }

  /// A statement across tenants whose rows, if it has any, nobody reads.
  package init(acrossTenants name: StaticString, sql: SQL, binds: [SQLValue] = []) {
    self.init(acrossTenants: name, sql: sql, binds: binds, decode: { _ in })
  }
}
