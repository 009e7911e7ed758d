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

  /// Each as a ticket of the type may have it; an empty value is none.
  mutating func ticketFields(_ fields: [String: String], of type: TicketType) {
    for (name, value) in fields.sorted(by: { $0.key < $1.key }).prefix(Limits.fieldsPerTicket) {
      guard let misfit = type.misfit(name, value) else { continue }
      add("fields.\(Rejection.shown(name))", misfit)
    }
  }

  /// What a ticket gets with its type is there.
  mutating func requiredFields(_ fields: [String: String], of type: TicketType) {
    for field in type.fields where field.isRequired && fields[field.name] == nil {
      add("fields.\(field.name)", type.requirement)
    }
  }

  mutating func status(_ status: Ticket.Status, of type: TicketType) {
    if let misfit = type.misfit(status) { add("status", misfit) }
  }
}

extension TicketType {
  /// Why a ticket of the type cannot have the field with this value, as what is said of a field; nil if it can. Without a
  /// value it is about the ticket not having it.
  func misfit(_ name: String, _ value: String) -> String? {
    guard let field = fields.first(where: { $0.name == name }) else {
      // What another type left may always be removed.
      if value.isEmpty { return nil }
      let names = fields.isEmpty ? "it has none" : "those are \(Rejection.listed(fields.map { "`\($0.name)`" }))"
      return "is no field of the type `\(self.name)`; \(names)"
    }
    if value.isEmpty { return field.isRequired ? requirement : nil }
    return field.misfit(value).map { "is `\(Rejection.shown(value))`, but \($0)" }
  }

  fileprivate var requirement: String { "is required for tickets of the type `\(name)`" }

  /// Why a ticket of the type cannot have the status; nil if it can.
  func misfit(_ status: Ticket.Status) -> String? {
    guard !status.isActive, !endsIn.isEmpty, !endsIn.contains(status) else { return nil }
    let ends = endsIn.map { "`\($0.name)`" }.joined(separator: " or ")
    return "cannot be `\(status.name)`: tickets of the type `\(name)` end as \(ends)"
  }

  /// The first thing of a ticket that does not fit the type, apart from what is yet to come; nil if all does.
  func misfit(of ticket: Ticket) -> String? {
    if let misfit = misfit(ticket.status) { return "its status \(misfit)" }
    for (name, value) in ticket.fields.sorted(by: { $0.key < $1.key }) {
      if let misfit = misfit(name, value) { return "its field `\(name)` \(misfit)" }
    }
    return nil
  }
}

extension TicketType.Field {
  /// What is asked for, where a value is something else.
  fileprivate func misfit(_ value: String) -> String? {
    switch kind {
    case .text, nil: nil
    case .number:
      DecimalNumber(value) == nil
        ? "takes a number like `12` or `-0.5`, of at most \(RuleLimits.decimalDigits) digits" : nil
    case .boolean: value == "true" || value == "false" ? nil : "takes `true` or `false`"
    case .choice:
      options.contains(value) ? nil : "takes one of \(Rejection.listed(options.map { "`\($0)`" }))"
    case .date: LocalTime.day(value) == nil ? "takes a date like `2026-05-31`" : nil
    }
  }
}

extension TenantConfiguration {
  package func ticketType(named name: String) -> TicketType? { ticketTypes.first { $0.name == name } }
}
