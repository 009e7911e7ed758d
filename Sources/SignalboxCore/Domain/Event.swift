/// Who did something, as history shows it: a person's handle, or the name of a token that speaks for no person.
package struct Actor: Hashable, Sendable {
  package var name: String

  package init(name: String) {
    self.name = name
  }
}

/// One change of a tenant, as history, watches and the audit see it. Made by a decision, numbered by the commit.
package struct Event: Equatable, Sendable {
  package enum Kind: String, CaseIterable, Sendable {
    case tenantCreated = "tenant.created"
    case tenantSettingsChanged = "tenant.settings_changed"
    case organizationCreated = "organization.created"
    case personCreated = "person.created"
    case personAbsenceChanged = "person.absence_changed"
    case groupCreated = "group.created"
    case groupMembersChanged = "group.members_changed"
    case roleGranted = "role.granted"
    case grantRevoked = "grant.revoked"
    case tokenCreated = "token.created"
    case tokenRevoked = "token.revoked"
    case tokenRotated = "token.rotated"
    case queueRegistered = "queue.registered"
    case queueApproved = "queue.approved"
    case queueDeclined = "queue.declined"
    case queueRetired = "queue.retired"
    case registrationDrafted = "registration.drafted"
    case registrationAmended = "registration.amended"
    case registrationSubmitted = "registration.submitted"
    case registrationChangesRequested = "registration.changes_requested"
    case registrationWithdrawn = "registration.withdrawn"
    case registrationCommented = "registration.commented"
    case rulesStaged = "rules.staged"
    case rulesActivated = "rules.activated"
    case ticketCreated = "ticket.created"
    case ticketTaken = "ticket.taken"
    case ticketStolen = "ticket.stolen"
    case ticketReleased = "ticket.released"
    case ticketReassignedInternally = "ticket.reassigned_internally"
    case ticketReassignedExternally = "ticket.reassigned_externally"
    case ticketUpdated = "ticket.updated"
    case ticketCommented = "ticket.commented"
    /// Of the events of a ticket the one that is only for those who browse its queue.
    case ticketNoted = "ticket.noted"
    case watcherAdded = "watcher.added"
    case watcherChanged = "watcher.changed"
    case watcherRemoved = "watcher.removed"
    case watcherConfirmed = "watcher.confirmed"
    case watcherConfirmationSent = "watcher.confirmation_sent"
    case watcherOptedOut = "watcher.opted_out"
    case watcherOptedIn = "watcher.opted_in"
    case queueCreated = "queue.created"
    case configurationApplied = "configuration.applied"
    case personPresenceChanged = "person.presence_changed"
    case personCapacityChanged = "person.capacity_changed"
    case ticketAssigned = "ticket.assigned"
    case ticketWaiting = "ticket.waiting"
    case ticketOffered = "ticket.offered"
    case ticketOfferAccepted = "ticket.offer_accepted"
    case ticketOfferRejected = "ticket.offer_rejected"
    case ticketOfferExpired = "ticket.offer_expired"
    case rulesShadowSet = "rules.shadow_set"
    case rulesShadowEnded = "rules.shadow_ended"
    /// Rules changed what the ticket says of itself.
    case ticketClassified = "ticket.classified"
    /// Rules moved it.
    case ticketRouted = "ticket.routed"
    /// Rules moved it so often that it was sent to triage, and they may not move it until a person acts on it.
    case ticketRulesStopped = "ticket.rules_stopped"
    /// Rules of `escalate` fired since time has passed.
    case ticketEscalated = "ticket.escalated"
  }

  /// A field before and after; nil where there was or is nothing. Values are as people read them.
  package struct FieldChange: Equatable, Sendable {
    package var field: String
    package var before: String?
    package var after: String?

    package init(_ field: String, from before: String?, to after: String?) {
      self.field = field
      self.before = before
      self.after = after
    }
  }

  /// The fields of something new, without those that are empty.
  static func made(_ fields: (name: String, value: String)...) -> [FieldChange] {
    fields.filter { !$0.value.isEmpty }.map { FieldChange($0.name, from: nil, to: $0.value) }
  }

  package var kind: Kind
  package var ticket: TicketNumber?
  package var ticketVersion: Int64
  /// The queue the ticket was in before, and is in after; both decide who sees the event.
  package var queueBefore: QueueID?
  package var queueAfter: QueueID?
  /// What it is about, beside a ticket: the name of the queue, the handle of the person.
  package var subject: String
  package var reason: String
  package var changes: [FieldChange]
  package var decision: DecisionRecord?
  /// The registration it is about; its history is these events.
  package var registration: RegistrationID?

  package init(
    _ kind: Kind, ticket: TicketNumber? = nil, ticketVersion: Int64 = 0, queueBefore: QueueID? = nil,
    queueAfter: QueueID? = nil, subject: String = "", reason: String = "", changes: [FieldChange] = [],
    decision: DecisionRecord? = nil, registration: RegistrationID? = nil
  ) {
    self.kind = kind
    self.ticket = ticket
    self.ticketVersion = ticketVersion
    self.queueBefore = queueBefore
    self.queueAfter = queueAfter
    self.subject = subject
    self.reason = reason
    self.changes = changes
    self.decision = decision
    self.registration = registration
  }
}

/// An event as it was committed.
package struct RecordedEvent: Equatable, Sendable {
  package var revision: Revision
  package var actor: Actor
  package var at: Timestamp
  package var event: Event

  package init(revision: Revision, actor: Actor, at: Timestamp, event: Event) {
    self.revision = revision
    self.actor = actor
    self.at = at
    self.event = event
  }
}
