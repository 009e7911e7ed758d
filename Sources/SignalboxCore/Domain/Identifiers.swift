/// A number that names one thing of a kind within its tenant; never shown to people, who use names.
///
/// Each is the tenant's revision at which the thing was made, so ids rise and are never used again.
package struct ID<Kind>: Hashable, Sendable {
  package var value: Int64

  package init(_ value: Int64) {
    self.value = value
  }
}

package enum TenantTag: Sendable {}
package enum OrganizationTag: Sendable {}
package enum PersonTag: Sendable {}
package enum QueueTag: Sendable {}
package enum RegistrationTag: Sendable {}
package enum TokenTag: Sendable {}
package enum TicketTag: Sendable {}
package enum GroupTag: Sendable {}
package enum GrantTag: Sendable {}
package enum CommentTag: Sendable {}

package typealias TenantID = ID<TenantTag>
package typealias OrganizationID = ID<OrganizationTag>
package typealias PersonID = ID<PersonTag>
package typealias QueueID = ID<QueueTag>
package typealias RegistrationID = ID<RegistrationTag>
package typealias TokenID = ID<TokenTag>
package typealias TicketNumber = ID<TicketTag>
package typealias GroupID = ID<GroupTag>
package typealias GrantID = ID<GrantTag>
package typealias CommentNumber = ID<CommentTag>

extension TenantID {
  /// The tenant that the server itself is: it owns system admins' tokens and the list of tenants.
  package static var system: TenantID { TenantID(0) }
}

/// Counts the changes of a tenant; each change has its own. The watch cursor and the source of ids.
package struct Revision: Hashable, Comparable, Sendable {
  package var value: Int64

  package init(_ value: Int64) {
    self.value = value
  }

  package static func < (left: Revision, right: Revision) -> Bool {
    left.value < right.value
  }
}

/// Milliseconds since 1970, UTC. Core has no clock: each instant is given to it.
package struct Timestamp: Hashable, Comparable, Sendable {
  package var milliseconds: Int64

  package init(milliseconds: Int64) {
    self.milliseconds = milliseconds
  }

  package static func < (left: Timestamp, right: Timestamp) -> Bool {
    left.milliseconds < right.milliseconds
  }
}
