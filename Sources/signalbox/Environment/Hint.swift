import SignalboxClient

/// What to do next after the server said no. A reason without a hint has it in its message.
enum Hint {
  static func text(for error: ClientError) -> String? {
    guard let reason = error.reason else { return withoutReason(error) }
    // A connection that was never accepted ends with the same words as one that is no longer.
    if reason == .unauthenticated, error.message.contains("who speaks on this connection") { return otherToken }
    return text(for: reason, retryAfter: error.retryAfter, cursor: error.cursor)
  }

  private static let login = "log in with `signalbox login`, give `--token-file PATH`, or set SIGNALBOX_TOKEN"
  private static let otherToken =
    "the token is unknown, revoked or has expired; log in with `signalbox login`, or give another with `--token-file PATH`"

  private static func withoutReason(_ error: ClientError) -> String? {
    switch error.code {
    // The client library knows trust roots and no flags.
    case .unavailable where error.message.contains("as trust roots"):
      "give its certificate with `--ca PATH` or SIGNALBOX_CA, and with `--server` a name that the server's has"
    case .deadlineExceeded: "give it longer with `--timeout SECONDS`"
    case .unauthenticated: login
    default: nil
    }
  }

  private static func text(for reason: ErrorReason, retryAfter: Duration?, cursor: String?) -> String? {
    switch reason {
    case .tenantNotFound: "`signalbox tenant list` shows the tenants there are"
    case .organizationNotFound: "`signalbox organization list` shows the organizations there are"
    case .personNotFound: "`signalbox person list` shows the people there are"
    case .tokenNotFound: "`signalbox token list` shows the tokens there are"
    case .groupNotFound: "`signalbox group list` shows the groups there are"
    case .grantNotFound: "`signalbox access list` shows the grants there are"
    case .queueNotFound: "`signalbox queue list` shows the queues there are"
    case .registrationNotFound: "`signalbox queue registrations` shows the registrations there are"
    case .ticketNotFound: "`signalbox ticket list` shows the tickets you may browse"
    case .rulesNotFound, .noRules: "put a rule set with `signalbox rules put FILE`"
    case .alreadyExists: "choose another name, or read the one that has it"
    case .invalidField: nil
    case .notPermitted: "`signalbox describe` shows who the server takes you for"
    case .versionMismatch:
      "read it again, with `signalbox ticket get NUMBER` or `signalbox rules get`, and decide again"
    case .alreadyAssigned: "move it with `signalbox ticket reassign NUMBER --to-person HANDLE --reason TEXT`"
    case .notAssigned: "take it with `signalbox ticket take NUMBER`"
    case .alreadyThere, .limitReached: nil
    case .notAnAgent: "`signalbox access explain HANDLE own queue:QUEUE` says what is missing"
    case .queueRetired: "`signalbox queue list` shows the queues that are active"
    case .queueInUse:
      "take the queue out of the rules with `signalbox rules put FILE` and move its open tickets first, or add `--redirect-to QUEUE`"
    case .registrationDecided: "`signalbox queue registration ID` shows how it was decided"
    case .registrationState: "`signalbox queue registration history ID` shows whose turn it is"
    case .organizationHasQueue: "use the queue there is, or add `--additional` to ask for one more"
    case .noRoute: "put a rule set that names an active queue with `signalbox rules put FILE`"
    case .rulesInvalid: "`signalbox rules check FILE` shows each place"
    case .tokenRevoked, .tokenExpired, .noSecret: nil
    case .watcherNotFound: "`signalbox queue watcher list QUEUE` shows the watchers there are"
    case .watcherOptedOut: "`signalbox queue watcher opt-in QUEUE` takes it back, for the watcher alone"
    case .watcherState: nil
    case .watcherTokenNotFound: "`signalbox queue watcher resend QUEUE ADDRESS` sends another one"
    case .configurationInUse:
      "`signalbox plan -f FILE` lists all of it and says what helps"
    case .configurationVersionNotFound: "`signalbox configuration history` shows the versions there are"
    case .ruleNotFound: "`signalbox rules get` shows the active rules with their names"
    case .rulesTestsFailed: "`signalbox rules test FILE` shows what came out"
    case .ticketDone: "`signalbox ticket update NUMBER --status open` opens it again"
    case .notOffered: "`signalbox ticket offers` shows what is offered to you"
    case .quotaExceeded:
      retryAfter.map { later($0) }
        ?? "a system admin raises it with `signalbox tenant set NAME --quota QUOTA=NUMBER`; `signalbox describe --limits` shows all"
    case .authenticationThrottled: later(retryAfter)
    case .unauthenticated: login
    case .tenantRequired: "name the tenant with `--tenant NAME`; `signalbox tenant list` shows the tenants there are"
    case .keyRequired: "give `--idempotency-key` 1 to 64 bytes, or leave it out"
    case .keyReused: "leave `--idempotency-key` out, or make a new one"
    case .cursorInvalid: "start again with `--from-start`, or without a cursor"
    case .cursorTooOld:
      cursor.map { "the oldest that is kept is `--cursor \($0)`; remove the cursor file, if there is one" }
    case .overloaded, .rateLimited, .storeUnavailable, .draining, .tooManyStreams: later(retryAfter)
    case .diskFull: "tell the operator of the server; reading goes on"
    case .tooSlow: "ask for less with `--limit`"
    case .tooManyWatches: "end another watch first"
    case .internal: "tell the operator of the server; its log has the details"
    case .protocolViolation, .unknownMethod, .secondMessage, .malformedHeader, .malformedMessage, .invalidMetadata:
      "`signalbox describe` shows the server's version; this program may be too old or too new for it"
    case .messageTooLarge, .metadataTooLarge: "send less at once"
    case .deadlineExceeded:
      "give it longer with `--timeout SECONDS`; with the same `--idempotency-key` nothing happens twice"
    case .cancelled: nil
    case .slowConsumer: later(retryAfter)
    }
  }

  private static func later(_ retryAfter: Duration?) -> String {
    guard let retryAfter, retryAfter > .zero else { return "try again in a moment" }
    return "try again in \(max(1, retryAfter.components.seconds)) s"
  }
}
