/// One answer, ready to be given. Called exactly once.
package typealias Completion = @Sendable () -> Void

/// Where answers go: usually an event loop.
///
/// All answers of one commit (or one snapshot) for the same sink come in one call, so that a loop is
/// entered once, however many calls waited together.
package protocol CompletionSink: AnyObject, Sendable {
  /// Called on a thread of the store, which must not be held up: pass the answers on and return.
  /// They are in the order in which their commands ran.
  func deliver(_ completions: [Completion])
}

/// Gives answers on the thread of the store itself; only for those that do next to nothing, such as
/// resuming a task.
package final class InlineSink: CompletionSink {
  package static let shared = InlineSink()

  private init() {}

  package func deliver(_ completions: [Completion]) {
    for completion in completions { completion() }
  }
}

/// Answers collected by sink until it is safe to send them.
struct Deliveries {
  private var groups: [(sink: any CompletionSink, completions: [Completion])] = []

  mutating func add(_ completion: @escaping Completion, for sink: any CompletionSink) {
    // There are as many sinks as event loops: a short list is quicker to search than a table.
    if let index = groups.firstIndex(where: { $0.sink === sink }) {
      groups[index].completions.append(completion)
    } else {
      groups.append((sink, [completion]))
    }
  }

  /// Sends everything collected and is empty again.
  mutating func send() {
    for group in groups { group.sink.deliver(group.completions) }
    groups.removeAll(keepingCapacity: true)
  }
}
