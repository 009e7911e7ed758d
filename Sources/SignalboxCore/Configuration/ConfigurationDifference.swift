/// One thing that a document makes, changes or removes.
package struct ConfigurationDifference: Equatable, Sendable {
  package enum Action: Sendable {
    case created
    case changed
    case removed
  }

  /// In the order in which differences are listed.
  package enum Noun: String, CaseIterable, Sendable {
    case settings
    case organization
    case person
    case group
    case queue
    case grant
    case ticketType = "ticket_type"
    case rules
  }

  package struct Change: Equatable, Sendable {
    package var field: String
    /// Of a field that holds one value, or of a list whose order alone changes.
    package var before = ""
    package var after = ""
    /// Of a list.
    package var added: [String] = []
    package var removed: [String] = []
  }

  package var action: Action
  package var noun: Noun
  package var name: String
  package var changes: [Change]

  /// A field of a thing: one value, or a list.
  enum Value: Equatable {
    case text(String)
    case list([String])
  }

  typealias Fields = [(name: String, value: Value)]

  /// Bytes that it takes to tell, about.
  package var size: Int {
    changes.reduce(name.utf8.count + 16) { size, change in
      (change.added + change.removed).reduce(
        size + change.field.utf8.count + change.before.utf8.count + change.after.utf8.count + 8
      ) { $0 + $1.utf8.count + 4 }
    }
  }
}

extension ConfigurationDifference {
  /// Nil where all fields are the same.
  init?(_ noun: Noun, _ name: String, from before: Fields?, to after: Fields?) {
    let names = (after ?? before ?? []).map(\.name)
    let old = Dictionary(uniqueKeysWithValues: before ?? [])
    let new = Dictionary(uniqueKeysWithValues: after ?? [])
    let changes = names.compactMap { Change($0, from: old[$0], to: new[$0]) }
    switch (before, after) {
    case (nil, nil): return nil
    case (nil, .some): self.init(action: .created, noun: noun, name: name, changes: changes)
    case (.some, nil): self.init(action: .removed, noun: noun, name: name, changes: [])
    case (.some, .some):
      guard !changes.isEmpty else { return nil }
      self.init(action: .changed, noun: noun, name: name, changes: changes)
    }
  }
}

extension ConfigurationDifference.Change {
  init?(_ field: String, from before: ConfigurationDifference.Value?, to after: ConfigurationDifference.Value?) {
    guard before != after else { return nil }
    self.init(field: field)
    switch (before, after) {
    case (.list(let old)?, .list(let new)?):
      let (had, has) = (Set(old), Set(new))
      added = Self.cut(new.filter { !had.contains($0) })
      removed = Self.cut(old.filter { !has.contains($0) })
      guard added.isEmpty, removed.isEmpty else { return }
      (self.before, self.after) = (Self.cut(old.joined(separator: ", ")), Self.cut(new.joined(separator: ", ")))
    case (_, .list(let new)?):
      guard !new.isEmpty else { return nil }
      added = Self.cut(new)
    default:
      (self.before, self.after) = (Self.text(before), Self.text(after))
      if self.before.isEmpty, self.after.isEmpty { return nil }
    }
  }

  private static func text(_ value: ConfigurationDifference.Value?) -> String {
    switch value {
    case .text(let text): cut(text)
    case .list(let texts): cut(texts.joined(separator: ", "))
    case nil: ""
    }
  }

  private static func cut(_ text: String) -> String {
    guard text.unicodeScalars.count > Limits.shownValueLength else { return text }
    return String(String.UnicodeScalarView(text.unicodeScalars.prefix(Limits.shownValueLength))) + "…"
  }

  private static func cut(_ texts: [String]) -> [String] {
    let shown = texts.prefix(Limits.shownListEntries).map { cut($0) }
    return texts.count > shown.count ? shown + ["… \(texts.count - shown.count) more"] : shown
  }
}
