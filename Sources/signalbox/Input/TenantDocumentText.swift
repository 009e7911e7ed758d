import SignalboxClient
import Yams

/// A tenant's configuration as the YAML that `TenantDocumentReader` reads.
enum TenantDocumentText {
  static func of(_ document: TenantDocument) throws -> String {
    var sections: [(String, Node)] = []
    if !document.tenant.isEmpty { sections.append(("tenant", try text(document.tenant))) }
    if document.hasSettings {
      let settings = document.settings
      sections.append(
        (
          "settings",
          mapping([
            ("time_zone", try optional(settings.timeZone)),
            ("awardee_queue_pattern", try optional(settings.awardeeQueuePattern)),
            ("resource_provider_queue_pattern", try optional(settings.resourceProviderQueuePattern)),
            ("categories", try list(settings.categories, .block)),
          ])
        ))
    }
    if document.hasOrganizations {
      sections.append(("organizations", sequence(try document.organizations.entries.map(organization))))
    }
    if document.hasPeople { sections.append(("people", sequence(try document.people.entries.map(person)))) }
    if document.hasGroups { sections.append(("groups", sequence(try document.groups.entries.map(group)))) }
    if document.hasQueues { sections.append(("queues", sequence(try document.queues.entries.map(queue)))) }
    if document.hasGrants { sections.append(("grants", sequence(try document.grants.entries.map(grant)))) }
    if document.hasTicketTypes {
      sections.append(("ticket_types", sequence(try document.ticketTypes.entries.map(ticketType))))
    }
    if !document.rules.isEmpty {
      let rules = Node.scalar(Node.Scalar(document.rules, .implicit, .literal))
      sections.append(("rules", mapping([("text", rules)])))
    }
    return try Yams.serialize(node: mapping(sections), width: -1, allowUnicode: true)
  }

  private static func organization(_ organization: DocumentOrganization) throws -> Node {
    mapping([
      ("name", try text(organization.name)), ("kind", try text(organization.kind.word)),
      ("display_name", try optional(organization.displayName)),
    ])
  }

  private static func person(_ person: DocumentPerson) throws -> Node {
    mapping([
      ("handle", try text(person.handle)), ("display_name", try optional(person.displayName)),
      ("email", try optional(person.email)), ("organization", try optional(person.organization)),
    ])
  }

  private static func group(_ group: DocumentGroup) throws -> Node {
    mapping([
      ("name", try text(group.name)), ("display_name", try optional(group.displayName)),
      ("members", try list(group.members)),
    ])
  }

  private static func queue(_ queue: DocumentQueue) throws -> Node {
    mapping([
      ("name", try text(queue.name)), ("kind", try text(queue.kind.word)),
      ("organization", try text(queue.organization)), ("description", try optional(queue.description_p)),
      ("agents", try list(queue.agents)), ("watchers", try list(queue.watchers)),
      ("default_assignee", try optional(queue.defaultAssignee)), ("keywords", try list(queue.keywords)),
    ])
  }

  private static func grant(_ grant: DocumentGrant) throws -> Node {
    let grantee: (String, Node?) =
      switch grant.grantee {
      case .person(let handle): ("person", try text(handle))
      case .group(let name): ("group", try text(name))
      case nil: ("person", nil)
      }
    let scope: (String, Node?) =
      switch grant.scope {
      case .tenant(let flag): ("tenant", Node(flag ? "true" : "false"))
      case .organization(let name): ("organization", try text(name))
      case .queue(let name): ("queue", try text(name))
      case nil: ("tenant", nil)
      }
    return mapping([("role", try text(grant.role.word)), grantee, scope])
  }

  private static func ticketType(_ type: TicketType) throws -> Node {
    let fields = try type.fields.map { field in
      mapping([
        ("name", try text(field.name)), ("type", try text(field.type.word)),
        ("required", field.required ? Node("true") : nil), ("options", try list(field.options)),
      ])
    }
    return mapping([
      ("name", try text(type.name)), ("display_name", try optional(type.displayName)),
      ("fields", fields.isEmpty ? nil : sequence(fields)), ("ends_in", try list(type.endsIn.map(\.word))),
    ])
  }

  // MARK: Nodes

  /// Without what is nil.
  private static func mapping(_ pairs: [(String, Node?)]) -> Node {
    let there = pairs.compactMap { name, value in value.map { (Node(name), $0) } }
    return .mapping(Node.Mapping(there, .implicit, there.isEmpty ? .flow : .block))
  }

  private static func sequence(_ nodes: [Node], _ style: Node.Sequence.Style = .block) -> Node {
    .sequence(Node.Sequence(nodes, .implicit, nodes.isEmpty ? .flow : style))
  }

  /// Quoted only where a reader of YAML would otherwise take it for something else.
  private static func text(_ text: String) throws -> Node { .scalar(text.represented()) }

  private static func optional(_ text: String) throws -> Node? { text.isEmpty ? nil : try self.text(text) }

  private static func list(_ texts: [String], _ style: Node.Sequence.Style = .flow) throws -> Node? {
    texts.isEmpty ? nil : sequence(try texts.map(text), style)
  }
}
