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
    #expect(ExitStatus.allCases.map(\.rawValue) == [0, 1, 2, 3, 4, 5, 6, 7, 70])
  }
}
