/// Somebody the tenant knows by a log-in name.
package struct Person: Equatable, Sendable {
  package var id: PersonID
  package var handle: String
  package var displayName: String
  package var email: String
  /// Nil for people outside every organization.
  package var organization: OrganizationID?
  /// Nil for one who is there.
  package var absence: Absence?
  /// Nobody finds the person any more and no token speaks for them; history keeps the handle. They are back when a person
  /// of the handle is made.
  package var isRemoved: Bool
  package var availability: Availability

  package init(
    id: PersonID, handle: String, displayName: String, email: String, organization: OrganizationID?,
    absence: Absence? = nil, isRemoved: Bool = false, availability: Availability = Availability()
  ) {
    self.id = id
    self.handle = handle
    self.displayName = displayName
    self.email = email
    self.organization = organization
    self.absence = absence
    self.isRemoved = isRemoved
    self.availability = availability
  }
}

/// A time in which somebody gets no tickets by default; who has some keeps them.
package struct Absence: Equatable, Sendable {
  package var from: Timestamp
  /// The first moment after it.
  package var until: Timestamp
  /// Gets the tickets meanwhile; nil: nobody.
  package var substitute: PersonID?

  package init(from: Timestamp, until: Timestamp, substitute: PersonID?) {
    self.from = from
    self.until = until
    self.substitute = substitute
  }

  package func covers(_ instant: Timestamp) -> Bool { from <= instant && instant < until }

  func overlaps(_ other: Absence) -> Bool { from < other.until && other.from < until }
}
