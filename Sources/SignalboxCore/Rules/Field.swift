/// What a condition may look at. The numbers are stored in decision records: never change or reuse one.
package enum Field: UInt8, CaseIterable, Sendable {
  case subject = 1, body
  /// Subject and body. A word or phrase stands in one of them; none runs across.
  case text
  case category, resource, channel
  /// The requester's address.
  case requester
  /// What follows the last `@` of the address; absent if there is none.
  case requesterDomain
  /// The requester's organization.
  case organization
  case tag, priority

  enum Kind {
    /// Any text.
    case text
    /// More than one text; can be searched, not compared.
    case joinedText
    /// A short name, which may be written without quotes.
    case name
    /// A set; `==` asks whether the value is in it.
    case set
    /// A name out of `Field.priorities`.
    case priority
  }

  static let priorities = ["low", "normal", "high", "urgent"]

  /// One more than the largest number.
  static let numbers = 12

  package var name: String {
    switch self {
    case .subject: "subject"
    case .body: "body"
    case .text: "text"
    case .category: "category"
    case .resource: "resource"
    case .channel: "channel"
    case .requester: "requester"
    case .requesterDomain: "requester-domain"
    case .organization: "organization"
    case .tag: "tag"
    case .priority: "priority"
    }
  }

  init?(name: String) {
    guard let field = Self.allCases.first(where: { $0.name == name }) else { return nil }
    self = field
  }

  var kind: Kind {
    switch self {
    case .subject, .body, .category, .resource, .requester, .requesterDomain, .organization: .text
    case .text: .joinedText
    case .channel: .name
    case .tag: .set
    case .priority: .priority
    }
  }

  /// The fields that hold the texts searched: two for `text`, itself for all others.
  var parts: [Field] { self == .text ? [.subject, .body] : [self] }

  /// Whether values of the field may be written without quotes.
  var takesBareValues: Bool {
    switch kind {
    case .name, .priority: true
    case .text, .joinedText, .set: false
    }
  }

  /// A bit for each field that can be searched for words; `text` has those of its parts.
  var wordBits: UInt8 {
    switch self {
    case .subject: 1
    case .body: 2
    case .text: 3
    case .category: 4
    case .resource: 8
    case .requester: 16
    case .requesterDomain: 32
    case .organization: 64
    case .channel, .tag, .priority: 0
    }
  }
}
