import SignalboxCore

/// A quota as a setting, for the program that reads settings and knows nothing of the domain.
package struct QuotaSetting: Sendable {
  private let quota: Quota

  /// `people_per_tenant`.
  package var name: String { quota.rawValue }
  package var standard: Int { Quotas.standard[quota] ?? 0 }
  package var most: Int { quota.most }

  package var sentence: String {
    let holder =
      switch quota {
      case .watches: "a token may have"
      case .connections: "a tenant may have"
      default: "a tenant may have, if no others are set for it"
      }
    let things = quota.things.prefix(1).uppercased() + quota.things.dropFirst()
    return "\(things) that \(holder); 0: as many as the server can hold, which is \(quota.most)."
  }

  package func set(_ value: Int, in limits: inout ServerLimits) { limits.quotas[quota] = value }

  package static let all = Quota.allCases.map { QuotaSetting(quota: $0) }
}
