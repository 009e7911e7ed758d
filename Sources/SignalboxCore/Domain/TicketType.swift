/// A kind of ticket with fields of its own. A ticket of the type has no other custom fields than those, with values that fit
/// them, and ends as the type says. A type that is declared otherwise leaves the tickets there are as they are.
package struct TicketType: Equatable, Sendable {
  package struct Field: Equatable, Sendable {
    package enum Kind: String, CaseIterable, Sendable {
      case text
      /// As rules compare it: `-12.5`.
      case number
      /// `true` or `false`.
      case boolean
      case choice
      /// `YYYY-MM-DD`
      case date
    }

    package var name: String
    /// Nil for one that is not known.
    package var kind: Kind?
    /// Whoever gives a ticket the type gives it this field, and nobody takes it away. Rules that give the type may leave it
    /// to people.
    package var isRequired: Bool
    /// Of a choice: what there is to choose from.
    package var options: [String]

    package init(name: String, kind: Kind?, isRequired: Bool = false, options: [String] = []) {
      self.name = name
      self.kind = kind
      self.isRequired = isRequired
      self.options = options
    }
  }

  package var name: String
  package var displayName: String
  package var fields: [Field]
  /// The statuses that end such a ticket; none of them is active.
  package var endsIn: [Ticket.Status]

  package init(name: String, displayName: String, fields: [Field], endsIn: [Ticket.Status]) {
    self.name = name
    self.displayName = displayName
    self.fields = fields
    self.endsIn = endsIn
  }

  /// Adds what is wrong with it, but for its name being unique.
  func check(_ check: inout FieldCheck) {
    Self.checkName("name", name, &check)
    check.line("display_name", displayName, atMost: Limits.displayNameLength, required: false)
    check.count("fields", fields.count, atMost: Limits.fieldsPerTicketType)
    if endsIn.contains(where: \.isActive) { check.add("ends_in", "takes `solved` and `closed` only") }
    if Set(endsIn).count < endsIn.count { check.add("ends_in", "names a status twice") }
    var names: Set<String> = []
    for (place, field) in fields.prefix(Limits.fieldsPerTicketType).enumerated() {
      let path = "fields[\(place)]"
      Self.checkName("\(path).name", field.name, &check)
      if !names.insert(field.name).inserted {
        check.add("\(path).name", "`\(Rejection.shown(field.name))` names a field of this type already")
      }
      if field.kind == nil { check.add("\(path).type", "is required: text, number, boolean, choice or date") }
      check.lines("\(path).options", field.options, atMost: Limits.optionsPerField, length: Limits.categoryLength)
      if field.kind == .choice, field.options.isEmpty { check.add("\(path).options", "is required for a choice") }
      if field.kind != .choice, !field.options.isEmpty { check.add("\(path).options", "is for fields of type choice") }
      if Set(field.options).count < field.options.count { check.add("\(path).options", "names an option twice") }
    }
  }

  private static func checkName(_ field: String, _ name: String, _ check: inout FieldCheck) {
    guard !name.isEmpty else { return check.add(field, "is required") }
    let isPlain = name.utf8.enumerated().allSatisfy { offset, byte in
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"): true
      case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"): offset > 0
      default: false
      }
    }
    if !isPlain || name.utf8.count > Limits.nameLength {
      check.add(
        field,
        "`\(Rejection.shown(name))` must be of lower-case letters, digits and `_`, begin with a letter and have at most "
          + "\(Limits.nameLength) characters")
    }
  }
}
