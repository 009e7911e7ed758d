/// A rule set as it is kept: immutable, named by the hash of its text.
package struct RuleSetRecord: Equatable, Sendable {
  /// When it was put in force, by whom and why.
  package struct Activation: Equatable, Sendable {
    package var at: Timestamp
    package var by: Actor
    package var reason: String

    package init(at: Timestamp, by: Actor, reason: String = "") {
      self.at = at
      self.by = by
      self.reason = reason
    }
  }

  package var name: String
  package var version: Int64
  /// SHA-256 of the text; given, as Core has no hash function.
  package var hash: [UInt8]
  package var text: String
  package var keptAt: Timestamp
  package var keptBy: Actor
  /// The last one; nil for a set that never was in force.
  package var activation: Activation?

  package init(
    name: String, version: Int64, hash: [UInt8], text: String, keptAt: Timestamp, keptBy: Actor,
    activation: Activation? = nil
  ) {
    self.name = name
    self.version = version
    self.hash = hash
    self.text = text
    self.keptAt = keptAt
    self.keptBy = keptBy
    self.activation = activation
  }

  /// As history shows it.
  package var title: String { "\(name) version \(version)" }
}

/// One line of the activation log.
package struct RuleActivation: Equatable, Sendable {
  package var revision: Revision
  package var hash: [UInt8]
  package var name: String
  package var version: Int64
  package var activation: RuleSetRecord.Activation

  package init(
    revision: Revision, hash: [UInt8], name: String, version: Int64, activation: RuleSetRecord.Activation
  ) {
    self.revision = revision
    self.hash = hash
    self.name = name
    self.version = version
    self.activation = activation
  }
}
