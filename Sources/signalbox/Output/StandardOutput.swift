import Foundation

/// Standard output of the process.
enum StandardOutput {
  /// Writes all of it. Throws a failure that says why it cannot; one that says nothing where nobody reads any more, which
  /// is how `| head` ends.
  static func write(_ text: String) throws {
    var rest = Array(text.utf8)[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { Foundation.write(1, $0.baseAddress, $0.count) }
      let code = errno
      if count < 0, code == EINTR { continue }
      guard count > 0 else { throw failure(code) }
      rest = rest.dropFirst(count)
    }
  }

  static func failure(_ code: Int32) -> CommandFailure {
    if code == EPIPE { return CommandFailure(.outputClosed, "") }
    return CommandFailure(.internalError, "cannot write to standard output: \(String(cString: strerror(code)))")
  }
}
