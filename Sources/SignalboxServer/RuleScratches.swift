import SignalboxCore
import Synchronization

/// Memory for the rules: as many pieces as run them at the same time, which is one for each event loop, the writer and a
/// reader or two, so that nothing is asked for on the way of a ticket.
final class RuleScratches: Sendable {
  private let free = Mutex<[RuleScratch]>([])

  func withScratch<Result, Failure: Error>(_ body: (inout RuleScratch) throws(Failure) -> Result) throws(Failure)
    -> Result
  {
    var scratch = free.withLock { $0.popLast() } ?? RuleScratch()
    defer { free.withLock { [scratch] in $0.append(scratch) } }
    return try body(&scratch)
  }
}
