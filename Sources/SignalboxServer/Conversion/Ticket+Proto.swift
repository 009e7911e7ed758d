import Foundation
import SignalboxCore
import SignalboxProtocol

extension ProtoTicket {
  init(_ ticket: Ticket, in configuration: TenantConfiguration) {
    self.init()
    number = UInt64(clamping: ticket.number.value)
    version = UInt64(clamping: ticket.version)
    subject = ticket.subject
    body = ticket.body
    requester = ticket.requester
    channel = ticket.channel
    category = ticket.category
    resource = ticket.resource
    tags = ticket.tags
    status = ProtoTicketStatus(ticket.status)
    priority = ProtoPriority(ticket.priority)
    queue = configuration.queues[ticket.queue]?.name ?? ""
    assignee = ticket.assignee.flatMap { configuration.people[$0]?.handle } ?? ""
    unassignedReason = ticket.unassignedReason
    referrers = ticket.referrers.compactMap { configuration.organizations[$0]?.name }
    createdAtMs = ticket.createdAt.milliseconds
    updatedAtMs = ticket.updatedAt.milliseconds
    fields = ticket.fields
    type = ticket.type
    dueAtMs = ticket.dueAt?.milliseconds ?? 0
  }
}

extension ProtoTicketStatus {
  init(_ status: Ticket.Status) {
    switch status {
    case .new: self = .new
    case .open: self = .open
    case .pending: self = .pending
    case .solved: self = .solved
    case .closed: self = .closed
    }
  }
}

extension Ticket.Status {
  init?(_ status: ProtoTicketStatus) {
    switch status {
    case .new: self = .new
    case .open: self = .open
    case .pending: self = .pending
    case .solved: self = .solved
    case .closed: self = .closed
    case .unspecified, .UNRECOGNIZED: return nil
    }
  }
}

extension ProtoPriority {
  init(_ priority: Ticket.Priority) {
    switch priority {
    case .low: self = .low
    case .normal: self = .normal
    case .high: self = .high
    case .urgent: self = .urgent
    }
  }
}

extension Ticket.Priority {
  init?(_ priority: ProtoPriority) {
    switch priority {
    case .low: self = .low
    case .unspecified, .normal: self = .normal
    case .high: self = .high
    case .urgent: self = .urgent
    case .UNRECOGNIZED: return nil
    }
  }
}

extension ProtoRuleSet {
  init(_ record: RuleSetRecord, isActive: Bool) {
    self.init()
    name = record.name
    version = UInt32(clamping: record.version)
    hash = Data(record.hash)
    text = record.text
    keptAtMs = record.keptAt.milliseconds
    keptBy = record.keptBy.name
    active = isActive
    guard let activation = record.activation else { return }
    activatedAtMs = activation.at.milliseconds
    activatedBy = activation.by.name
    reason = activation.reason
  }
}

extension ProtoRuleActivation {
  init(_ entry: RuleActivation, after previous: RuleActivation?) {
    self.init()
    previousHash = Data(previous?.hash ?? [])
    revision = UInt64(clamping: entry.revision.value)
    hash = Data(entry.hash)
    name = entry.name
    version = UInt32(clamping: entry.version)
    activatedAtMs = entry.activation.at.milliseconds
    activatedBy = entry.activation.by.name
    reason = entry.activation.reason
  }
}

extension ProtoEvent {
  init(_ recorded: RecordedEvent) {
    self.init()
    let event = recorded.event
    revision = UInt64(clamping: recorded.revision.value)
    kind = event.kind.rawValue
    ticket = UInt64(clamping: event.ticket?.value ?? 0)
    ticketVersion = UInt64(clamping: event.ticketVersion)
    actor = recorded.actor.name
    atMs = recorded.at.milliseconds
    changes = event.changes.map(ProtoFieldChange.init)
    reason = event.reason
    subject = event.subject
    registration = UInt64(clamping: event.registration?.value ?? 0)
    if let decision = event.decision { self.decision = ProtoDecision(decision) }
  }
}

extension ProtoFieldChange {
  init(_ change: Event.FieldChange) {
    self.init()
    field = change.field
    before = change.before ?? ""
    after = change.after ?? ""
  }
}
