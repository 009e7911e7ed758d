public import SignalboxProtocol

/// Calls about who is told by e-mail of what happens in a queue. Each throws `ClientError`, or `CancellationError` if its
/// task is cancelled. Nobody but the watcher undoes its opting out: all others fail with `watcherOptedOut`.
public struct WatchersCalls: Sendable {
  let runner: CallRunner

  /// Oneself, or others with the right `manage_watchers`. A bare address is told nothing until it is confirmed. Fails with
  /// `alreadyExists` for who is a watcher of the queue.
  public func add(_ request: AddWatcherRequest, options: CallOptions = CallOptions()) async throws -> Watcher {
    try await runner.call(Methods.AddWatcher.self, request, options)
  }

  /// Replaces what a watcher is told of. Fails with `watcherNotFound` if there is none.
  public func update(_ request: UpdateWatcherRequest, options: CallOptions = CallOptions()) async throws -> Watcher {
    try await runner.call(Methods.UpdateWatcher.self, request, options)
  }

  /// The watcher as it was.
  public func remove(_ request: RemoveWatcherRequest, options: CallOptions = CallOptions()) async throws -> Watcher {
    try await runner.call(Methods.RemoveWatcher.self, request, options)
  }

  /// All of a queue's, at most 200, in the order in which they were added.
  public func list(
    _ request: ListWatchersRequest, options: CallOptions = CallOptions()
  ) async throws -> ListWatchersResponse {
    try await runner.call(Methods.ListWatchers.self, request, options)
  }

  /// By the token of the address's mail, or as an admin. Fails with `watcherTokenNotFound` for a token that is unknown, was
  /// used or has expired.
  public func confirm(_ request: ConfirmWatcherRequest, options: CallOptions = CallOptions()) async throws -> Watcher {
    try await runner.call(Methods.ConfirmWatcher.self, request, options)
  }

  /// Sends a bare address its mail again, with another token.
  public func sendConfirmation(
    _ request: SendWatcherConfirmationRequest, options: CallOptions = CallOptions()
  ) async throws -> Watcher {
    try await runner.call(Methods.SendWatcherConfirmation.self, request, options)
  }

  /// The caller's person of a queue, or an address by the token of its mail.
  public func optOut(_ request: OptOutWatcherRequest, options: CallOptions = CallOptions()) async throws -> Watcher {
    try await runner.call(Methods.OptOutWatcher.self, request, options)
  }

  /// The same, the other way. Fails with `watcherState` for who has not opted out.
  public func optIn(_ request: OptInWatcherRequest, options: CallOptions = CallOptions()) async throws -> Watcher {
    try await runner.call(Methods.OptInWatcher.self, request, options)
  }
}

extension SignalboxClient {
  public var watchers: WatchersCalls { WatchersCalls(runner: runner) }
}
