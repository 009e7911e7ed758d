extension TenantDocument {
  /// What has to happen to a tenant that is `current`, which has all sections, so that it is as this document says. In the
  /// order of the sections, each by name.
  package func differences(from current: TenantDocument) -> [ConfigurationDifference] {
    var differences: [ConfigurationDifference] = []
    if let settings, let before = current.settings, settings != before {
      differences += [ConfigurationDifference(.settings, "", from: before.compared, to: settings.compared)].compactMap(
        \.self)
    }
    compare(.organization, current.organizations, organizations, \.name, \.compared, &differences)
    compare(.person, current.people, people, \.handle, \.compared, &differences)
    compare(.group, current.groups, groups, \.name, \.compared, &differences)
    compare(.queue, current.queues, queues, \.name, \.compared, &differences)
    compare(.grant, current.grants, grants, \.text, { _ in [] }, &differences)
    compareTicketTypes(current, &differences)
    if let rules, rules != current.rules { differences.append(Self.difference(from: current.rules, to: rules)) }
    return differences
  }

  private func compare<Entry>(
    _ noun: ConfigurationDifference.Noun, _ before: [Entry]?, _ after: [Entry]?, _ name: (Entry) -> String,
    _ fields: (Entry) -> ConfigurationDifference.Fields, _ differences: inout [ConfigurationDifference]
  ) {
    guard let after else { return }
    // Names are unique where it is compared; a document where they are not was refused before.
    let old = Dictionary((before ?? []).map { (name($0), $0) }) { first, _ in first }
    let new = Dictionary(after.map { (name($0), $0) }) { first, _ in first }
    for name in Set(old.keys).union(new.keys).sorted() {
      differences += [ConfigurationDifference(noun, name, from: old[name].map(fields), to: new[name].map(fields))]
        .compactMap(\.self)
    }
  }

  private func compareTicketTypes(_ current: TenantDocument, _ differences: inout [ConfigurationDifference]) {
    guard let ticketTypes else { return }
    let found = differences.count
    compare(.ticketType, current.ticketTypes, ticketTypes, \.name, \.compared, &differences)
    // They are kept in their order, which is that of forms.
    guard differences.count == found, let before = current.ticketTypes, before != ticketTypes else { return }
    differences += [
      ConfigurationDifference(
        .ticketType, "", from: [("order", .list(before.map(\.name)))], to: [("order", .list(ticketTypes.map(\.name)))])
    ].compactMap(\.self)
  }

  /// Line by line; of a first rule set only its title, since who reviews it has the file.
  private static func difference(from before: String?, to after: String) -> ConfigurationDifference {
    func fields(_ rules: String) -> ConfigurationDifference.Fields {
      let title = (try? RuleSetSource.parse(rules)).map { "\($0.name.value) version \($0.version)" } ?? ""
      let lines = before == nil ? [] : TextLines.of(rules).filter { !$0.isEmpty }.map(String.init)
      return [("rule_set", .text(title)), ("lines", .list(lines))]
    }
    return ConfigurationDifference(.rules, "", from: before.map(fields), to: fields(after))
      ?? ConfigurationDifference(
        action: .changed, noun: .rules, name: "",
        changes: [.init(field: "text", before: "", after: "blank lines or line ends")])
  }
}

extension Tenant.Settings {
  fileprivate var compared: ConfigurationDifference.Fields {
    [
      ("awardee_queue_pattern", .text(awardeeQueuePattern)),
      ("resource_provider_queue_pattern", .text(resourceProviderQueuePattern)), ("categories", .list(categories)),
      ("time_zone", .text(timeZone.name)),
    ]
  }
}

extension TenantDocument.Organization {
  fileprivate var compared: ConfigurationDifference.Fields {
    [("kind", .text(kind?.rawValue ?? "")), ("display_name", .text(displayName))]
  }
}

extension TenantDocument.Person {
  fileprivate var compared: ConfigurationDifference.Fields {
    [("display_name", .text(displayName)), ("email", .text(email)), ("organization", .text(organization))]
  }
}

extension TenantDocument.Group {
  fileprivate var compared: ConfigurationDifference.Fields {
    [("display_name", .text(displayName)), ("members", .list(members))]
  }
}

extension TenantDocument.Queue {
  fileprivate var compared: ConfigurationDifference.Fields {
    [
      ("kind", .text(kind?.rawValue ?? "")), ("organization", .text(organization)),
      ("description", .text(description)), ("agents", .list(agents)), ("watchers", .list(watchers)),
      ("default_assignee", .text(defaultAssignee)), ("keywords", .list(keywords)),
    ]
  }
}

extension TicketType {
  fileprivate var compared: ConfigurationDifference.Fields {
    [
      ("display_name", .text(displayName)), ("fields", .list(fields.map(\.text))),
      ("ends_in", .list(endsIn.map(\.name))),
    ]
  }
}

extension TicketType.Field {
  /// As people read it: `domain_approved choice(approved|declined) required`.
  fileprivate var text: String {
    let choice = options.isEmpty ? "" : "(\(options.joined(separator: "|")))"
    return "\(name) \(kind?.rawValue ?? "")\(choice)\(isRequired ? " required" : "")"
  }
}
