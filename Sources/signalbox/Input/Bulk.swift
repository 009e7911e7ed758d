import SignalboxClient

/// Sends what a file holds, line by line, with several on the way at the same time.
struct Bulk: Sendable {
  static let window = 32

  let session: Session
  let file: String

  struct Outcome: Equatable {
    var sent = 0
    var failed = 0
    var firstFailure: ExitStatus?
  }

  /// Makes a call for each item, at most 32 ahead of the one whose result is shown next, and gives the results to
  /// `show` in the order of the items. A failure is shown with its line and the rest goes on, unless the next
  /// line is bound to fail as well: then nothing more is sent and that failure is thrown.
  func run<Item: Sendable, Response: Sendable>(
    _ items: [Item], line: (Item) -> Int, call: @escaping @Sendable (Item) async throws -> Response,
    show: (Item, Result<Response, any Error>) throws -> Void
  ) async throws -> Outcome {
    let progress = ProgressLine(session.surroundings)
    defer { progress.clear() }
    return try await withThrowingTaskGroup(of: (Int, Result<Response, any Error>).self) { group in
      var outcome = Outcome()
      var results: [Int: Result<Response, any Error>] = [:]
      var started = 0
      while outcome.sent < items.count {
        while started < min(items.count, outcome.sent + Bulk.window) {
          let index = started
          let item = items[index]
          group.addTask { (index, await Bulk.result { try await call(item) }) }
          started += 1
        }
        guard let (index, result) = try await group.next() else { break }
        results[index] = result
        while let result = results.removeValue(forKey: outcome.sent) {
          let item = items[outcome.sent]
          progress.clear()
          try note(result, line: line(item), &outcome)
          try show(item, result)
          outcome.sent += 1
          progress.show(UInt64(outcome.sent), of: UInt64(items.count))
        }
      }
      return outcome
    }
  }

  /// Throws when some lines failed; the first failure decides what the program ends with.
  func finish(_ outcome: Outcome) throws {
    guard let status = outcome.firstFailure else { return }
    throw CommandFailure(
      status, "\(outcome.failed) of \(Count.of(outcome.sent, "line")) of `\(file)` failed",
      hint: "correct these lines and send them again")
  }

  private func note<Response>(_ result: Result<Response, any Error>, line: Int, _ outcome: inout Outcome) throws {
    guard case .failure(let error) = result else { return }
    let report = ErrorReport(error)
    if Bulk.concernsAll(error, report.status) {
      session.note("stopped at \(file):\(line); \(outcome.sent - outcome.failed) lines before it are done")
      throw error
    }
    outcome.failed += 1
    outcome.firstFailure = outcome.firstFailure ?? report.status
    session.surroundings.writeError("\(SafeText.line(file)):\(line): \(report.text)\n")
  }

  /// Whether the failure has nothing to do with what the line says.
  private static func concernsAll(_ error: any Error, _ status: ExitStatus) -> Bool {
    if status == .unavailable || status == .unauthenticated || error is CancellationError { return true }
    switch (error as? ClientError)?.reason {
    case .tenantRequired, .tenantNotFound, .noRules: return true
    default: return false
    }
  }

  private static func result<Response>(_ call: () async throws -> Response) async -> Result<Response, any Error> {
    do { return .success(try await call()) } catch { return .failure(error) }
  }
}
