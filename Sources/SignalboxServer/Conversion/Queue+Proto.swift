import SignalboxCore
import SignalboxProtocol

extension ProtoQueue {
  /// The queue as those see it who speak by the access: its watchers are for those who browse it.
  init(_ queue: Queue, in configuration: TenantConfiguration, for access: EffectiveAccess) {
    self.init(queue, in: configuration)
    if !access.browses(queue.id) { watchers = [] }
  }

  init(_ queue: Queue, in configuration: TenantConfiguration) {
    self.init()
    name = queue.name
    kind = ProtoQueueKind(queue.kind)
    organization = configuration.organizations[queue.organization]?.name ?? ""
    description_p = queue.description
    agents = queue.agents.compactMap { configuration.people[$0]?.handle }
    watchers = queue.watchers.filter { $0.optedOutAt == nil }.map(configuration.wish)
    defaultAssignee = queue.defaultAssignee.flatMap { configuration.people[$0]?.handle } ?? ""
    keywords = queue.keywords
    state = ProtoQueueState(queue.state)
    redirect = queue.redirect.flatMap { configuration.queues[$0]?.name } ?? ""
  }
}

extension ProtoQueueRegistration {
  init(_ registration: QueueRegistration, in configuration: TenantConfiguration) {
    self.init()
    id = UInt64(clamping: registration.id.value)
    state = ProtoRegistrationState(registration.state)
    queue = ProtoQueue(registration.queue, in: configuration)
    askedBy = registration.askedBy.name
    askedAtMs = registration.askedAt.milliseconds
    decidedBy = registration.decidedBy?.name ?? ""
    decidedAtMs = registration.decidedAt?.milliseconds ?? 0
    answer = registration.answer
    additional = registration.isAdditional
  }
}

extension ProtoQueueKind {
  init(_ kind: Queue.Kind) {
    switch kind {
    case .resourceProvider: self = .resourceProvider
    case .awardee: self = .awardee
    case .internal: self = .internal
    }
  }
}

extension Queue.Kind {
  init?(_ kind: ProtoQueueKind) {
    switch kind {
    case .resourceProvider: self = .resourceProvider
    case .awardee: self = .awardee
    case .internal: self = .internal
    case .unspecified, .UNRECOGNIZED: return nil
    }
  }
}

extension ProtoQueueState {
  init(_ state: Queue.State) {
    switch state {
    case .active: self = .active
    case .retired: self = .retired
    }
  }
}

extension ProtoRegistrationState {
  init(_ state: QueueRegistration.State) {
    switch state {
    case .draft: self = .draft
    case .submitted: self = .submitted
    case .changesRequested: self = .changesRequested
    case .approved: self = .approved
    case .declined: self = .declined
    case .withdrawn: self = .withdrawn
    }
  }
}

extension QueueRegistration.State {
  init?(_ state: ProtoRegistrationState) {
    switch state {
    case .draft: self = .draft
    case .submitted: self = .submitted
    case .changesRequested: self = .changesRequested
    case .approved: self = .approved
    case .declined: self = .declined
    case .withdrawn: self = .withdrawn
    case .unspecified, .UNRECOGNIZED: return nil
    }
  }
}
