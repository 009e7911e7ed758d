// Made by scripts/generate from Protocol/. Do not edit.

public import SignalboxWire

/// Every reason with which the protocol says no.
public enum ErrorReason: String, CaseIterable, Sendable {
  /// no such tenant, or none the caller may know of
  case tenantNotFound = "TENANT_NOT_FOUND"
  /// no organization of that name in the tenant
  case organizationNotFound = "ORGANIZATION_NOT_FOUND"
  /// no person of that handle in the tenant
  case personNotFound = "PERSON_NOT_FOUND"
  /// no token of that name in the tenant
  case tokenNotFound = "TOKEN_NOT_FOUND"
  /// no group of that name in the tenant
  case groupNotFound = "GROUP_NOT_FOUND"
  /// no such grant in the tenant, or it was revoked before
  case grantNotFound = "GRANT_NOT_FOUND"
  /// no queue of that name in the tenant; another tenant's queue answers the same
  case queueNotFound = "QUEUE_NOT_FOUND"
  /// no such queue registration, or none the caller may see
  case registrationNotFound = "REGISTRATION_NOT_FOUND"
  /// no such ticket, or none the caller may browse
  case ticketNotFound = "TICKET_NOT_FOUND"
  /// the tenant has no such rule set
  case rulesNotFound = "RULES_NOT_FOUND"
  /// the name is taken; choose another, or read the one that has it
  case alreadyExists = "ALREADY_EXISTS"
  /// a field of the request is missing, too long or not of its form; the violations name each
  case invalidField = "INVALID_FIELD"
  /// the caller is known and may see the thing, but not do this with it
  case notPermitted = "NOT_PERMITTED"
  /// the thing was changed since it was read; read it again and decide again
  case versionMismatch = "VERSION_MISMATCH"
  /// the ticket has an assignee already; reassign it instead of taking it
  case alreadyAssigned = "ALREADY_ASSIGNED"
  /// nobody has the ticket; take it instead of stealing it
  case notAssigned = "NOT_ASSIGNED"
  /// the ticket is in that queue, or with that person, already
  case alreadyThere = "ALREADY_THERE"
  /// the new assignee does not hold the right to own tickets of the queue
  case notAnAgent = "NOT_AN_AGENT"
  /// the queue takes no more tickets; choose an active one
  case queueRetired = "QUEUE_RETIRED"
  /// the active rule set routes to the queue or open tickets are in it; the message lists them
  case queueInUse = "QUEUE_IN_USE"
  /// the registration was approved, declined or withdrawn before
  case registrationDecided = "REGISTRATION_DECIDED"
  /// the registration is not in a state that allows this; the message says whose turn it is
  case registrationState = "REGISTRATION_STATE"
  /// the organization has an active queue of that kind, which the message names; use it, or set `additional`
  case organizationHasQueue = "ORGANIZATION_HAS_QUEUE"
  /// the tenant has no active rule set, so a ticket has nowhere to go; put one with `rules put`
  case noRules = "NO_RULES"
  /// every queue the rules would choose is retired; put a rule set that names an active one
  case noRoute = "NO_ROUTE"
  /// the rule set has errors; the violations give line, column and what was expected
  case rulesInvalid = "RULES_INVALID"
  /// the token was revoked before
  case tokenRevoked = "TOKEN_REVOKED"
  /// there are as many of these in one place as there can be; the message says what to do instead
  case limitReached = "LIMIT_REACHED"
  /// the token has expired; make another one
  case tokenExpired = "TOKEN_EXPIRED"
  /// the token stands for a client certificate and has no secret
  case noSecret = "NO_SECRET"
  /// the queue has no such watcher
  case watcherNotFound = "WATCHER_NOT_FOUND"
  /// the watcher opted out and only the watcher can opt in again, by its own token or the one of its mail
  case watcherOptedOut = "WATCHER_OPTED_OUT"
  /// the watcher is not in a state that allows this; the message says which it is in
  case watcherState = "WATCHER_STATE"
  /// no watcher of the tenant waits for the token: it is unknown, was used, was replaced or has expired
  case watcherTokenNotFound = "WATCHER_TOKEN_NOT_FOUND"
  /// what the document removes is in use; the message lists it and says how to go on
  case configurationInUse = "CONFIGURATION_IN_USE"
  /// the tenant has no such version of its configuration, or it is no longer kept
  case configurationVersionNotFound = "CONFIGURATION_VERSION_NOT_FOUND"
  /// the ticket is not offered to the caller, or the time of the offer has passed; take it if the right is there
  case notOffered = "NOT_OFFERED"
  /// the tenant, or the token, has as many of these as it may; the status says which quota and, where waiting helps, when to come again
  case quotaExceeded = "QUOTA_EXCEEDED"
  /// no rule of that name in the rule set
  case ruleNotFound = "RULE_NOT_FOUND"
  /// tests in the rule set fail; each violation names one and says what came out
  case rulesTestsFailed = "RULES_TESTS_FAILED"
  /// the ticket is solved or closed, so there is nothing to be done about it; give it another status first
  case ticketDone = "TICKET_DONE"
  /// no token, or one that is unknown, revoked or expired
  case unauthenticated = "UNAUTHENTICATED"
  /// too many tokens from this address were refused; tokens are looked at again after the time given
  case authenticationThrottled = "AUTHENTICATION_THROTTLED"
  /// a system admin names the tenant in the metadata entry `tenant`
  case tenantRequired = "TENANT_REQUIRED"
  /// the method changes something and the call has no idempotency key of 1 to 64 bytes
  case keyRequired = "KEY_REQUIRED"
  /// the idempotency key was used for another request; make a new one
  case keyReused = "KEY_REUSED"
  /// the cursor or page was not made by this server for this tenant
  case cursorInvalid = "CURSOR_INVALID"
  /// events after the cursor are no longer kept; the status carries the oldest cursor
  case cursorTooOld = "CURSOR_TOO_OLD"
  /// more calls a second than the tenant or the token may make; the status says which limit and when to come again
  case rateLimited = "RATE_LIMITED"
  /// the server has as much waiting as it takes
  case overloaded = "OVERLOADED"
  /// the store has no room; reading goes on, and writing resumes when there is room
  case diskFull = "DISK_FULL"
  /// the store cannot acknowledge anything at present
  case storeUnavailable = "STORE_UNAVAILABLE"
  /// the read took longer than a snapshot may live; ask for a smaller page
  case tooSlow = "TOO_SLOW"
  /// the connection follows as many watches as it may
  case tooManyWatches = "TOO_MANY_WATCHES"
  /// a fault of the server's own; its log has the details under the trace id
  case `internal` = "INTERNAL"
  /// the server is going down; connect again
  case draining = "DRAINING"
  /// more calls at the same time than the server's HELLO allows
  case tooManyStreams = "TOO_MANY_STREAMS"
  /// the peer broke the protocol in a way that ends the connection
  case protocolViolation = "PROTOCOL_VIOLATION"
  /// the message is larger than max_message
  case messageTooLarge = "MESSAGE_TOO_LARGE"
  /// more than 8 KiB or 32 entries of metadata
  case metadataTooLarge = "METADATA_TOO_LARGE"
  /// a metadata key is not of lower-case letters, digits and `-`, or is too long
  case invalidMetadata = "INVALID_METADATA"
  /// the call header does not decode
  case malformedHeader = "MALFORMED_HEADER"
  /// the message does not decode as the method's request
  case malformedMessage = "MALFORMED_MESSAGE"
  /// no method has this number; see Describe
  case unknownMethod = "UNKNOWN_METHOD"
  /// the call takes one message only
  case secondMessage = "SECOND_MESSAGE"
  /// the time given for the call is over; what was committed stays, the same key gets the answer
  case deadlineExceeded = "DEADLINE_EXCEEDED"
  /// the caller cancelled
  case cancelled = "CANCELLED"
  /// the watch was not read for too long; resume from the cursor
  case slowConsumer = "SLOW_CONSUMER"
}

