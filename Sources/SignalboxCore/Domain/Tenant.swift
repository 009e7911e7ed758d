/// A help desk with its own people, queues, rules and tickets, which no other tenant can see.
package struct Tenant: Equatable, Sendable {
  package struct Settings: Equatable, Sendable {
    /// Form of awardee queue names; empty: any name.
    package var awardeeQueuePattern: String
    /// Form of the names of resource providers' queues; empty: any name.
    package var resourceProviderQueuePattern: String
    /// Categories a ticket may carry; empty: any.
    package var categories: [String]
    /// By which rules tell the time.
    package var timeZone: TenantTimeZone

    package init(
      awardeeQueuePattern: String = "", resourceProviderQueuePattern: String = "", categories: [String] = [],
      timeZone: TenantTimeZone = .utc
    ) {
      self.awardeeQueuePattern = awardeeQueuePattern
      self.resourceProviderQueuePattern = resourceProviderQueuePattern
      self.categories = categories
      self.timeZone = timeZone
    }

    /// Empty where any name will do.
    package func queuePattern(of kind: Queue.Kind) -> String {
      switch kind {
      case .resourceProvider: resourceProviderQueuePattern
      case .awardee: awardeeQueuePattern
      case .internal: ""
      }
    }
  }

  package var id: TenantID
  package var name: String
  package var displayName: String
  package var settings: Settings
  /// What a system admin has set for this tenant, in place of the server's standard.
  package var quotas = Quotas()
  package var createdAt: Timestamp

  package init(id: TenantID, name: String, displayName: String, settings: Settings, createdAt: Timestamp) {
    self.id = id
    self.name = name
    self.displayName = displayName
    self.settings = settings
    self.createdAt = createdAt
  }
}
