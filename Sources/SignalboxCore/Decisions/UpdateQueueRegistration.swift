/// Changes what a registration asks for. What is nil stays as it is; the organization always does.
package struct UpdateQueueRegistration: Sendable {
  package var registration: RegistrationID
  package var name: String?
  package var kind: Queue.Kind?
  package var description: String?
  package var agents: [String]?
  package var watchers: [String]?
  /// Empty: nobody.
  package var defaultAssignee: String?
  package var keywords: [String]?
  package var additional: Bool?

  package init(
    registration: RegistrationID, name: String? = nil, kind: Queue.Kind? = nil, description: String? = nil,
    agents: [String]? = nil, watchers: [String]? = nil, defaultAssignee: String? = nil, keywords: [String]? = nil,
    additional: Bool? = nil
  ) {
    self.registration = registration
    self.name = name
    self.kind = kind
    self.description = description
    self.agents = agents
    self.watchers = watchers
    self.defaultAssignee = defaultAssignee
    self.keywords = keywords
    self.additional = additional
  }

  package func decide(
    in situation: Situation, given facts: RegistrationFacts
  ) throws(Rejection) -> Decided<QueueRegistration> {
    var registration = try facts.registration(self.registration, after: .amend, in: situation)
    let before = RegisterQueue(registration, in: situation.configuration)
    let wish = applied(to: before)
    // What admins have before them stays fit to be approved; what they have not seen may be half done.
    if registration.state == .submitted { try wish.checkName(in: situation) }
    let changes = wish.changes(since: before)
    registration.queue = try wish.queue(registration.queue.id, of: registration.queue.organization, in: situation)
    registration.isAdditional = wish.additional
    guard !changes.isEmpty else {
      throw Rejection(.invalidField, "the registration asks for just that already; name a field to change")
    }
    return Decided(
      registration,
      Plan(
        changes: [.amendRegistration(registration)],
        event: Event(
          .registrationAmended, subject: registration.queue.name, changes: changes, registration: registration.id),
        outbox: situation.recipients(of: registration, facts, reachesAdmins: registration.state != .draft)))
  }

  private func applied(to wish: RegisterQueue) -> RegisterQueue {
    RegisterQueue(
      name: name ?? wish.name, kind: kind ?? wish.kind, organization: wish.organization,
      description: description ?? wish.description, agents: agents ?? wish.agents, watchers: watchers ?? wish.watchers,
      defaultAssignee: defaultAssignee ?? wish.defaultAssignee, keywords: keywords ?? wish.keywords, draft: wish.draft,
      additional: additional ?? wish.additional)
  }
}

extension RegisterQueue {
  /// What a registration asks for, as it was asked.
  package init(_ registration: QueueRegistration, in configuration: TenantConfiguration) {
    let queue = registration.queue
    let handle = { (person: PersonID) in configuration.people[person]?.handle ?? "" }
    self.init(
      name: queue.name, kind: queue.kind, organization: configuration.organizations[queue.organization]?.name ?? "",
      description: queue.description, agents: queue.agents.map(handle),
      watchers: queue.watchers.map(configuration.wish),
      defaultAssignee: queue.defaultAssignee.map(handle) ?? "", keywords: queue.keywords,
      draft: registration.state == .draft || registration.state == .changesRequested,
      additional: registration.isAdditional)
  }

  /// What something new is compared with.
  static var nothing: RegisterQueue {
    RegisterQueue(
      name: "", kind: nil, organization: "", description: "", agents: [], watchers: [], defaultAssignee: "",
      keywords: [])
  }

  /// Field by field, as people read them.
  func changes(since before: RegisterQueue) -> [Event.FieldChange] {
    let fields: [(name: String, value: (RegisterQueue) -> String)] = [
      ("name", \.name), ("organization", \.organization), ("kind", { $0.kind?.rawValue ?? "" }),
      ("description", \.description),
      ("agents", { $0.agents.joined(separator: ", ") }), ("watchers", { $0.watchers.joined(separator: ", ") }),
      ("default_assignee", \.defaultAssignee), ("keywords", { $0.keywords.joined(separator: ", ") }),
      ("additional", { $0.additional ? "true" : "" }),
    ]
    return fields.compactMap { field in
      let (old, new) = (field.value(before), field.value(self))
      return old == new
        ? nil : Event.FieldChange(field.name, from: old.isEmpty ? nil : old, to: new.isEmpty ? nil : new)
    }
  }
}
