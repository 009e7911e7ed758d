/// The queues of a tenant by name, as rules need them: a name is active, retired or unknown. Names are
/// compared exactly, case included.
package struct QueueDirectory: Sendable {
  package enum State: Sendable {
    case active, retired
  }

  private var states: [String: State]

  package init(_ states: [String: State]) { self.states = states }

  /// A name in both counts as active.
  package init(active: [String], retired: [String] = []) {
    states = [:]
    for name in retired { states[name] = .retired }
    for name in active { states[name] = .active }
  }

  /// Nil for a name that no queue has or had.
  package subscript(name: String) -> State? { states[name] }

  /// Sorted, so that messages do not change from run to run.
  var activeNames: [String] { states.filter { $0.value == .active }.keys.sorted() }
}