extension ErrorReason {
  public var code: StatusCode {
    switch self {
    case .tenantNotFound: .notFound
    case .organizationNotFound: .notFound
    case .personNotFound: .notFound
    case .tokenNotFound: .notFound
    case .groupNotFound: .notFound
    case .grantNotFound: .notFound
    case .queueNotFound: .notFound
    case .registrationNotFound: .notFound
    case .ticketNotFound: .notFound
    case .rulesNotFound: .notFound
    case .alreadyExists: .alreadyExists
    case .invalidField: .invalidArgument
    case .notPermitted: .permissionDenied
    case .versionMismatch: .aborted
    case .alreadyAssigned: .failedPrecondition
    case .notAssigned: .failedPrecondition
    case .alreadyThere: .failedPrecondition
    case .notAnAgent: .failedPrecondition
    case .queueRetired: .failedPrecondition
    case .queueInUse: .failedPrecondition
    case .registrationDecided: .failedPrecondition
    case .registrationState: .failedPrecondition
    case .organizationHasQueue: .failedPrecondition
    case .noRules: .failedPrecondition
    case .noRoute: .failedPrecondition
    case .rulesInvalid: .invalidArgument
    case .tokenRevoked: .failedPrecondition
    case .limitReached: .failedPrecondition
    case .tokenExpired: .failedPrecondition
    case .noSecret: .failedPrecondition
    case .watcherNotFound: .notFound
    case .watcherOptedOut: .failedPrecondition
    case .watcherState: .failedPrecondition
    case .watcherTokenNotFound: .notFound
    case .configurationInUse: .failedPrecondition
    case .configurationVersionNotFound: .notFound
    case .notOffered: .failedPrecondition
    case .quotaExceeded: .resourceExhausted
    case .ruleNotFound: .notFound
    case .rulesTestsFailed: .invalidArgument
    case .ticketDone: .failedPrecondition
    case .unauthenticated: .unauthenticated
    case .authenticationThrottled: .resourceExhausted
    case .tenantRequired: .invalidArgument
    case .keyRequired: .invalidArgument
    case .keyReused: .failedPrecondition
    case .cursorInvalid: .invalidArgument
    case .cursorTooOld: .outOfRange
    case .rateLimited: .resourceExhausted
    case .overloaded: .resourceExhausted
    case .diskFull: .resourceExhausted
    case .storeUnavailable: .unavailable
    case .tooSlow: .deadlineExceeded
    case .tooManyWatches: .resourceExhausted
    case .`internal`: .internal
    case .draining: .unavailable
    case .tooManyStreams: .resourceExhausted
    case .protocolViolation: .internal
    case .messageTooLarge: .resourceExhausted
    case .metadataTooLarge: .resourceExhausted
    case .invalidMetadata: .invalidArgument
    case .malformedHeader: .invalidArgument
    case .malformedMessage: .invalidArgument
    case .unknownMethod: .unimplemented
    case .secondMessage: .unimplemented
    case .deadlineExceeded: .deadlineExceeded
    case .cancelled: .cancelled
    case .slowConsumer: .resourceExhausted
    }
  }

