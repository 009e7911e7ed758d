import ArgumentParser
import SignalboxClient

/// `people_per_tenant=500` on the command line; the number may be `standard`, which takes the tenant's own away.
struct QuotaOption: ExpressibleByArgument, Sendable {
  var name: String
  /// Nil: the server's standard.
  var value: UInt64?

  init?(argument: String) {
    let parts = argument.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
    guard parts.count == 2, !parts[0].isEmpty else { return nil }
    name = parts[0]
    guard parts[1] != "standard" else { return }
    guard let value = UInt64(parts[1]) else { return nil }
    self.value = value
  }

  func applied(to quotas: [Quota]) -> [Quota] {
    let quotas = quotas.filter { $0.name != name }
    guard let value else { return quotas }
    var quota = Quota()
    quota.name = name
    quota.value = value
    return quotas + [quota]
  }
}
