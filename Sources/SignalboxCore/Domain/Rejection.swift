/// A decision's no: why, in a word a program can act on, and what to do next, in words for a person.
package struct Rejection: Error, Equatable, Sendable {
  package struct Violation: Equatable, Sendable {
    /// Name of the field as the request has it.
    package var field: String
    package var description: String

    package init(field: String, description: String) {
      self.field = field
      self.description = description
    }
  }

  package var reason: Reason
  package var message: String
  package var violations: [Violation]
  /// Name of the quota that was met; empty: none.
  package var limit: String

  package init(_ reason: Reason, _ message: String, violations: [Violation] = [], limit: String = "") {
    self.reason = reason
    self.message = message
    self.violations = violations
    self.limit = limit
  }
}

extension Rejection {
  /// The answer is the same for what does not exist, what belongs to another tenant and what the caller may not see.
  package static func notFound(_ reason: Reason, _ what: String, _ name: String) -> Rejection {
    Rejection(reason, "no \(what) `\(shown(name))` here; list what there is to find the name")
  }

  /// The first few, and how many there are beside them.
  static func listed(_ texts: [String]) -> String {
    let rest = texts.count - Limits.listedInMessage
    return texts.prefix(Limits.listedInMessage).joined(separator: ", ") + (rest > 0 ? " and \(rest) more" : "")
  }

  /// What a caller sent, cut to a length that fits a message.
  static func shown(_ text: String) -> String {
    guard text.unicodeScalars.count > Limits.nameLength else { return text }
    return String(String.UnicodeScalarView(text.unicodeScalars.prefix(Limits.nameLength))) + "…"
  }
}
