/// Custom fields of a ticket: names that the tenant chose, with a line of text each.
extension FieldCheck {
  /// Names of `a` to `z`, `0` to `9` and `_` that begin with a letter, values of one line. An empty value is allowed: it
  /// stands for no field. None is looked at when there are too many.
  mutating func ticketFields(_ fields: [String: String]) {
    guard !fields.isEmpty else { return }
    count("fields", fields.count, atMost: Limits.fieldsPerTicket)
    guard fields.count <= Limits.fieldsPerTicket else { return }
    for (name, value) in fields.sorted(by: { $0.key < $1.key }) {
      let field = "fields.\(Rejection.shown(name))"
      if !Self.isTicketFieldName(name) {
        add(
          field,
          "is no name of a field: 1 to \(Limits.fieldNameLength) of a to z, 0 to 9 and `_`, beginning with a letter")
      }
      if value.utf8.count > Limits.fieldValueBytes {
        add(field, "has \(value.utf8.count) bytes, at most \(Limits.fieldValueBytes) are allowed")
      } else if value.unicodeScalars.contains(where: Self.isControl) {
        add(field, "has a control character or a line break")
      }
    }
  }

  static func isTicketFieldName(_ name: String) -> Bool {
    guard let first = name.utf8.first, name.utf8.count <= Limits.fieldNameLength, isLowerCaseLetter(first) else {
      return false
    }
    return name.utf8.allSatisfy { byte in
      isLowerCaseLetter(byte) || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) || byte == UInt8(ascii: "_")
    }
  }

  private static func isLowerCaseLetter(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte)
  }
}

extension FieldCheck {
  /// One of the tenant's types, if it has any.
  mutating func ticketType(_ type: String, in configuration: TenantConfiguration) {
    line("type", type, atMost: Limits.nameLength, required: false)
    if !type.isEmpty, !configuration.ticketTypes.isEmpty, configuration.ticketType(named: type) == nil {
      add("type", "`\(Rejection.shown(type))` is none of the tenant's ticket types")
    }
  }

  /// A ticket of a type that the tenant declares has no other fields than that type does; one without has any.
  mutating func declared(_ fields: [String: String], by type: String, in configuration: TenantConfiguration) {
    guard !fields.isEmpty, let type = configuration.ticketType(named: type) else { return }
    for (name, value) in fields.sorted(by: { $0.key < $1.key }).prefix(Limits.fieldsPerTicket)
    where !value.isEmpty && !type.fields.contains(where: { $0.name == name }) {
      add("fields.\(Rejection.shown(name))", "is no field of the type `\(type.name)`")
    }
  }
}

extension TenantConfiguration {
  package func ticketType(named name: String) -> TicketType? { ticketTypes.first { $0.name == name } }
}
