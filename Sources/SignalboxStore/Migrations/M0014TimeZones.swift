/// The clock by which a tenant's rules tell the time of day.
extension Migration {
  static let timeZones = Migration(
    version: 14, name: "time_zones",
    statements: [
      // A name of the IANA time zone database; empty: UTC.
      SQL("ALTER TABLE tenants ADD COLUMN time_zone TEXT NOT NULL DEFAULT ''")
    ])
}
