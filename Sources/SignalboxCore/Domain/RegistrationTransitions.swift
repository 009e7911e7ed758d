/// What can be done with a registration once it is there.
package enum RegistrationAct: String, CaseIterable, Sendable {
  case amend
  case submit
  case requestChanges = "request changes"
  case approve
  case decline
  case withdraw
  case comment
}

/// Who acts on a registration. An admin who asked, or belongs to the organization that asked, is both.
package enum RegistrationSide: CaseIterable, Sendable {
  /// Who asked, and the members of the organization.
  case asker
  /// The tenant's admins.
  case admin
}

extension QueueRegistration.State {
  /// The one table of what is allowed: the state after the act, or nil where the side may not do it in this state.
  package func after(_ act: RegistrationAct, by side: RegistrationSide) -> QueueRegistration.State? {
    switch (self, act, side) {
    case (.draft, .amend, .asker), (.changesRequested, .amend, .asker), (.submitted, .amend, .admin): self
    case (.draft, .submit, .asker), (.changesRequested, .submit, .asker): .submitted
    case (.submitted, .requestChanges, .admin): .changesRequested
    // Not while changes are requested: an admin approves what it has seen, and the asker may be changing it.
    case (.submitted, .approve, .admin): .approved
    case (.submitted, .decline, .admin), (.changesRequested, .decline, .admin): .declined
    case (.draft, .withdraw, .asker), (.submitted, .withdraw, .asker), (.changesRequested, .withdraw, .asker):
      .withdrawn
    case (_, .comment, _): self
    default: nil
    }
  }
}

extension RegistrationSide {
  /// Whether there is any state in which the side may do it.
  func mayEver(_ act: RegistrationAct) -> Bool {
    QueueRegistration.State.allCases.contains { $0.after(act, by: self) != nil }
  }
}

extension QueueRegistration {
  /// Empty for strangers, to whom the registration does not exist.
  package func sides(of principal: Principal, in configuration: TenantConfiguration) -> Set<RegistrationSide> {
    var sides: Set<RegistrationSide> = []
    let isMember: Bool
    let access = EffectiveAccess(of: principal, in: configuration)
    if access.administers {
      sides.insert(.admin)
      // An admin speaks for every organization, but is a member of its own only.
      isMember =
        principal.person.flatMap { configuration.people[$0]?.organization }.map { $0 == queue.organization } ?? false
    } else {
      isMember = access.speaks(for: queue.organization)
    }
    if isMember || askedBy == principal.actor, access.permits(.manageQueue), !access.isLimitedToQueues {
      sides.insert(.asker)
    }
    return sides
  }
}
