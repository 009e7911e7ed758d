import SignalboxClient
import Yams

/// A tenant's configuration as a YAML file has it.
struct TenantDocumentReader {
  private var yaml = YAMLReader()
  private(set) var document = TenantDocument()
  /// Path of the file with the rules, as the document has it.
  private(set) var rulesPath: String?

  var faults: [FileFault] { yaml.faults }
  var places: [String: FilePlace] { yaml.places }

  init(_ text: String) {
    do {
      // Anchors are known as long as the parser is there.
      let parser = try Parser(yaml: text)
      try withExtendedLifetime(parser) {
        if let root = try parser.singleRoot() {
          read(root)
        } else {
          yaml.fault(FilePlace(), "the file is empty; a tenant's settings, people, queues and so on belong into it")
        }
      }
    } catch {
      let (place, message) = Self.explained(error)
      yaml.fault(place, message)
    }
  }

  private static func explained(_ error: any Error) -> (FilePlace, String) {
    switch error as? YamlError {
    case .scanner(_, let problem, let mark, _)?, .parser(_, let problem, let mark, _)?,
      .composer(_, let problem, let mark, _)?:
      (FilePlace(mark), "no YAML: \(problem)")
    case .duplicatedKeysInMapping(let keys, let context)?:
      (FilePlace(context.mark), "`\(keys.first ?? "")` is there twice")
    case .reader(let problem, _, _, _)?: (FilePlace(), "no YAML: \(problem)")
    default: (FilePlace(), "no YAML: \(error)")
    }
  }

  private mutating func read(_ root: Node) {
    let keys = [
      "tenant", "settings", "organizations", "people", "groups", "queues", "grants", "ticket_types", "rules",
    ]
    guard let values = yaml.mapping(root, at: "", keys: keys) else { return }
    document.tenant = yaml.text(values["tenant"], at: "tenant")
    if let node = values["settings"] { readSettings(node) }
    if let node = values["organizations"] {
      document.organizations.entries = entries(node, "organizations") { $0.organization($1, $2) }
    }
    if let node = values["people"] { document.people.entries = entries(node, "people") { $0.person($1, $2) } }
    if let node = values["groups"] { document.groups.entries = entries(node, "groups") { $0.group($1, $2) } }
    if let node = values["queues"] { document.queues.entries = entries(node, "queues") { $0.queue($1, $2) } }
    if let node = values["grants"] { document.grants.entries = entries(node, "grants") { $0.grant($1, $2) } }
    if let node = values["ticket_types"] {
      document.ticketTypes.entries = entries(node, "ticket_types") { $0.ticketType($1, $2) }
    }
    if let node = values["rules"] { readRules(node) }
  }

  private mutating func entries<Entry>(
    _ node: Node, _ path: String, _ read: (inout TenantDocumentReader, Node, String) -> Entry
  ) -> [Entry] {
    yaml.list(node, at: path).map { read(&self, $0.node, $0.path) }
  }

  private mutating func readSettings(_ node: Node) {
    let keys = ["awardee_queue_pattern", "resource_provider_queue_pattern", "categories", "time_zone"]
    let values = yaml.mapping(node, at: "settings", keys: keys) ?? [:]
    document.settings = TenantSettings()
    document.settings.awardeeQueuePattern = yaml.text(values[keys[0]], at: "settings.awardee_queue_pattern")
    document.settings.resourceProviderQueuePattern = yaml.text(
      values[keys[1]], at: "settings.resource_provider_queue_pattern")
    document.settings.categories = yaml.texts(values["categories"], at: "settings.categories")
    document.settings.timeZone = yaml.text(values["time_zone"], at: "settings.time_zone")
  }

  private mutating func organization(_ node: Node, _ path: String) -> DocumentOrganization {
    var organization = DocumentOrganization()
    let keys = ["name", "kind", "display_name"]
    guard let values = yaml.mapping(node, at: path, keys: keys, required: ["name", "kind"]) else { return organization }
    organization.name = yaml.text(values["name"], at: path + ".name")
    organization.kind = yaml.choice(values["kind"], at: path + ".kind") ?? .unspecified
    organization.displayName = yaml.text(values["display_name"], at: path + ".display_name")
    return organization
  }

  private mutating func person(_ node: Node, _ path: String) -> DocumentPerson {
    var person = DocumentPerson()
    let keys = ["handle", "display_name", "email", "organization"]
    guard let values = yaml.mapping(node, at: path, keys: keys, required: ["handle"]) else { return person }
    person.handle = yaml.text(values["handle"], at: path + ".handle")
    person.displayName = yaml.text(values["display_name"], at: path + ".display_name")
    person.email = yaml.text(values["email"], at: path + ".email")
    person.organization = yaml.text(values["organization"], at: path + ".organization")
    return person
  }

