/// What the fields of requests name, for the test that names somebody else's things in each of them.
extension ForeignIdentifierTests {
  /// By the field's name, which means the same wherever it stands. A new name is added here once.
  static let meanings: [String: Meaning] = [
    "number": .ticket, "ticket": .ticket,
    "queue": .queue, "queues": .queue, "to_queue": .queue,
    "person": .person, "handle": .person, "to_person": .person, "assignee": .person, "substitute": .person,
    "members": .person, "add": .person, "remove": .person, "agents": .person, "watchers": .person,
    "default_assignee": .person,
    "organization": .organization, "group": .group, "grant": .grant, "registration": .registration, "token": .token,
    "hash": .rules, "expected_hash": .rules, "before_hash": .rules, "after_hash": .rules, "page": .page, "cursor": .cursor,
    "payload": .nothing, "display_name": .nothing, "kind": .nothing, "email": .nothing, "role": .nothing,
    "right": .nothing, "tenant": .nothing, "text": .nothing, "before_text": .nothing, "after_text": .nothing, "subject": .nothing, "body": .nothing,
    "requester": .nothing, "channel": .nothing, "category": .nothing, "resource": .nothing, "tags": .nothing,
    "priority": .nothing, "status": .nothing, "unassigned": .nothing, "expected_version": .nothing, "reason": .nothing,
    "refer": .nothing, "page_size": .nothing, "state": .nothing, "answer": .nothing, "description": .nothing,
    "keywords": .nothing, "from_ms": .nothing, "until_ms": .nothing, "absence": .nothing, "settings": .nothing,
    "awardee_queue_pattern": .nothing, "resource_provider_queue_pattern": .nothing, "categories": .nothing,
    "time_zone": .nothing,
    "registrations": .registration, "redirect_to": .queue, "draft": .nothing, "additional": .nothing,
    "comment": .nothing, "stage": .nothing, "lifetime_ms": .nothing, "overlap_ms": .nothing,
    "who": .person, "events": .nothing, "confirm": .nothing, "confirm_addresses": .nothing,
    "json": .nothing, "rule": .nothing, "since_ms": .nothing, "limit": .nothing, "off": .nothing,
    // A certificate's name is taken or free over the whole installation, and says so.
    "certificate_uri": .nothing, "certificate_dns": .nothing, "certificate_email": .nothing,
    "add_tags": .nothing, "remove_tags": .nothing, "fields": .nothing,
    "force": .nothing, "to": .queue, "rules": .nothing, "type": .nothing, "required": .nothing,
    "options": .nothing, "ends_in": .nothing,
    "presence": .nothing, "units": .nothing, "unlimited": .nothing, "skills": .nothing,
    "order": .nothing, "skills_relaxed_after_ms": .nothing, "cap": .nothing, "cap_window_ms": .nothing,
    "offer_for_ms": .nothing,
    "verbs": .nothing, "quotas": .nothing, "value": .nothing, "values": .nothing,
  ]

  /// `name` and `version` mean by the message what they name.
  static func meaning(of field: String, in message: String) -> Meaning? {
    if field == "handle", message == "DocumentPerson" { return .nothing }
    if field == "version" {
      switch message {
      case "GetConfigurationVersionRequest", "RollbackConfigurationRequest", "PlanConfigurationRequest":
        return .version
      default: return nil
      }
    }
    guard field == "name" else { return meanings[field] }
    switch message {
    case "GetOrganizationRequest", "CreateOrganizationRequest": return .organization
    case "GetGroupRequest", "UpdateGroupMembersRequest", "CreateGroupRequest": return .group
    case "GetQueueRequest", "RetireQueueRequest", "RegisterQueueRequest", "UpdateQueueRegistrationRequest":
      return .queue
    case "RevokeTokenRequest", "RotateTokenRequest", "CreateTokenRequest": return .token
    case "CreateTenantRequest": return .tenant
    // Made in the caller's own tenant, whoever else has one of the name.
    case "DocumentOrganization", "DocumentGroup", "DocumentQueue", "TicketType", "TicketTypeField": return .nothing
    default: return nil
    }
  }
}
