import Synchronization
import Testing

@testable import SignalboxStore

/// The commit loop against a connection that fails where the test says.
@Suite("Commit loop")
struct CommitLoopTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let step: ScriptedConnection.Step
    let error: StoreError
    /// What the two commands of the failing batch are told.
    let answer: StoreError
    /// What the next batch is told; `nil` if it succeeds.
    let next: StoreError?
    var rollsBack = true

    var testDescription: String { "\(step): \(error)" }
  }

  static let sync = StoreError.io(operation: .sync, reason: "EIO")
  static let write = StoreError.io(operation: .write, reason: "EIO")
  static let conflict = StoreError.constraint(.foreignKey, query: "commit", reason: "broken")

  static let cases = [
    Case(step: .begin, error: .busy(query: "begin"), answer: .busy(query: "begin"), next: nil),
    Case(step: .statement, error: .diskFull, answer: .diskFull, next: nil),
    Case(step: .statement, error: write, answer: write, next: nil),
    Case(step: .statement, error: sync, answer: restart(sync), next: restart(sync)),
    Case(step: .commit, error: .diskFull, answer: .diskFull, next: nil),
    Case(step: .commit, error: conflict, answer: conflict, next: nil),
    Case(step: .commit, error: write, answer: restart(write), next: restart(write)),
    Case(step: .commit, error: sync, answer: restart(sync), next: restart(sync)),
    Case(
      step: .commit, error: .diskFull, answer: restart(.diskFull), next: restart(.diskFull),
      rollsBack: false),
    Case(step: .tidy, error: sync, answer: sync, next: restart(sync)),
    Case(step: .tidy, error: write, answer: write, next: nil),
  ]

  static func restart(_ error: StoreError) -> StoreError {
    if case .io(_, let reason) = error { return .needsRestart(reason: reason) }
    return .needsRestart(reason: String(describing: error))
  }

  @Test("each failure has its consequence, and only after it is anybody answered", arguments: cases)
  func failures(_ test: Case) {
    let connection = ScriptedConnection(failing: test.step, with: test.error)
    connection.rollsBack = test.rollsBack
    var loop = CommitLoop(connection: connection)
    let results = Results<Int>()
    let commands: [any WriteCommand] = (1...2).map { number in
      Write(
        sink: InlineSink.shared,
        body: { transaction in
          // Even a command that goes on regardless must not be kept.
          _ = try? transaction.run(Query(acrossTenants: "statement", sql: "SELECT 1"))
          return .commit(number)
        }, completion: results.add)
    }
    let report = loop.commit(commands)
    #expect(results.count == 0)
    loop.answer()
    loop.tidy()
    if test.step == .tidy {
      #expect(results.outputs == [1, 2])
      #expect(report.isCommitted)
    } else {
      #expect(results.errors == [test.answer, test.answer])
      #expect(!report.isCommitted)
    }

    connection.heal()
    let later = Results<Int>()
    _ = loop.commit([
      Write(sink: InlineSink.shared, body: { _ in .commit(3) }, completion: later.add)
    ])
    loop.answer()
    #expect(later.errors == [test.next])
    #expect(loop.failure == test.next)
  }
}

/// A connection without a database that fails once at one step.
final class ScriptedConnection: CommitConnection {
  enum Step: Sendable { case begin, statement, commit, tidy }

  private var step: Step?
  private let error: StoreError
  var rollsBack = true
  private(set) var fault: StoreError?

  init(failing step: Step, with error: StoreError) {
    self.step = step
    self.error = error
  }

  func heal() { step = nil }

  func begin() throws {
    fault = nil
    if step == .begin { throw error }
  }

  var changedRows: Int64 { 0 }

  func mark() throws {}
  func verify() throws {}
  func keep() throws {}
  func undo() throws {}

  func commit() throws {
    if step == .commit { throw error }
  }

  func rollback() -> Bool { rollsBack }

  func tidy() throws {
    if step == .tidy { throw error }
  }

  func close() {}

  func all<Output>(_ query: Query<Output>) throws -> [Output] { [] }

  func first<Output>(_ query: Query<Output>) throws -> Output? { nil }

  func run(_ statement: Query<Void>) throws -> Int {
    guard step == .statement else { return 0 }
    fault = error
    throw error
  }
}
