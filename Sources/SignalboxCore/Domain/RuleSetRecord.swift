/// A rule set as it is kept: immutable, named by the hash of its text.
package struct RuleSetRecord: Equatable, Sendable {
  package var name: String
  package var version: Int64
  /// SHA-256 of the text; given, as Core has no hash function.
  package var hash: [UInt8]
  package var text: String
  package var activatedAt: Timestamp
  package var activatedBy: Actor

  package init(name: String, version: Int64, hash: [UInt8], text: String, activatedAt: Timestamp, activatedBy: Actor) {
    self.name = name
    self.version = version
    self.hash = hash
    self.text = text
    self.activatedAt = activatedAt
    self.activatedBy = activatedBy
  }
}
