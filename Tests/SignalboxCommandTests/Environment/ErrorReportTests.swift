import SignalboxClient
import Testing

@testable import signalbox

@Suite struct ErrorReportTests {
  @Test func violationsAndHint() {
    var error = ClientError(code: .invalidArgument, reason: .invalidField, message: "the request is invalid")
    error.violations = [
      .init(field: "subject", description: "is \u{1b}[31mempty"), .init(field: "tags[2]", description: "too long"),
    ]
    let report = ErrorReport(error)
    #expect(report.status == .refused)
    #expect(report.text == "error: the request is invalid\n  subject: is \\u{1b}[31mempty\n  tags[2]: too long")
  }

  @Test(
    arguments: [
      (.tooManyStreams, nil, "try again in a moment"), (.overloaded, Duration.milliseconds(2500), "try again in 2 s"),
      (.draining, Duration.milliseconds(10), "try again in 1 s"), (.unauthenticated, nil, "log in with"),
      (.noRules, nil, "put a rule set"),
    ] as [(ErrorReason, Duration?, String)])
  func hints(_ reason: ErrorReason, _ retryAfter: Duration?, _ hint: String) {
    var error = ClientError(code: reason.code, reason: reason, message: "m")
    error.retryAfter = retryAfter
    #expect(ErrorReport(error).text.hasPrefix("error: m\nhint: \(hint)"))
  }

  /// What the message has said already is not said again; what it has not, is.
  @Test func violationsAreSaidOnce() {
    var error = ClientError(code: .invalidArgument, reason: .invalidField, message: "`subject` is empty (and 1 more)")
    error.violations = [
      .init(field: "subject", description: "is empty"), .init(field: "tags[2]", description: "too long"),
    ]
    #expect(ErrorReport(error).text == "error: `subject` is empty (and 1 more)\n  tags[2]: too long")
    error = ClientError(
      code: .invalidArgument, reason: .rulesInvalid, message: "the rule set has errors: 1:1: a phase is missing")
    error.violations = [.init(field: "text", description: "1:1: a phase is missing")]
    #expect(!ErrorReport(error).text.contains("\n  "))
  }

  /// Messages of the protocol and of the client library know no flags; the hints name them.
  @Test(
    arguments: [
      (.unavailable, nil, "the certificate is not accepted; name the authority that signed it as trust roots", "--ca"),
      (.unauthenticated, .unauthenticated, "send one in HELLO", "--token-file"),
      (.unauthenticated, .unauthenticated, "no longer accepts who speaks on this connection", "unknown, revoked or"),
      (.invalidArgument, .tenantRequired, "names the tenant in the metadata entry `tenant`", "--tenant"),
    ] as [(StatusCode, ErrorReason?, String, String)])
  func hintsNameFlags(_ code: StatusCode, _ reason: ErrorReason?, _ message: String, _ hint: String) throws {
    let lines = ErrorReport(ClientError(code: code, reason: reason, message: message)).text.split(separator: "\n")
    #expect(lines.count == 2)
    let last = try #require(lines.last)
    #expect(last.hasPrefix("hint: ") && last.contains(hint), "\(lines)")
  }

  @Test func aCommandsOwnHintWins() {
    let error = ClientError(code: .alreadyExists, reason: .alreadyExists, message: "m")
    let report = ErrorReport(HintedRefusal(error: error, hint: "do this"))
    #expect(report.text == "error: m\nhint: do this")
    #expect(report.status == .conflict)
    #expect(ErrorReport.covers(HintedRefusal(error: error, hint: "do this")))
  }

  @Test func oldestCursor() {
    var error = ClientError(code: .outOfRange, reason: .cursorTooOld, message: "m")
    error.cursor = "c9"
    #expect(ErrorReport(error).text.contains("--cursor c9"))
  }

  @Test func faultOfThisProgram() {
    struct Odd: Error {}
    #expect(ErrorReport(Odd()).status == .internalError)
  }

  /// What scripts rely on; the table is that of `signalbox --help`.
  @Test(
    arguments: [
      (.ticketNotFound, .notFound), (.queueNotFound, .notFound), (.notPermitted, .refused), (.invalidField, .refused),
      (.queueInUse, .refused), (.rulesInvalid, .refused), (.cursorTooOld, .refused), (.unknownMethod, .refused),
      (.messageTooLarge, .refused), (.tooManyWatches, .refused), (.versionMismatch, .conflict),
      (.alreadyExists, .conflict),
      (.alreadyAssigned, .conflict), (.overloaded, .unavailable), (.draining, .unavailable),
      (.deadlineExceeded, .unavailable),
      (.diskFull, .unavailable), (.slowConsumer, .unavailable), (.unauthenticated, .unauthenticated),
      (.internal, .internalError),
    ] as [(ErrorReason, ExitStatus)])
  func statusOfReason(_ reason: ErrorReason, _ status: ExitStatus) {
    #expect(ExitStatus(ClientError(code: reason.code, reason: reason, message: "")) == status)
  }

  @Test func numbersNeverChange() {
    #expect(ExitStatus.allCases.map(\.rawValue) == [0, 1, 2, 3, 4, 5, 6, 7, 70, 141])
  }
}
