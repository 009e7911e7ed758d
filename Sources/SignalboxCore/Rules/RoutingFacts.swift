/// What the route phase may know of a ticket. A snapshot: nothing is looked up while rules run.
///
/// Of each text at most `RuleLimits.factBytes` are read.
package struct RoutingFacts: Equatable, Sendable {
  package var subject: String
  package var body: String
  package var category: String?
  package var resource: String?
  package var channel: String
  /// The address.
  package var requester: String?
  package var requesterOrganization: String?
  package var tags: [String]
  /// `low`, `normal`, `high` or `urgent`.
  package var priority: String

  package init(
    subject: String, body: String, category: String? = nil, resource: String? = nil, channel: String,
    requester: String? = nil, requesterOrganization: String? = nil, tags: [String] = [], priority: String = "normal"
  ) {
    self.subject = subject
    self.body = body
    self.category = category
    self.resource = resource
    self.channel = channel
    self.requester = requester
    self.requesterOrganization = requesterOrganization
    self.tags = tags
    self.priority = priority
  }

  /// The value of a field that has a single one; nil if absent, and for `text` and `tag`.
  func value(of field: Field) -> String? {
    switch field {
    case .subject: subject
    case .body: body
    case .category: category
    case .resource: resource
    case .channel: channel
    case .requester: requester
    case .requesterDomain: requesterDomain
    case .organization: requesterOrganization
    case .priority: priority
    case .text, .tag: nil
    }
  }

  private var requesterDomain: String? {
    guard let requester, let at = requester.utf8.lastIndex(of: 0x40) else { return nil }
    let domain = requester[requester.utf8.index(after: at)...]
    return domain.isEmpty ? nil : String(domain)
  }
}

/// The keywords that a queue registered.
package struct QueueKeywords: Equatable, Sendable {
  package var queue: String
  package var keywords: [String]

  package init(queue: String, keywords: [String]) {
    self.queue = queue
    self.keywords = keywords
  }
}