  package var retry: Retry {
    switch self {
    case .tenantNotFound: .never
    case .organizationNotFound: .never
    case .personNotFound: .never
    case .tokenNotFound: .never
    case .groupNotFound: .never
    case .grantNotFound: .never
    case .queueNotFound: .never
    case .registrationNotFound: .never
    case .ticketNotFound: .never
    case .rulesNotFound: .never
    case .alreadyExists: .never
    case .invalidField: .never
    case .notPermitted: .never
    case .versionMismatch: .never
    case .alreadyAssigned: .never
    case .notAssigned: .never
    case .alreadyThere: .never
    case .notAnAgent: .never
    case .queueRetired: .never
    case .queueInUse: .never
    case .registrationDecided: .never
    case .registrationState: .never
    case .organizationHasQueue: .never
    case .noRules: .never
    case .noRoute: .never
    case .rulesInvalid: .never
    case .tokenRevoked: .never
    case .limitReached: .never
    case .tokenExpired: .never
    case .noSecret: .never
    case .watcherNotFound: .never
    case .watcherOptedOut: .never
    case .watcherState: .never
    case .watcherTokenNotFound: .never
    case .configurationInUse: .never
    case .configurationVersionNotFound: .never
    case .notOffered: .never
    case .quotaExceeded: .never
    case .ruleNotFound: .never
    case .rulesTestsFailed: .never
    case .ticketDone: .never
    case .unauthenticated: .never
    case .authenticationThrottled: .notExecuted
    case .tenantRequired: .never
    case .keyRequired: .never
    case .keyReused: .never
    case .cursorInvalid: .never
    case .cursorTooOld: .never
    case .rateLimited: .notExecuted
    case .overloaded: .notExecuted
    case .diskFull: .notExecuted
    case .storeUnavailable: .sameKey
    case .tooSlow: .never
    case .tooManyWatches: .never
    case .`internal`: .never
    case .draining: .notExecuted
    case .tooManyStreams: .notExecuted
    case .protocolViolation: .never
    case .messageTooLarge: .never
    case .metadataTooLarge: .never
    case .invalidMetadata: .never
    case .malformedHeader: .never
    case .malformedMessage: .never
    case .unknownMethod: .never
    case .secondMessage: .never
    case .deadlineExceeded: .sameKey
    case .cancelled: .never
    case .slowConsumer: .sameKey
    }
  }