  private mutating func group(_ node: Node, _ path: String) -> DocumentGroup {
    var group = DocumentGroup()
    let keys = ["name", "display_name", "members"]
    guard let values = yaml.mapping(node, at: path, keys: keys, required: ["name"]) else { return group }
    group.name = yaml.text(values["name"], at: path + ".name")
    group.displayName = yaml.text(values["display_name"], at: path + ".display_name")
    group.members = yaml.texts(values["members"], at: path + ".members")
    return group
  }

  private mutating func queue(_ node: Node, _ path: String) -> DocumentQueue {
    var queue = DocumentQueue()
    let keys = [
      "name", "kind", "organization", "description", "agents", "watchers", "default_assignee", "keywords",
    ]
    let required = ["name", "kind", "organization"]
    guard let values = yaml.mapping(node, at: path, keys: keys, required: required) else { return queue }
    queue.name = yaml.text(values["name"], at: path + ".name")
    queue.kind = yaml.choice(values["kind"], at: path + ".kind") ?? .unspecified
    queue.organization = yaml.text(values["organization"], at: path + ".organization")
    queue.description_p = yaml.text(values["description"], at: path + ".description")
    queue.agents = yaml.texts(values["agents"], at: path + ".agents")
    queue.watchers = yaml.texts(values["watchers"], at: path + ".watchers")
    queue.defaultAssignee = yaml.text(values["default_assignee"], at: path + ".default_assignee")
    queue.keywords = yaml.texts(values["keywords"], at: path + ".keywords")
    return queue
  }

  private mutating func grant(_ node: Node, _ path: String) -> DocumentGrant {
    var grant = DocumentGrant()
    let keys = ["role", "person", "group", "tenant", "organization", "queue"]
    guard let values = yaml.mapping(node, at: path, keys: keys, required: ["role"]) else { return grant }
    grant.role = yaml.choice(values["role"], at: path + ".role") ?? .unspecified
    if exactlyOne(values, ["person", "group"], node, "whom it is granted to") {
      if values["person"] != nil { grant.person = yaml.text(values["person"], at: path + ".person") }
      if values["group"] != nil { grant.group = yaml.text(values["group"], at: path + ".group") }
    }
    if exactlyOne(values, ["tenant", "organization", "queue"], node, "where it holds") {
      if values["tenant"] != nil { grant.tenant = yaml.flag(values["tenant"], at: path + ".tenant") }
      if values["organization"] != nil {
        grant.organization = yaml.text(values["organization"], at: path + ".organization")
      }
      if values["queue"] != nil { grant.queue = yaml.text(values["queue"], at: path + ".queue") }
    }
    return grant
  }

  private mutating func exactlyOne(
    _ values: [String: Node], _ keys: [String], _ node: Node, _ meaning: String
  ) -> Bool {
    guard keys.count(where: { values[$0] != nil }) != 1 else { return true }
    yaml.fault(node, "a grant says \(meaning) with one of \(keys.map { "`\($0)`" }.joined(separator: ", "))")
    return false
  }

  private mutating func ticketType(_ node: Node, _ path: String) -> TicketType {
    var type = TicketType()
    let keys = ["name", "display_name", "fields", "ends_in"]
    guard let values = yaml.mapping(node, at: path, keys: keys, required: ["name"]) else { return type }
    type.name = yaml.text(values["name"], at: path + ".name")
    type.displayName = yaml.text(values["display_name"], at: path + ".display_name")
    if let node = values["fields"] { type.fields = entries(node, path + ".fields") { $0.field($1, $2) } }
    type.endsIn = yaml.list(values["ends_in"], at: path + ".ends_in").compactMap { entry in
      yaml.choice(entry.node, at: entry.path)
    }
    return type
  }

  private mutating func field(_ node: Node, _ path: String) -> TicketTypeField {
    var field = TicketTypeField()
    let keys = ["name", "type", "required", "options"]
    guard let values = yaml.mapping(node, at: path, keys: keys, required: ["name", "type"]) else { return field }
    field.name = yaml.text(values["name"], at: path + ".name")
    field.type = yaml.choice(values["type"], at: path + ".type") ?? .unspecified
    field.required = yaml.flag(values["required"], at: path + ".required")
    field.options = yaml.texts(values["options"], at: path + ".options")
    return field
  }

  /// Something is wrong with the file that `rules` names.
  mutating func faultInRules(_ message: String) { yaml.fault(places["rules"] ?? FilePlace(), message) }

  /// The path of a file, or `text` with the rules themselves. Neither may be empty, which the server would take for a
  /// document without the section.
  private mutating func readRules(_ node: Node) {
    guard node.mapping != nil else {
      rulesPath = yaml.filledText(
        node, at: "rules", orElse: "name a file, or leave `rules` out so that the rules stay as they are")
      return
    }
    guard let values = yaml.mapping(node, at: "rules", keys: ["text"], required: ["text"]) else { return }
    guard let text = values["text"] else { return }
    document.rules =
      yaml.filledText(
        text, at: "rules.text", orElse: "write the rules, or leave `rules` out so that they stay as they are") ?? ""
  }
}
