/// How a call ended. The numbers and meanings are gRPC's, so that they need no learning.
public enum StatusCode: UInt32, Hashable, Sendable, CaseIterable {
  case ok = 0
  /// The client went away or asked to stop. When time ran out instead, `deadlineExceeded`.
  case cancelled = 1
  /// A code this version does not know. Never chosen by our own server.
  case unknown = 2
  /// Wrong whatever the state of the system. When it is wrong only now, `failedPrecondition`.
  case invalidArgument = 3
  case deadlineExceeded = 4
  case notFound = 5
  case alreadyExists = 6
  /// The caller is known and may not. When the caller is not known, `unauthenticated`.
  case permissionDenied = 7
  /// A limit or quota. The answer names which, and when to come back.
  case resourceExhausted = 8
  /// The state forbids it and trying again as it is will not help. When it may, `aborted`.
  case failedPrecondition = 9
  /// Lost a race; reading again and repeating the decision may succeed.
  case aborted = 10
  /// A position outside what is kept, as of a cursor that is too old.
  case outOfRange = 11
  case unimplemented = 12
  /// Our own fault.
  case `internal` = 13
  /// Not at the moment, for reasons that have nothing to do with the call.
  case unavailable = 14
  case dataLoss = 15
  case unauthenticated = 16
}
