/// What a command's body wants done with its changes.
package enum WriteOutcome<Value> {
  case commit(Value)
  /// A dry run: the answer is given, the changes are not kept.
  case rollback(Value)
}

extension WriteOutcome: Sendable where Value: Sendable {}

/// A command that has run inside a commit which is not yet finished.
package struct ExecutedCommand: Sendable {
  /// False if the changes are to be dropped although nothing failed.
  package let isKept: Bool
  /// Gives the answer; only to be called after the commit.
  package let completion: Completion
}

/// A command on its way to the writer, with its answer type hidden. `Write` is the only one.
package protocol WriteCommand: AnyObject, Sendable {
  /// The tenant whose watchers the commit should wake; `nil` wakes nobody.
  var tenant: Int64? { get }
  var sink: any CompletionSink { get }

  /// A dry run: what it changes will not be kept.
  var isTrial: Bool { get }

  /// Runs the body. What it throws drops this command alone.
  func execute(in transaction: any Transaction) throws -> ExecutedCommand

  /// The answer to give when the command could not be run or kept.
  func refusal(_ error: any Error) -> Completion
}

/// A command: a body that runs in a transaction and a completion that gets what it returned.
package final class Write<Output: Sendable>: WriteCommand {
  package let tenant: Int64?
  package let isTrial: Bool
  package let sink: any CompletionSink
  private let body: @Sendable (any Transaction) throws -> WriteOutcome<Output>
  private let completion: @Sendable (Result<Output, any Error>) -> Void

  /// `body` runs on the writer's thread, beside nothing else: it must not block or wait. It may run
  /// more than once, so it must have no effect but on the transaction.
  /// `completion` runs where `sink` takes it.
  package init(
    tenant: Int64? = nil, isTrial: Bool = false, sink: any CompletionSink,
    body: @escaping @Sendable (any Transaction) throws -> WriteOutcome<Output>,
    completion: @escaping @Sendable (Result<Output, any Error>) -> Void
  ) {
    self.tenant = tenant
    self.isTrial = isTrial
    self.sink = sink
    self.body = body
    self.completion = completion
  }

  package func execute(in transaction: any Transaction) throws -> ExecutedCommand {
    switch try body(transaction) {
    case .commit(let output):
      ExecutedCommand(isKept: true) { self.completion(.success(output)) }
    case .rollback(let output):
      ExecutedCommand(isKept: false) { self.completion(.success(output)) }
    }
  }

  package func refusal(_ error: any Error) -> Completion {
    { self.completion(.failure(error)) }
  }
}
