/// A resource provider, an awardee's track, a partner, or a part of the tenant itself.
package struct Organization: Equatable, Sendable {
  package enum Kind: String, CaseIterable, Sendable {
    case resourceProvider = "resource_provider"
    case awardee
    case partner
    case `internal`
  }

  package var id: OrganizationID
  package var name: String
  package var kind: Kind
  package var displayName: String
  /// Nobody finds it any more; what happened to it keeps its name. It is back when one of its name is made.
  package var isRemoved: Bool

  package init(id: OrganizationID, name: String, kind: Kind, displayName: String, isRemoved: Bool = false) {
    self.id = id
    self.name = name
    self.kind = kind
    self.displayName = displayName
    self.isRemoved = isRemoved
  }
}
