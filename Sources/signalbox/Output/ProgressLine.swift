import Synchronization

/// How far a long piece of work is, in one line on standard error that is written over again and again. Silent unless that
/// is a terminal that can do so.
final class ProgressLine: Sendable {
  private static let cells = 20
  /// To the start of the line, and nothing left in it.
  private static let blank = "\r\u{1b}[K"

  private let surroundings: Surroundings
  private let isShown = Mutex(false)

  init(_ surroundings: Surroundings) {
    self.surroundings = surroundings
  }

  /// Nothing for what is done in one step.
  func show(_ done: UInt64, of total: UInt64) {
    guard surroundings.errorIsTerminal, surroundings.variables["TERM"] != "dumb", total > 1 else { return }
    let done = min(done, total)
    let filled = Int(Double(done) / Double(total) * Double(Self.cells))
    let bar = String(repeating: "█", count: filled) + String(repeating: "░", count: Self.cells - filled)
    isShown.withLock { $0 = true }
    surroundings.writeError("\(Self.blank)\(bar) \(done) of \(total)")
  }

  /// The line is free for something else. To be called before anything else is written, and at the end, however that comes.
  func clear() {
    let wasShown = isShown.withLock { isShown in
      defer { isShown = false }
      return isShown
    }
    if wasShown { surroundings.writeError(Self.blank) }
  }
}