  public var meaning: String {
    switch self {
    case .tenantNotFound: "no such tenant, or none the caller may know of"
    case .organizationNotFound: "no organization of that name in the tenant"
    case .personNotFound: "no person of that handle in the tenant"
    case .tokenNotFound: "no token of that name in the tenant"
    case .groupNotFound: "no group of that name in the tenant"
    case .grantNotFound: "no such grant in the tenant, or it was revoked before"
    case .queueNotFound: "no queue of that name in the tenant; another tenant's queue answers the same"
    case .registrationNotFound: "no such queue registration, or none the caller may see"
    case .ticketNotFound: "no such ticket, or none the caller may browse"
    case .rulesNotFound: "the tenant has no such rule set"
    case .alreadyExists: "the name is taken; choose another, or read the one that has it"
    case .invalidField: "a field of the request is missing, too long or not of its form; the violations name each"
    case .notPermitted: "the caller is known and may see the thing, but not do this with it"
    case .versionMismatch: "the thing was changed since it was read; read it again and decide again"
    case .alreadyAssigned: "the ticket has an assignee already; reassign it instead of taking it"
    case .notAssigned: "nobody has the ticket; take it instead of stealing it"
    case .alreadyThere: "the ticket is in that queue, or with that person, already"
    case .notAnAgent: "the new assignee does not hold the right to own tickets of the queue"
    case .queueRetired: "the queue takes no more tickets; choose an active one"
    case .queueInUse: "the active rule set routes to the queue or open tickets are in it; the message lists them"
    case .registrationDecided: "the registration was approved, declined or withdrawn before"
    case .registrationState: "the registration is not in a state that allows this; the message says whose turn it is"
    case .organizationHasQueue: "the organization has an active queue of that kind, which the message names; use it, or set `additional`"
    case .noRules: "the tenant has no active rule set, so a ticket has nowhere to go; put one with `rules put`"
    case .noRoute: "every queue the rules would choose is retired; put a rule set that names an active one"
    case .rulesInvalid: "the rule set has errors; the violations give line, column and what was expected"
    case .tokenRevoked: "the token was revoked before"
    case .limitReached: "there are as many of these in one place as there can be; the message says what to do instead"
    case .tokenExpired: "the token has expired; make another one"
    case .noSecret: "the token stands for a client certificate and has no secret"
    case .watcherNotFound: "the queue has no such watcher"
    case .watcherOptedOut: "the watcher opted out and only the watcher can opt in again, by its own token or the one of its mail"
    case .watcherState: "the watcher is not in a state that allows this; the message says which it is in"
    case .watcherTokenNotFound: "no watcher of the tenant waits for the token: it is unknown, was used, was replaced or has expired"
    case .configurationInUse: "what the document removes is in use; the message lists it and says how to go on"
    case .configurationVersionNotFound: "the tenant has no such version of its configuration, or it is no longer kept"
    case .notOffered: "the ticket is not offered to the caller, or the time of the offer has passed; take it if the right is there"
    case .quotaExceeded: "the tenant, or the token, has as many of these as it may; the status says which quota and, where waiting helps, when to come again"
    case .ruleNotFound: "no rule of that name in the rule set"
    case .rulesTestsFailed: "tests in the rule set fail; each violation names one and says what came out"
    case .ticketDone: "the ticket is solved or closed, so there is nothing to be done about it; give it another status first"
    case .unauthenticated: "no token, or one that is unknown, revoked or expired"
    case .authenticationThrottled: "too many tokens from this address were refused; tokens are looked at again after the time given"
    case .tenantRequired: "a system admin names the tenant in the metadata entry `tenant`"
    case .keyRequired: "the method changes something and the call has no idempotency key of 1 to 64 bytes"
    case .keyReused: "the idempotency key was used for another request; make a new one"
    case .cursorInvalid: "the cursor or page was not made by this server for this tenant"
    case .cursorTooOld: "events after the cursor are no longer kept; the status carries the oldest cursor"
    case .rateLimited: "more calls a second than the tenant or the token may make; the status says which limit and when to come again"
    case .overloaded: "the server has as much waiting as it takes"
    case .diskFull: "the store has no room; reading goes on, and writing resumes when there is room"
    case .storeUnavailable: "the store cannot acknowledge anything at present"
    case .tooSlow: "the read took longer than a snapshot may live; ask for a smaller page"
    case .tooManyWatches: "the connection follows as many watches as it may"
    case .`internal`: "a fault of the server's own; its log has the details under the trace id"
    case .draining: "the server is going down; connect again"
    case .tooManyStreams: "more calls at the same time than the server's HELLO allows"
    case .protocolViolation: "the peer broke the protocol in a way that ends the connection"
    case .messageTooLarge: "the message is larger than max_message"
    case .metadataTooLarge: "more than 8 KiB or 32 entries of metadata"
    case .invalidMetadata: "a metadata key is not of lower-case letters, digits and `-`, or is too long"
    case .malformedHeader: "the call header does not decode"
    case .malformedMessage: "the message does not decode as the method's request"
    case .unknownMethod: "no method has this number; see Describe"
    case .secondMessage: "the call takes one message only"
    case .deadlineExceeded: "the time given for the call is over; what was committed stays, the same key gets the answer"
    case .cancelled: "the caller cancelled"
    case .slowConsumer: "the watch was not read for too long; resume from the cursor"
    }
  }
}
