/// A read on its way to a reader, with its answer type hidden. `Read` is the only one.
package protocol ReadCommand: AnyObject, Sendable {
  var sink: any CompletionSink { get }

  /// Runs the body and returns the answer to give, which may be what it threw.
  func execute(in snapshot: any Snapshot) -> Completion

  /// The answer to give when the read could not be begun.
  func refusal(_ error: any Error) -> Completion
}

/// A read: a body that runs on a snapshot and a completion that gets what it returned.
package final class Read<Output: Sendable>: ReadCommand {
  package let sink: any CompletionSink
  private let body: @Sendable (any Snapshot) throws -> Output
  private let completion: @Sendable (Result<Output, any Error>) -> Void

  /// `body` runs on a reader's thread and is stopped with `StoreError.tooSlow` when it still queries
  /// after `StoreLimits.readLimit`, or `unhurriedReadLimit` for one that gives way to others. `completion` runs where
  /// `sink` takes it.
  package init(
    sink: any CompletionSink,
    body: @escaping @Sendable (any Snapshot) throws -> Output,
    completion: @escaping @Sendable (Result<Output, any Error>) -> Void
  ) {
    self.sink = sink
    self.body = body
    self.completion = completion
  }

  package func execute(in snapshot: any Snapshot) -> Completion {
    let result = Result { try body(snapshot) }
    return { self.completion(result) }
  }

  package func refusal(_ error: any Error) -> Completion {
    { self.completion(.failure(error)) }
  }
}
