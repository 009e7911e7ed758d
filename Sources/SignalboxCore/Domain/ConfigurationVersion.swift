/// How a tenant was configured right after a document was applied.
package struct ConfigurationVersion: Equatable, Sendable {
  /// The revision of the change; for how things were found, that of the last change before.
  package var version: Revision
  /// Empty name: nobody applied it, it is how things were when the next one was.
  package var appliedBy: Actor
  package var appliedAt: Timestamp
  package var reason: String
  /// The whole document in the protocol's encoding, which Core does not know. Empty where only the rest was read.
  package var document: [UInt8]

  package init(version: Revision, appliedBy: Actor, appliedAt: Timestamp, reason: String, document: [UInt8]) {
    self.version = version
    self.appliedBy = appliedBy
    self.appliedAt = appliedAt
    self.reason = reason
    self.document = document
  }
}
