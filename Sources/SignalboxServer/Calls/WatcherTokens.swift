import SignalboxCore
import SignalboxProtocol
import SignalboxStore
import SignalboxTLS

extension WatcherSecret {
  private static let prefix = "sbw1."
  private static let longestText = 128

  /// `sbw1.<43 characters>`.
  static func make() -> WatcherSecret {
    let text = prefix + BearerToken.makeSecret()
    return WatcherSecret(text: text, hash: hash(text))
  }

  private static func hash(_ text: String) -> [UInt8] { Digest.sha256(Array(text.utf8)) }

  /// Nil for what has not the form of one.
  static func hash(of text: String) -> [UInt8]? {
    text.utf8.count <= longestText && text.hasPrefix(prefix) ? hash(text) : nil
  }
}

extension WriteScope {
  /// - Parameter text: as the caller shows it; nil for none.
  func facts(ofWatcherToken text: String?) throws -> WatcherTokenFacts {
    let hash = text.flatMap(WatcherSecret.hash(of:))
    return WatcherTokenFacts(
      token: try hash.flatMap { try transaction.first(WatcherQueries.token(withHash: $0, of: tenant)) })
  }

  /// Commits a change of a watcher and says what became of it; never the token.
  mutating func answer(_ decided: Decided<QueueWatcher>) throws -> ProtoWatcher {
    let outcome = try commit(decided)
    return ProtoWatcher(outcome.watcher, of: outcome.queue, in: situation.configuration)
  }
}
